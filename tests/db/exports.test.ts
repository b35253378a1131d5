import { describe, expect, test } from 'vitest';
import {
	answersFileSchema,
	needsFileAnswerSchema,
	rosterFileSchema
} from '../../src/lib/exports/schema';
import { confirmed, forum, inDays, insert, member, organizer } from './builders';
import { scene, type Persona, type Scene } from './scene';

// A file leaves this site, so each is an act in the audit, and each has a right of its own.

async function stage(s: Scene) {
	const { forum_id, slug } = await forum(s, { capacity_in_person: 2 });
	const olive = await organizer(s);
	const people: Record<string, Persona> = {};
	const registered = {
		Amira: { status: 'confirmed', badge_name: 'Am', organization_name: 'Shelter', province: 'NU' },
		Bea: { status: 'waitlisted', confirmed_at: null, queued_at: inDays(-2) },
		Chloé: { status: 'waitlisted', confirmed_at: null, queued_at: inDays(-1), language: 'fr' },
		Dev: { status: 'pending', confirmed_at: null },
		Eve: { status: 'cancelled', confirmed_at: null },
		Finn: { status: 'refused', confirmed_at: null }
	};
	for (const [name, about] of Object.entries(registered)) {
		people[name] = await member(s, name);
		await confirmed(s, people[name], forum_id, { name, ...about });
	}
	return { forum_id, slug: slug as string, olive, people };
}

const acts = (s: Scene) =>
	s.sql(
		`select action, actor_id, subject_id from private.audit where action like 'export_%' order by acted_at`
	);

describe('the roster', () => {
	test('has everybody who comes or waits, and nothing that is not in it on screen', () =>
		scene(async (s) => {
			const { forum_id, slug, olive, people } = await stage(s);
			await people.Amira!.calls('save_needs', {
				forum_id,
				kinds: ['vegan'],
				other_language: '',
				phone: '',
				words: 'Peanuts'
			});
			const file = rosterFileSchema.strict().parse(await olive.calls('export_roster', { slug }));
			expect(file).toMatchObject({ slug, name_en: 'Forum', maker: 'Olive' });
			expect(file.people.map(({ name, status, position }) => [name, status, position])).toEqual([
				['Amira', 'confirmed', null],
				['Bea', 'waitlisted', 1],
				['Chloé', 'waitlisted', 2],
				['Dev', 'pending', null]
			]);
			expect(file.people[0]).toMatchObject({
				badge_name: 'Am',
				email: people.Amira!.email,
				organization_name: 'Shelter',
				province: 'NU'
			});
			const text = JSON.stringify(file);
			for (const hidden of ['Peanuts', 'vegan', forum_id, people.Amira!.id]) {
				expect(text).not.toContain(hidden);
			}
			expect(await acts(s)).toEqual([
				{ action: 'export_roster', actor_id: olive.id, subject_id: forum_id }
			]);
		}));

	test('counts the place in line as the roster does, without those who do not answer', () =>
		scene(async (s) => {
			const { forum_id, slug, olive } = await stage(s);
			await s.sql(
				`update public.registrations set silent_since = now() where name = 'Bea' and forum_id = $1`,
				[forum_id]
			);
			const { people } = await olive.calls('export_roster', { slug });
			const screen = await olive.calls('roster', { forum_id, status: 'waitlisted' });
			const places = (rows: { name: string; position: number | null }[]) =>
				Object.fromEntries(rows.map(({ name, position }) => [name, position]));
			expect(places(people)).toMatchObject(places(screen.people));
			expect(places(people)).toMatchObject({ Bea: 1, Chloé: 1 });
		}));

	test('of a forum without anybody is empty, and one that does not exist is refused', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { slug } = await forum(s);
			expect((await olive.calls('export_roster', { slug })).people).toEqual([]);
			expect((await olive.calls('export_answers', { slug })).questions).toEqual([]);
			for (const verb of ['export_roster', 'export_answers', 'export_coverage']) {
				await expect(olive.calls(verb, { slug: 'nowhere' })).rejects.toMatchObject({
					message: 'forum_not_found',
					code: 'PT404'
				});
			}
		}));

	test('of 5,000 people comes in one answer', () =>
		scene(async (s) => {
			const { forum_id, slug, olive } = await stage(s);
			await s.sql(
				`with made as (
					insert into auth.users (id, aud, role, email, email_confirmed_at)
					select gen_random_uuid(), 'authenticated', 'authenticated', 'many' || n || '@example.org', now()
					from generate_series(1, 5000) n returning id, email
				), people as (
					insert into public.people (person_id, name, language, province, sector, approved_at)
					select id, email, 'en', 'ON', 'ngo', now() from made returning person_id, name
				)
				insert into public.registrations (forum_id, person_id, mode, status, name, language, province, sector, confirmed_at)
				select $1, person_id, 'online', 'waitlisted', name, 'en', 'ON', 'ngo', null from people`,
				[forum_id]
			);
			const { people } = await olive.calls('export_roster', { slug });
			expect(people).toHaveLength(5004);
			const waiting = people.filter(({ mode }: { mode: string }) => mode === 'online');
			const places = waiting.map(({ position }: { position: number }) => position);
			expect(new Set(places).size).toBe(5000);
			expect(Math.max(...places)).toBe(5000);
		}));
});

test('answers have a column for each question that is asked, and for hidden ones that were answered', () =>
	scene(async (s) => {
		const { forum_id, slug, olive, people } = await stage(s);
		const question = (position: number, about: object) =>
			insert(s, 'questions', {
				question_id: crypto.randomUUID(),
				forum_id,
				position,
				kind: 'text',
				text_en: `Question ${position}`,
				text_fr: `Question ${position} (fr)`,
				help_en: '',
				help_fr: '',
				options_en: [],
				options_fr: [],
				required: false,
				version: 1,
				...about
			});
		const options = { options_en: ['Bus', 'Train'], options_fr: ['Autobus', 'Train'] };
		const words = await question(1, {});
		const several = await question(2, { kind: 'several', ...options });
		const hidden = await question(3, { hidden_at: inDays(-1) });
		await question(4, { hidden_at: inDays(-1) });
		const answers: [unknown, string | null, number[]][] = [
			[words.question_id, '=1+1', []],
			[several.question_id, null, [1, 2]],
			[hidden.question_id, 'before', []]
		];
		for (const [question_id, text, chosen] of answers) {
			await insert(s, 'answers', {
				question_id,
				person_id: people.Amira!.id,
				text,
				chosen,
				answered_at: inDays(-1)
			});
		}
		const file = answersFileSchema.parse(await olive.calls('export_answers', { slug }));
		expect(file.questions.map(({ text_en }) => text_en)).toEqual([
			'Question 1',
			'Question 2',
			'Question 3'
		]);
		expect(file.people.map(({ name }) => name)).toEqual(['Amira', 'Bea', 'Chloé', 'Dev']);
		expect(file.people[0]!.answers).toMatchObject({
			[String(words.question_id)]: { text: '=1+1' },
			[String(several.question_id)]: { chosen: [1, 2] },
			[String(hidden.question_id)]: { text: 'before' }
		});
		expect(file.people[1]!.answers).toEqual({});
		expect(await acts(s)).toEqual([
			{ action: 'export_answers', actor_id: olive.id, subject_id: forum_id }
		]);
	}));

describe('needs', () => {
	const said = { kinds: ['vegan', 'allergy'], other_language: '', phone: '', words: 'Peanuts' };

	async function read(s: Scene) {
		const staged = await stage(s);
		const { forum_id, olive, people } = staged;
		for (const name of ['Amira', 'Bea']) {
			await people[name]!.calls('save_needs', { forum_id, ...said });
		}
		const rosa = await member(s, 'Rosa');
		const role = { person_id: rosa.id, role: 'needs_reader', forum_id, ends_on: null };
		await olive.calls('name_role', role);
		return { ...staged, rosa };
	}

	test('are for a needs reader, each person sees the reading, and it is in the audit', () =>
		scene(async (s) => {
			const { forum_id, slug, people, rosa } = await read(s);
			for (let time = 0; time < 2; time++) {
				const file = needsFileAnswerSchema.parse(await rosa.calls('export_needs', { slug }));
				expect(file.maker).toBe('Rosa');
				expect(file.people).toMatchObject([{ name: 'Amira', ...said }, { name: 'Bea' }]);
				expect(JSON.stringify(file)).not.toContain(people.Amira!.id);
			}
			for (const name of ['Amira', 'Bea']) {
				const { readings } = await people[name]!.calls('my_needs', { forum_id });
				expect(readings).toMatchObject([{ reader: 'Rosa' }, { reader: 'Rosa' }]);
			}
			expect(await acts(s)).toEqual([
				{ action: 'export_needs', actor_id: rosa.id, subject_id: forum_id },
				{ action: 'export_needs', actor_id: rosa.id, subject_id: forum_id }
			]);
		}));

	test('are empty once they are due to be deleted, and nobody is read then', () =>
		scene(async (s) => {
			const { forum_id, slug, rosa } = await read(s);
			await s.sql(
				`update public.forums set starts_on = current_date - 30, ends_on = current_date - 30 where forum_id = $1`,
				[forum_id]
			);
			expect((await rosa.calls('export_needs', { slug })).people).toEqual([]);
			expect(await s.sql('select from private.needs_readings')).toEqual([]);
		}));

	test('are refused to organizers, to readers of another forum, of government, or whose role has ended', () =>
		scene(async (s) => {
			const { forum_id, slug, olive, people, rosa } = await read(s);
			const other = await forum(s);
			const pia = await member(s, 'Pia');
			const role = { person_id: pia.id, role: 'needs_reader', ends_on: null };
			await olive.calls('name_role', { ...role, forum_id: other.forum_id });
			const refused = async (someone: Persona) =>
				expect(someone.calls('export_needs', { slug })).rejects.toMatchObject({
					message: 'needs_readers_only',
					code: 'PT403'
				});
			for (const someone of [olive, people.Amira!, pia]) await refused(someone);
			await s.sql(`update public.people set sector = 'government' where person_id = $1`, [rosa.id]);
			await refused(rosa);
			await s.sql(`update public.people set sector = 'ngo' where person_id = $1`, [rosa.id]);
			await s.sql(
				`update private.forum_roles set starts_at = now() - interval '2 days', ends_at = now() - interval '1 day'
				where forum_id = $1`,
				[forum_id]
			);
			await refused(rosa);
			await expect(rosa.calls('export_needs', { slug: 'nowhere' })).rejects.toMatchObject({
				message: 'needs_readers_only'
			});
			expect(await s.sql('select from private.needs_readings')).toEqual([]);
			expect(await acts(s)).toEqual([]);
		}));
});

test('everybody else is refused every file, and no refused try is in the audit', () =>
	scene(async (s) => {
		const { slug, people } = await stage(s);
		const suspended = await member(s, 'Sam', { suspended: true });
		await s.sql(`insert into private.roles (person_id, role) values ($1, 'organizer')`, [
			suspended.id
		]);
		const former = await organizer(s, 'Fay');
		await s.sql(
			`update private.roles set starts_at = now() - interval '2 days', ends_at = now() where person_id = $1`,
			[former.id]
		);
		const personas: [Persona, string][] = [
			[people.Amira!, 'organizers_only'],
			[await member(s, 'Gov', { sector: 'government' }), 'organizers_only'],
			[await member(s, 'Pol', { sector: 'law_enforcement' }), 'organizers_only'],
			[former, 'organizers_only'],
			[suspended, 'account_suspended'],
			[await s.person('Nobody'), 'profile_first']
		];
		for (const verb of ['export_roster', 'export_answers', 'export_coverage']) {
			for (const [someone, message] of personas) {
				await expect(someone.calls(verb, { slug })).rejects.toMatchObject({ message });
			}
			await expect(s.visitor.calls(verb, { slug })).rejects.toMatchObject({ code: '42501' });
			await expect(s.service.calls(verb, { slug })).rejects.toMatchObject({ code: '42501' });
		}
		expect(await acts(s)).toEqual([]);
	}));
