import { describe, expect, test } from 'vitest';
import { forum, member, organizer } from './builders';
import { scene } from './scene';

const objectives = { objectives_en: ['Meet.'], objectives_fr: ['Se réunir.'] };

describe('a draft', () => {
	test('is there for organizers and for nobody else', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { published_at: null });
			const mira = await member(stage, 'Mira');
			const olive = await organizer(stage);
			expect(await stage.visitor.reads('forums', { forum_id })).toEqual([]);
			expect(await mira.reads('forums', { forum_id })).toEqual([]);
			expect(await olive.reads('forums', { forum_id })).toHaveLength(1);
		}));

	test('is published by an organizer, and once is enough', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { published_at: null, ...objectives });
			const olive = await organizer(stage);
			await olive.calls('publish_forum', { forum_id });
			const before = await stage.visitor.reads('forums', { forum_id }, 'it.published_at');
			expect(before).toHaveLength(1);
			await olive.calls('publish_forum', { forum_id });
			expect(await stage.visitor.reads('forums', { forum_id }, 'it.published_at')).toEqual(before);
		}));

	test('is published by nobody else', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { published_at: null, ...objectives });
			const mira = await member(stage, 'Mira');
			const stranger = await stage.person('Stranger');
			const gone = await member(stage, 'Gone', { suspended: true });
			await expect(mira.calls('publish_forum', { forum_id })).rejects.toThrow('organizers_only');
			await expect(stranger.calls('publish_forum', { forum_id })).rejects.toThrow('profile_first');
			await expect(gone.calls('publish_forum', { forum_id })).rejects.toThrow('account_suspended');
			await expect(stage.visitor.calls('publish_forum', { forum_id })).rejects.toMatchObject({
				code: '42501'
			});
		}));

	test.each([
		['an objective', {}],
		['the place in French', { place_fr: '', ...objectives }]
	])('waits for %s', (_, about) =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { published_at: null, ...about });
			const olive = await organizer(stage);
			await expect(olive.calls('publish_forum', { forum_id })).rejects.toMatchObject({
				message: 'forum_incomplete',
				code: 'PT422'
			});
		})
	);
});

test.each([
	['a zone that nobody knows', { time_zone: 'America/Atlantis' }, 'unknown_time_zone'],
	['an end before the start', { ends_on: '2001-01-01' }, 'forums_dates_in_order'],
	['an address with spaces', { slug: 'a b' }, 'forums_slug_shape'],
	[
		'objectives in one language',
		{ objectives_en: ['Meet.'], objectives_fr: [] },
		'forums_objectives_in_pairs'
	],
	['registration without a day', { date_precision: 'month' }, 'forums_registration_needs_days']
])('%s is refused', (_, about, key) =>
	scene(async (stage) => {
		await expect(forum(stage, about)).rejects.toThrow(key);
	})
);

test('how full it is, is said in words', () =>
	scene(async (stage) => {
		await forum(stage, { slug: 'roomy', capacity_in_person: 100, capacity_online: 4 });
		const [row] = await stage.visitor.query(
			`select public.spots_in_person(f) as here, public.spots_online(f) as online
			from public.forums f where slug = 'roomy'`
		);
		expect(row).toEqual({ here: 'open', online: 'few' });
	}));
