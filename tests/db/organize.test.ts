import { describe, expect, test } from 'vitest';
import { organizeSchema } from '../../src/lib/organize/schema';
import { breakout, confirmed, forum, inDays, list, member, organizer, vote } from './builders';
import { scene } from './scene';

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
