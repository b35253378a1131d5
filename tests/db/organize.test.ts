import { describe, expect, test } from 'vitest';
import { auditSchema, organizeSchema } from '../../src/lib/organize/schema';
import { breakout, confirmed, forum, inDays, list, member, organizer, vote } from './builders';
import { scene, type Persona, type Scene } from './scene';

describe('the organizers’ page', () => {
	test('is open to organizers alone', () =>
		scene(async (s) => {
			await expect(s.visitor.calls('organize')).rejects.toMatchObject({ code: '42501' });
			await expect((await s.person('New')).calls('organize')).rejects.toThrow('profile_first');
			for (const sector of ['ngo', 'government', 'law_enforcement']) {
				const someone = await member(s, 'Someone', { sector });
				await expect(someone.calls('organize'), sector).rejects.toMatchObject({
					message: 'organizers_only',
					code: 'PT403'
				});
			}
			const sam = await member(s, 'Sam', { suspended: true });
			await expect(sam.calls('organize')).rejects.toThrow('account_suspended');
		}));

	test('shows every forum with its figures, votes and report, in the shape that the page reads', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const [amira, ben] = [await member(s, 'Amira'), await member(s, 'Ben')];
			const { forum_id } = await forum(s, { starts_on: inDays(-20).slice(0, 10), slug: 'past' });
			await forum(s, { published_at: null, slug: 'draft' });
			await confirmed(s, amira, forum_id, { province: 'QC' });
			await confirmed(s, ben, forum_id, { mode: 'online' });
			const vote_id = await vote(s, forum_id, -1, [amira, ben]);
			await olive.calls('draft_report', {
				forum_id,
				title_en: '',
				title_fr: '',
				body_en: '',
				body_fr: ''
			});
			const { forums } = organizeSchema.parse(await olive.calls('organize'));
			expect(forums).toMatchObject([
				{ slug: 'draft', published: false, confirmed: 0, provinces: {}, votes: [], report: null },
				{
					slug: 'past',
					published: true,
					cancelled: false,
					confirmed: 2,
					waitlisted: 0,
					in_person: 1,
					online: 1,
					capacity_in_person: 10,
					provinces: { QC: 1, NS: 1 },
					votes: [{ vote_id, counted_at: null, turnout: null, voters_count: 2 }],
					report: { published_at: null }
				}
			]);
		}));

	test('counts each way of taking part and those who wait, forum by forum', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id } = await forum(s, { slug: 'one' });
			await forum(s, { slug: 'other', starts_on: inDays(9).slice(0, 10) });
			const waits = { status: 'waitlisted', confirmed_at: null };
			const gone = { status: 'cancelled', confirmed_at: null };
			for (const about of [{}, {}, { mode: 'online' }, waits, gone]) {
				await confirmed(s, await member(s, 'Someone'), forum_id, { province: 'QC', ...about });
			}
			await breakout(s, forum_id);
			await list(s, forum_id, 3);
			const { forums } = organizeSchema.parse(await olive.calls('organize'));
			expect(forums).toMatchObject([
				{
					in_person: 2,
					online: 1,
					confirmed: 3,
					waitlisted: 1,
					provinces: { QC: 3 },
					sessions: 1,
					priorities: 3
				},
				{
					in_person: 0,
					online: 0,
					confirmed: 0,
					waitlisted: 0,
					provinces: {},
					sessions: 0,
					priorities: 0
				}
			]);
		}));
});

describe('the audit', () => {
	const all = { person: null, name: '', action: '', since: null, until: null, after: null };
	/** So many acts of two people and others, a minute apart, the last one now. */
	const fill = (s: Scene, actor: Persona, subject: Persona, acts: number) =>
		s.sql(
			`insert into private.audit (acted_at, actor_id, action, subject_id)
			select now() - n * interval '1 minute',
				case n % 3 when 0 then $1::uuid else gen_random_uuid() end,
				(array['save_forum', 'set_sector'])[1 + n % 2],
				case n % 5 when 0 then $2::uuid else gen_random_uuid() end
			from generate_series(0, $3::integer - 1) n`,
			[actor.id, subject.id, acts]
		);

	test('is read by organizers alone', () =>
		scene(async (s) => {
			for (const someone of [
				await member(s, 'Mira'),
				await member(s, 'Gus', { sector: 'government' })
			]) {
				await expect(someone.calls('audit_list', all)).rejects.toThrow('organizers_only');
			}
			await expect(s.visitor.calls('audit_list', all)).rejects.toMatchObject({ code: '42501' });
		}));

	test('names who acted, about whom and at which forum, newest first', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const mira = await member(s, 'Mira');
			const { forum_id, slug } = await forum(s, { slug: 'here', name_fr: 'Ici' });
			const session_id = await breakout(s, forum_id);
			await olive.calls('set_sector', { person_id: mira.id, sector: 'academic' });
			const role = { person_id: mira.id, role: 'notes', forum_id, ends_on: null };
			await olive.calls('name_role', role);
			await olive.calls('delete_session', { session_id });
			await s.service.calls('name_first_organizer', { address: mira.email });
			const { acts, more } = auditSchema.parse(await olive.calls('audit_list', all));
			expect(more).toBe(false);
			expect(acts).toMatchObject([
				{ action: 'name_organizer', actor_id: null, subject: 'Mira' },
				{ action: 'delete_session', actor: 'Olive', subject: null },
				{
					action: 'name_role',
					fields: ['notes'],
					subject_id: mira.id,
					forum: { slug, name_fr: 'Ici' }
				},
				{ action: 'set_sector', actor_id: olive.id, actor: 'Olive', subject: 'Mira', forum: null }
			]);
			await mira.calls('delete_my_account');
			const [last] = auditSchema.parse(await olive.calls('audit_list', all)).acts;
			expect(last).toMatchObject({ action: 'delete_account', actor_id: mira.id, actor: null });
		}));

	test('filters by person, act and time, and pages through all of it without a gap', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const mira = await member(s, 'Mira');
			await fill(s, mira, olive, 240);
			const rows = await s.sql<Record<'audit_id' | 'actor_id' | 'subject_id' | 'action', string>>(
				'select * from private.audit order by acted_at desc, audit_id desc'
			);
			const pages = async (asked: object) => {
				const found: string[] = [];
				for (let after: string | null = null, more = true; more;) {
					const page = auditSchema.parse(
						await olive.calls('audit_list', { ...all, ...asked, after })
					);
					expect(page.acts.length).toBeLessThanOrEqual(50);
					found.push(...page.acts.map(({ audit_id }) => audit_id));
					after = page.acts.at(-1)?.audit_id ?? null;
					more = page.more;
				}
				return found;
			};
			const expected = (fits: (row: (typeof rows)[number], n: number) => boolean) =>
				rows.filter(fits).map(({ audit_id }) => audit_id);
			const isOf = (id: string) => (row: (typeof rows)[number]) =>
				row.actor_id === id || row.subject_id === id;
			expect(await pages({})).toEqual(expected(() => true));
			expect(await pages({ action: 'set_sector' })).toEqual(
				expected(({ action }) => action === 'set_sector')
			);
			expect(await pages({ person: mira.id })).toEqual(expected(isOf(mira.id)));
			expect(await pages({ person: olive.id, action: 'save_forum' })).toEqual(
				expected((row) => isOf(olive.id)(row) && row.action === 'save_forum')
			);
			expect(await pages({ name: ' mIRA' })).toEqual(expected(isOf(mira.id)));
			// Both of them: an act of one about the other is there once.
			expect(await pages({ name: '@example.org' })).toEqual(
				expected((row) => isOf(mira.id)(row) || isOf(olive.id)(row))
			);
			expect(await pages({ name: 'nobody at all' })).toEqual([]);
			expect(await pages({ since: inDays(-60.5 / 1440), until: inDays(-29.5 / 1440) })).toEqual(
				expected((_, n) => n >= 30 && n <= 60)
			);
		}));

	test('of 100,000 acts is read through its indexes, whatever the filter', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const mira = await member(s, 'Mira');
			await fill(s, await member(s, 'Else'), await member(s, 'Other'), 100_000);
			await s.sql(
				`insert into private.audit (acted_at, actor_id, action, subject_id) values (now() - interval '90 days', $1, 'open_vote', $2)`,
				[mira.id, olive.id]
			);
			await s.sql('analyze private.audit');
			const read = async () => {
				const [row] = await s.sql<{ scans: number; rows: number }>(
					`select coalesce(seq_scan, 0)::integer as scans, (coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0))::integer as rows
					from pg_stat_xact_all_tables where relid = 'private.audit'::regclass`
				);
				return row!;
			};
			for (const asked of [
				{},
				{ person: mira.id },
				{ name: 'Mira' },
				{ action: 'open_vote' },
				{ since: inDays(-91), until: inDays(-89) },
				{ person: mira.id, action: 'open_vote', since: inDays(-91), until: inDays(-89) }
			]) {
				const before = await read();
				const { acts } = auditSchema.parse(await olive.calls('audit_list', { ...all, ...asked }));
				expect(acts.length).toBeGreaterThan(0);
				const after = await read();
				expect(after.scans - before.scans, JSON.stringify(asked)).toBe(0);
				expect(after.rows - before.rows, JSON.stringify(asked)).toBeLessThan(500);
			}
		}));
});
