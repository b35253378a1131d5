import { describe, expect, test } from 'vitest';
import { missing } from '../../src/lib/coverage/rules';
import { coverageFileSchema, coverageSchema } from '../../src/lib/coverage/schema';
import { confirmed, forum, inDays, member, organizer } from './builders';
import { scene, type Persona, type Scene } from './scene';

// Organizers read exact counts and a list that names people; everybody reads rounded groups of five and more.

async function crowd(
	s: Scene,
	forum_id: string,
	people: number,
	about: Record<string, unknown> = {}
) {
	const made: Persona[] = [];
	for (let n = 0; n < people; n++) {
		const person = await member(s, `Person ${n}`);
		await confirmed(s, person, forum_id, about);
		made.push(person);
	}
	return made;
}

const entry = {
	outreach_id: null,
	version: null,
	contact: 'A shelter in Iqaluit',
	province: 'NU',
	sector: null,
	asker: 'Olive',
	ask_by: null,
	outcome: ''
};

async function listOf(olive: Persona, slug: unknown) {
	return coverageSchema.parse(await olive.calls('coverage', { slug }));
}

describe('counts', () => {
	test('are of those who are confirmed and who wait, with what is missing', () =>
		scene(async (s) => {
			const { forum_id, slug } = await forum(s);
			const olive = await organizer(s);
			await crowd(s, forum_id, 3, { province: 'ON', language: 'fr' });
			await crowd(s, forum_id, 1, { province: 'NU', status: 'waitlisted', confirmed_at: null });
			await crowd(s, forum_id, 1, { province: 'NU', status: 'pending', confirmed_at: null });
			await crowd(s, forum_id, 1, { province: 'YT', status: 'cancelled', confirmed_at: null });
			const { groups } = await listOf(olive, slug);
			const counts = Object.fromEntries(
				groups.map(({ about, part, confirmed, waiting }) => [
					`${about}:${part}`,
					[confirmed, waiting]
				])
			);
			expect(counts).toEqual({
				'all:': [3, 2],
				'province:ON': [3, 0],
				'province:NU': [0, 2],
				'sector:ngo': [3, 2],
				'language:fr': [3, 0],
				'language:en': [0, 2],
				'mode:in_person': [3, 2],
				'first:yes': [3, 2]
			});
			const sectors = await s.sql<never>('select * from public.sectors order by position');
			const gaps = missing(groups, sectors);
			expect(gaps.provinces).toHaveLength(12);
			expect(gaps.provinces).toContain('NU');
			expect(gaps.sectors).toContain('youth');
			expect(gaps.sectors).not.toContain('ngo');
			expect(gaps.sectors).not.toContain('undisclosed');
		}));

	test('know an earlier forum that took place, and no other', () =>
		scene(async (s) => {
			const { forum_id, slug } = await forum(s);
			const olive = await organizer(s);
			const [ana, ben, cleo, dan] = await crowd(s, forum_id, 4);
			const past = { starts_on: '2026-01-10', ends_on: '2026-01-10' };
			const before = await forum(s, past);
			const cancelled = await forum(s, { ...past, cancelled_at: inDays(-300) });
			const after = await forum(s, {
				starts_on: inDays(90).slice(0, 10),
				ends_on: inDays(90).slice(0, 10)
			});
			await confirmed(s, ana!, before.forum_id);
			await confirmed(s, ben!, before.forum_id, { status: 'cancelled', confirmed_at: null });
			await confirmed(s, cleo!, cancelled.forum_id);
			await confirmed(s, dan!, after.forum_id);
			const { groups } = await listOf(olive, slug);
			const first = groups.filter(({ about }) => about === 'first');
			expect(first).toMatchObject([
				{ part: 'no', confirmed: 1 },
				{ part: 'yes', confirmed: 3 }
			]);
		}));

	test('are in a file without names, which is in the audit; of nobody they are empty', () =>
		scene(async (s) => {
			const { forum_id, slug } = await forum(s);
			const olive = await organizer(s);
			expect((await listOf(olive, slug)).groups).toEqual([]);
			expect(await olive.calls('coverage', { slug: 'nowhere' })).toBeNull();
			await crowd(s, forum_id, 1, { name: 'Amira' });
			const file = coverageFileSchema.parse(await olive.calls('export_coverage', { slug }));
			expect(file).toMatchObject({ maker: 'Olive', slug });
			expect(JSON.stringify(file)).not.toContain('Amira');
			expect(
				await s.sql(`select actor_id from private.audit where action = 'export_coverage'`)
			).toEqual([{ actor_id: olive.id }]);
		}));
});

describe('the outreach list', () => {
	test('takes an entry, changes it over the version that was seen, and deletes it', () =>
		scene(async (s) => {
			const { forum_id, slug } = await forum(s);
			const olive = await organizer(s);
			const id = await olive.calls('save_outreach', { forum_id, ...entry });
			const { outreach } = await listOf(olive, slug);
			expect(outreach).toMatchObject([{ contact: entry.contact, province: 'NU', version: 1 }]);
			const change = (version: number) =>
				olive.calls('save_outreach', {
					forum_id,
					...entry,
					outreach_id: id,
					version,
					province: null,
					sector: 'youth',
					ask_by: '2027-02-01',
					outcome: '  They come.  '
				});
			await change(1);
			expect((await listOf(olive, slug)).outreach).toMatchObject([
				{ province: null, sector: 'youth', ask_by: '2027-02-01', outcome: 'They come.', version: 2 }
			]);
			await expect(change(1)).rejects.toMatchObject({ message: 'outreach_changed', code: 'PT409' });
			for (let time = 0; time < 2; time++)
				await olive.calls('delete_outreach', { outreach_id: id });
			expect((await listOf(olive, slug)).outreach).toEqual([]);
			await expect(change(2)).rejects.toMatchObject({ message: 'outreach_not_found' });
			expect(
				await s.sql(
					`select action, count(*)::integer as n from private.audit where action like '%outreach' group by 1 order by 1`
				)
			).toEqual([
				{ action: 'delete_outreach', n: 1 },
				{ action: 'save_outreach', n: 2 }
			]);
		}));

	test.each([
		['outreach_contact_length', { contact: '  ' }],
		['outreach_contact_length', { contact: 'é'.repeat(201) }],
		['outreach_asker_length', { asker: 'a'.repeat(81) }],
		['outreach_outcome_length', { outcome: 'a'.repeat(501) }],
		['outreach_one_gap', { sector: 'ngo' }]
	])('refuses by %s', (constraint, wrong) =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			const olive = await organizer(s);
			await expect(
				olive.calls('save_outreach', { forum_id, ...entry, ...wrong })
			).rejects.toMatchObject({ constraint });
		})
	);

	test('does not take an entry of another forum, nor more than 200', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			const other = await forum(s);
			const olive = await organizer(s);
			const id = await olive.calls('save_outreach', { forum_id: other.forum_id, ...entry });
			await expect(
				olive.calls('save_outreach', { forum_id, ...entry, outreach_id: id, version: 1 })
			).rejects.toMatchObject({ message: 'outreach_not_found' });
			await s.sql(
				`insert into private.outreach (forum_id, contact) select $1, 'Somebody ' || n from generate_series(1, 200) n`,
				[forum_id]
			);
			await expect(olive.calls('save_outreach', { forum_id, ...entry })).rejects.toMatchObject({
				message: 'outreach_full'
			});
		}));

	test('goes 30 days after the forum, since it names people', () =>
		scene(async (s) => {
			const { forum_id, slug } = await forum(s);
			const olive = await organizer(s);
			await olive.calls('save_outreach', { forum_id, ...entry });
			const ended = (days: number) =>
				s.sql(
					`update public.forums set starts_on = current_date - $2::integer, ends_on = current_date - $2::integer
					where forum_id = $1`,
					[forum_id, days]
				);
			await ended(29);
			expect(await s.service.calls('delete_old_data')).toMatchObject({ outreach: 0 });
			await ended(30);
			// Nobody reads it even before the clock of the site deletes it.
			expect(await listOf(olive, slug)).toMatchObject({ due: false, outreach: [] });
			await expect(olive.calls('save_outreach', { forum_id, ...entry })).rejects.toMatchObject({
				message: 'outreach_too_late'
			});
			expect(await s.service.calls('delete_old_data')).toMatchObject({ outreach: 1 });
			expect(await s.sql('select from private.outreach')).toEqual([]);
		}));

	test('is in the data of who saved an entry last, and stays when that account is deleted', () =>
		scene(async (s) => {
			const { forum_id, slug } = await forum(s);
			const olive = await organizer(s);
			const oscar = await organizer(s, 'Oscar');
			await oscar.calls('save_outreach', { forum_id, ...entry });
			expect((await oscar.calls('export_my_data')).outreach).toMatchObject([
				{ contact: entry.contact, forum: slug }
			]);
			await oscar.calls('delete_my_account');
			expect((await listOf(olive, slug)).outreach).toHaveLength(1);
		}));
});

describe('on the page of the forum', () => {
	const shown = async (caller: Pick<Persona, 'query'>, forum_id: string) => {
		const [row] = await caller.query<{ shown: unknown }>(
			'select public.coverage_shown(f) as shown from public.forums f where f.forum_id = $1',
			[forum_id]
		);
		return row?.shown;
	};

	test('nothing is shown unless organizers choose it; then groups of five and more, rounded', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			const olive = await organizer(s);
			await crowd(s, forum_id, 12, { province: 'ON' });
			await crowd(s, forum_id, 7, { province: 'QC', sector: 'youth' });
			await crowd(s, forum_id, 4, { province: 'NU', sector: 'youth' });
			await crowd(s, forum_id, 9, { province: 'YT', status: 'waitlisted', confirmed_at: null });
			for (const someone of [s.visitor, olive]) expect(await shown(someone, forum_id)).toBeNull();
			for (let time = 0; time < 2; time++) {
				await olive.calls('show_coverage', { forum_id, shown: true });
			}
			expect(await shown(s.visitor, forum_id)).toEqual([
				{ about: 'province', part: 'ON', people: 10 },
				{ about: 'province', part: 'QC', people: 5 },
				{ about: 'sector', part: 'ngo', people: 10 },
				{ about: 'sector', part: 'youth', people: 10 }
			]);
			await olive.calls('show_coverage', { forum_id, shown: false });
			expect(await shown(s.visitor, forum_id)).toBeNull();
			expect(
				await s.sql(
					`select action from private.audit where action in ('show_coverage', 'hide_coverage') order by 1`
				)
			).toEqual([{ action: 'hide_coverage' }, { action: 'show_coverage' }]);
		}));

	test('nothing is shown of a forum that is over, cancelled, or a draft', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			const olive = await organizer(s);
			await crowd(s, forum_id, 6);
			await olive.calls('show_coverage', { forum_id, shown: true });
			expect(await shown(olive, forum_id)).toHaveLength(2);
			for (const change of [
				'cancelled_at = now()',
				'cancelled_at = null, published_at = null',
				`published_at = now(), starts_on = current_date - 9, ends_on = current_date - 9`
			]) {
				await s.sql(`update public.forums set ${change} where forum_id = $1`, [forum_id]);
				expect(await shown(olive, forum_id)).toBeNull();
			}
		}));
});

test('nobody but organizers reads or writes any of it', () =>
	scene(async (s) => {
		const { forum_id, slug } = await forum(s);
		const olive = await organizer(s);
		const outreach_id = await olive.calls('save_outreach', { forum_id, ...entry });
		const calls: [string, Record<string, unknown>][] = [
			['coverage', { slug }],
			['save_outreach', { forum_id, ...entry }],
			['delete_outreach', { outreach_id }],
			['show_coverage', { forum_id, shown: true }]
		];
		const personas: [Persona, string][] = [
			[await member(s, 'Amira'), 'organizers_only'],
			[await member(s, 'Gov', { sector: 'government' }), 'organizers_only'],
			[await member(s, 'Sam', { suspended: true }), 'account_suspended'],
			[await s.person('Nobody'), 'profile_first']
		];
		for (const [verb, args] of calls) {
			for (const [someone, message] of personas) {
				await expect(someone.calls(verb, args)).rejects.toMatchObject({ message });
			}
			await expect(s.visitor.calls(verb, args)).rejects.toMatchObject({ code: '42501' });
		}
		for (const someone of [...personas.map(([person]) => person), olive, s.visitor]) {
			for (const table of ['outreach', 'coverage_settings']) {
				await expect(someone.query(`select * from private.${table}`)).rejects.toMatchObject({
					code: '42501'
				});
			}
		}
		expect((await listOf(olive, slug)).outreach).toHaveLength(1);
	}));
