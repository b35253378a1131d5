import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { organizedSchema, pageSchema, storedSchema } from '../../src/lib/materials/schema';
import { confirmed, forum, insert, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Caller, type Persona, type Scene } from './scene';

// A material is for those whom an organizer chose, and for nobody who may not enter its session.

type Forum = { forum_id: string; slug: string };
type Session = { session_id: string };

const material = (forum_id: string, about: Record<string, unknown> = {}) => ({
	material_id: randomUUID(),
	forum_id,
	session_id: null,
	audience: 'participants',
	language: 'en',
	title_en: 'Slides',
	title_fr: 'Diapositives',
	url: null,
	file_id: randomUUID(),
	type: 'pdf',
	bytes: 1_000,
	...about
});
const link = { url: 'https://example.org/', file_id: null, type: null, bytes: null };

const session = (s: Scene, forum_id: string, about: Record<string, unknown> = {}) =>
	insert(s, 'sessions', {
		session_id: randomUUID(),
		forum_id,
		kind: 'breakout',
		title_en: 'Housing',
		title_fr: 'Logement',
		summary_en: '',
		summary_fr: '',
		room_en: '',
		room_fr: '',
		closed_to_government: false,
		sign_up: false,
		version: 1,
		position: 1,
		...about
	}) as unknown as Promise<Session>;

/** A forum with an open and a closed session, and in each place one material for each audience. */
async function stage(s: Scene) {
	const olive = await organizer(s);
	const { forum_id, slug } = (await forum(s)) as unknown as Forum;
	const open = await session(s, forum_id);
	const closed = await session(s, forum_id, { closed_to_government: true, position: 2 });
	const add = async (session_id: string | null, audience: string) => {
		const one = material(forum_id, { session_id, audience });
		await olive.calls('add_material', one);
		return one.material_id;
	};
	const ids = {
		public: await add(null, 'public'),
		participants: await add(open.session_id, 'participants'),
		members: await add(null, 'members'),
		closed: await add(closed.session_id, 'participants'),
		closedMembers: await add(closed.session_id, 'members')
	};
	return { olive, forum_id, slug, open, closed, ids };
}

/** The names of the materials that somebody may download, and the same of those in the list. */
async function readable(who: Caller, slug: string, ids: Record<string, string>) {
	const page = pageSchema.parse(await who.calls('materials_page', { slug }));
	const listed = page.materials.map(({ material_id }) => material_id);
	const names: string[] = [];
	for (const [name, material_id] of Object.entries(ids)) {
		const stored = await who.calls('material_file', { material_id });
		expect(stored !== null, name).toBe(listed.includes(material_id));
		if (stored) names.push(name);
	}
	return names;
}

async function participant(s: Scene, forum_id: string, name: string, about = {}): Promise<Persona> {
	const person = await member(s, name, about);
	await confirmed(s, person, forum_id);
	return person;
}

describe('materials are read', () => {
	test('by those whom they are for, and by nobody else', () =>
		scene(async (s) => {
			const { olive, forum_id, slug, ids } = await stage(s);
			const other = (await forum(s)) as unknown as Forum;
			const new_ = { approved: false };
			const people: [Caller, string[]][] = [
				[s.visitor, ['public']],
				[await s.person('Without profile'), ['public']],
				[await member(s, 'Nobody', new_), ['public']],
				[await member(s, 'Mia'), ['public', 'members', 'closedMembers']],
				[await participant(s, other.forum_id, 'Otto', new_), ['public']],
				[await participant(s, forum_id, 'Nadia', new_), ['public', 'participants']],
				[
					await participant(s, forum_id, 'Amira'),
					['public', 'participants', 'members', 'closed', 'closedMembers']
				],
				[
					await participant(s, forum_id, 'Gil', { sector: 'government' }),
					['public', 'participants', 'members']
				],
				[olive, Object.keys(ids)]
			];
			for (const [who, names] of people) expect(await readable(who, slug, ids)).toEqual(names);
		}));

	test('by nobody whose spot or account has ended since', () =>
		scene(async (s) => {
			const { forum_id, slug, ids } = await stage(s);
			const amira = await participant(s, forum_id, 'Amira');
			await amira.calls('cancel_registration', { forum_id });
			expect(await readable(amira, slug, ids)).toEqual(['public', 'members', 'closedMembers']);
			const zoe = await participant(s, forum_id, 'Zoé');
			await s.sql('update public.people set suspended_at = now() where person_id = $1', [zoe.id]);
			expect(await readable(zoe, slug, ids)).toEqual(['public']);
			const gil = await participant(s, forum_id, 'Gil');
			await s.sql(`update public.people set sector = 'government' where person_id = $1`, [gil.id]);
			expect(await readable(gil, slug, ids)).toEqual(['public', 'participants', 'members']);
		}));

	test('of a session that is closed later, a public one too', () =>
		scene(async (s) => {
			const { olive, forum_id, slug, open } = await stage(s);
			const one = material(forum_id, { session_id: open.session_id, audience: 'public' });
			await olive.calls('add_material', one);
			const ids = { one: one.material_id };
			expect(await readable(s.visitor, slug, ids)).toEqual(['one']);
			await s.sql('update public.sessions set closed_to_government = true where session_id = $1', [
				open.session_id
			]);
			expect(await readable(s.visitor, slug, ids)).toEqual([]);
			expect(await readable(await member(s, 'Mia'), slug, ids)).toEqual(['one']);
		}));

	test('of a draft by organizers alone', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id, slug } = (await forum(s, { published_at: null })) as unknown as Forum;
			const one = material(forum_id, { audience: 'public' });
			await olive.calls('add_material', one);
			expect(await readable(olive, slug, { one: one.material_id })).toEqual(['one']);
			const mia = await member(s, 'Mia');
			for (const who of [s.visitor, mia]) {
				expect(await who.calls('materials_page', { slug })).toBeNull();
				expect(await who.calls('material_file', { material_id: one.material_id })).toBeNull();
			}
		}));

	test('without the name that a file has in the store', () =>
		scene(async (s) => {
			const { olive, slug } = await stage(s);
			const said = JSON.stringify([
				await olive.calls('materials_page', { slug }),
				await olive.calls('materials_for_organizers', { slug })
			]);
			const files = await s.sql<{ file_id: string }>('select file_id from private.materials');
			expect(files).toHaveLength(5);
			for (const { file_id } of files) expect(said).not.toContain(file_id);
		}));

	test('in the page of the forum only as far as there is one', () =>
		scene(async (s) => {
			const { olive, slug, ids } = await stage(s);
			const has = async (who: Caller) =>
				(await who.query('select f.has_materials from public.forums f where slug = $1', [slug]))[0];
			expect(await has(s.visitor)).toEqual({ has_materials: true });
			await olive.calls('delete_material', { material_id: ids.public });
			expect(await has(s.visitor)).toEqual({ has_materials: false });
			expect(await has(await member(s, 'Mia'))).toEqual({ has_materials: true });
		}));
});

describe('materials are changed', () => {
	test('by organizers alone', () =>
		scene(async (s) => {
			const { forum_id, slug, ids } = await stage(s);
			const amira = await participant(s, forum_id, 'Amira');
			const calls: [string, Record<string, unknown>][] = [
				['add_material', material(forum_id)],
				['delete_material', { material_id: ids.public }],
				['materials_for_organizers', { slug }]
			];
			for (const [verb, args] of calls)
				await expect(amira.calls(verb, args), verb).rejects.toThrow('organizers_only');
		}));

	test('an organizer of government neither sees nor touches those of a closed session', () =>
		scene(async (s) => {
			const { forum_id, slug, closed, ids } = await stage(s);
			const gil = await organizer(s, 'Gil');
			await s.sql(`update public.people set sector = 'government' where person_id = $1`, [gil.id]);
			expect(await readable(gil, slug, ids)).toEqual(['public', 'participants', 'members']);
			const page = organizedSchema.parse(await gil.calls('materials_for_organizers', { slug }));
			expect(page.materials).toHaveLength(3);
			expect(page.sessions).toHaveLength(1);
			expect(page.bytes).toBe(3_000);
			await expect(gil.calls('delete_material', { material_id: ids.closed })).rejects.toThrow(
				'material_not_found'
			);
			await expect(
				gil.calls('add_material', material(forum_id, { session_id: closed.session_id }))
			).rejects.toThrow('session_not_found');
		}));

	test('sent twice, one is added, and the second file is not stored', () =>
		scene(async (s) => {
			const { olive, forum_id, slug } = await stage(s);
			const one = material(forum_id);
			expect(await olive.calls('add_material', one)).toBe(true);
			expect(await olive.calls('add_material', { ...one, file_id: randomUUID() })).toBe(false);
			const { materials } = pageSchema.parse(await olive.calls('materials_page', { slug }));
			expect(materials).toHaveLength(6);
			const other = (await forum(s)) as unknown as Forum;
			await expect(
				olive.calls('add_material', { ...one, forum_id: other.forum_id })
			).rejects.toThrow('material_not_found');
		}));

	test('a link is https in ASCII, and neither half a file nor a file as well', () =>
		scene(async (s) => {
			const { olive, forum_id } = await stage(s);
			const add = (about: object) => olive.calls('add_material', material(forum_id, { ...about }));
			await add(link);
			for (const url of ['http://example.org/', 'javascript:alert(1)', 'https://exámple.org', ''])
				await expect(add({ ...link, url }), url).rejects.toThrow('materials_url_secure');
			await expect(add({ ...link, type: 'pdf' })).rejects.toThrow('materials_link_or_file');
			await expect(add({ type: null })).rejects.toThrow('materials_link_or_file');
			await expect(add({ bytes: 10_000_001 })).rejects.toThrow('materials_bytes_few');
			await expect(add({ bytes: 0 })).rejects.toThrow('materials_bytes_few');
		}));

	test('a public one has no place in a closed session, nor in another forum', () =>
		scene(async (s) => {
			const { olive, forum_id, closed } = await stage(s);
			const other = (await forum(s)) as unknown as Forum;
			const session_id = closed.session_id;
			await expect(
				olive.calls('add_material', material(forum_id, { session_id, audience: 'public' }))
			).rejects.toThrow('material_public_closed');
			await expect(
				olive.calls('add_material', material(other.forum_id, { session_id }))
			).rejects.toThrow('session_not_found');
		}));

	test('over the version that was seen; a file stays the same file', () =>
		scene(async (s) => {
			const { olive, slug, ids } = await stage(s);
			const edit = {
				material_id: ids.public,
				version: 1,
				session_id: null,
				audience: 'members',
				language: 'fr',
				title_en: 'Slides 2',
				title_fr: 'Diapositives 2',
				url: 'https://example.org/'
			};
			await olive.calls('save_material', edit);
			await expect(olive.calls('save_material', edit)).rejects.toThrow('material_changed');
			expect(await readable(s.visitor, slug, { it: ids.public })).toEqual([]);
			const stored = await olive.calls('material_file', { material_id: ids.public });
			expect(storedSchema.parse(stored).title_en).toBe('Slides 2');
		}));

	test('until a forum has a hundred, or 200 MB of files', () =>
		scene(async (s) => {
			const { olive, forum_id } = await stage(s);
			const add = (about = {}) => olive.calls('add_material', material(forum_id, about));
			await s.sql('update private.materials set bytes = 10000000 where forum_id = $1', [forum_id]);
			for (let n = 5; n < 20; n++) await add({ bytes: 10_000_000 });
			await expect(add({ bytes: 1 })).rejects.toThrow('materials_full');
			for (let n = 20; n < 100; n++) await add(link);
			await expect(add(link)).rejects.toThrow('too_many_materials');
		}));
});

describe('the file of a material is deleted', () => {
	const jobs = (s: Scene) =>
		s.sql<{ payload: { file: string } }>(
			`select payload from private.jobs where kind = 'materials_delete_file'`
		);
	const fileOf = async (s: Scene, material_id: string) =>
		(await s.sql('select file_id from private.materials where material_id = $1', [material_id]))[0]!
			.file_id as string;

	test('with its material, its session and a draft forum', () =>
		scene(async (s) => {
			const { olive, ids, open } = await stage(s);
			const first = await fileOf(s, ids.public);
			const second = await fileOf(s, ids.participants);
			await olive.calls('delete_material', { material_id: ids.public });
			await olive.calls('delete_session', { session_id: open.session_id });
			const draft = (await forum(s, { published_at: null })) as unknown as Forum;
			const third = material(draft.forum_id);
			await olive.calls('add_material', third);
			await olive.calls('delete_forum', { forum_id: draft.forum_id });
			const files = (await jobs(s)).map(({ payload }) => payload.file);
			expect(files.sort()).toEqual([first, second, third.file_id].sort());
			await expect(olive.calls('delete_material', { material_id: ids.public })).rejects.toThrow(
				'material_not_found'
			);
		}));

	test('and what an upload left behind is found, but not what is in use', () =>
		scene(async (s) => {
			const { ids } = await stage(s);
			const used = await fileOf(s, ids.public);
			const leftover = randomUUID();
			expect(
				await s.service.calls('files_without_material', { file_ids: [used, leftover] })
			).toEqual([leftover]);
		}));
});

test.runIf(concurrent)('two uploads at the same time do not pass the limit together', () =>
	together(async (s) => {
		const olive = await organizer(s);
		const { forum_id } = (await forum(s)) as unknown as Forum;
		const add = () =>
			olive.calls('add_material', material(forum_id, { bytes: 10_000_000 })).catch(String);
		for (let n = 0; n < 18; n++) await add();
		const answers = await Promise.all([add(), add(), add(), add()]);
		expect(answers.filter((answer) => answer === true)).toHaveLength(2);
	})
);
