import { describe, expect, test } from 'vitest';
import { forum, inDays, organizer } from './builders';
import { scene, type Persona, type Scene } from './scene';

const outcomeOf = async (person: Persona, forum_id: string, province: string, sector = 'ngo') => {
	const [{ outcome }] = await person.calls('register', {
		forum_id,
		name: province,
		mode: 'in_person',
		language: 'en',
		province,
		sector,
		organization_name: '',
		discreet: false
	});
	return outcome as string;
};

/** One spot of two is for people from Quebec. */
async function reserved(stage: Scene, about = {}) {
	const olive = await organizer(stage);
	const { forum_id } = await forum(stage, {
		capacity_in_person: 2,
		format: 'in_person',
		capacity_online: null,
		...about
	});
	const reserve = {
		forum_id,
		mode: 'in_person',
		spots: 1,
		provinces: ['QC'],
		sectors: [],
		releases_on: inDays(20).slice(0, 10)
	};
	await olive.calls('add_reserve', reserve);
	const newcomer = async (name: string, province: string) => {
		const person = await stage.person(name);
		return { person, outcome: await outcomeOf(person, forum_id, province) };
	};
	const release = async () => {
		const { reserves } = await olive.calls('registration_settings', { forum_id });
		await olive.calls('release_reserve', { reserve_id: reserves[0].reserve_id });
	};
	return { olive, forum_id, reserve, newcomer, release };
}

const offered = async ({ sql }: Scene) =>
	(
		await sql<{ name: string }>(
			`select p.name from private.offers o join public.registrations r using (registration_id) join public.people p using (person_id)
			where o.ended_at is null order by o.made_at`
		)
	).map(({ name }) => name);

describe('a reserved spot', () => {
	test('is left for those it is for, who take it before the others', () =>
		scene(async (stage) => {
			const { olive, forum_id, newcomer } = await reserved(stage);
			expect((await newcomer('A', 'NS')).outcome).toBe('confirmed');
			expect((await newcomer('B', 'ON')).outcome).toBe('waitlisted');
			expect((await newcomer('C', 'QC')).outcome).toBe('confirmed');
			expect((await newcomer('D', 'QC')).outcome).toBe('waitlisted');
			const { reserves } = await olive.calls('registration_settings', { forum_id });
			expect(reserves).toMatchObject([{ spots: 1, filled: 1, provinces: ['QC'] }]);
		}));

	test('fills from the reserve first, so that a second person from there finds the open spots', () =>
		scene(async (stage) => {
			const { newcomer } = await reserved(stage);
			expect((await newcomer('A', 'QC')).outcome).toBe('confirmed');
			expect((await newcomer('B', 'NS')).outcome).toBe('confirmed');
		}));

	test('that comes free goes to the first in line it is for, past those it is not for', () =>
		scene(async (stage) => {
			const { forum_id, newcomer } = await reserved(stage);
			await newcomer('A', 'NS');
			await newcomer('B', 'ON');
			const { person } = await newcomer('C', 'QC');
			await newcomer('D', 'QC');
			await person.calls('cancel_registration', { forum_id });
			expect(await offered(stage)).toEqual(['QC']);
			expect(
				await stage.sql(
					`select r.province from private.offers o join public.registrations r using (registration_id)`
				)
			).toEqual([{ province: 'QC' }]);
		}));

	test.each(['by hand', 'on its day', 'at the last call'])(
		'is released %s to the first in line',
		(how) =>
			scene(async (stage) => {
				const { newcomer, release } = await reserved(stage);
				await newcomer('A', 'NS');
				await newcomer('B', 'ON');
				await newcomer('C', 'BC');
				expect(await offered(stage)).toEqual([]);
				if (how === 'by hand') await release();
				else if (how === 'on its day')
					await stage.sql(
						`update private.reserves set releases_at = clock_timestamp() - interval '1 second'`
					);
				else
					await stage.sql(
						`update public.forums set starts_on = current_date + 1, ends_on = current_date + 2, time_zone = 'Pacific/Kiritimati'`
					);
				await stage.service.calls('offer_due_spots');
				// A last call goes to all who wait.
				expect(await offered(stage)).toEqual(how === 'at the last call' ? ['ON', 'BC'] : ['ON']);
			})
	);

	test('is full in words for others, and says for whom and until when it is reserved', () =>
		scene(async (stage) => {
			const { forum_id, newcomer } = await reserved(stage);
			const { person } = await newcomer('A', 'NS');
			const [seen] = (await person.query(
				'select f.spots_in_person, f.reserves from public.forums f where f.forum_id = $1',
				[forum_id]
			)) as [{ spots_in_person: string; reserves: unknown }];
			expect(seen.spots_in_person).toBe('full');
			expect(seen.reserves).toMatchObject([{ mode: 'in_person', provinces: ['QC'], sectors: [] }]);
		}));

	test('is left by somebody who moves to another province, and room goes to who waits', () =>
		scene(async (stage) => {
			const { forum_id, newcomer } = await reserved(stage);
			const { person } = await newcomer('A', 'NS');
			await newcomer('B', 'ON');
			await person.calls('edit_registration', {
				forum_id,
				name: 'A',
				badge_name: '',
				language: 'fr',
				province: 'QC',
				organization_name: ''
			});
			expect(await offered(stage)).toEqual(['ON']);
		}));

	test('counts for an approval and for changing to in person', () =>
		scene(async (stage) => {
			const { olive, forum_id, newcomer } = await reserved(stage, {
				format: 'hybrid',
				capacity_online: 5
			});
			await olive.calls('save_registration_rules', { forum_id, approval: 'all', offer_hours: 48 });
			await newcomer('A', 'NS');
			await newcomer('B', 'ON');
			const rows = await stage.sql<{ registration_id: string }>(
				'select registration_id from public.registrations order by queued_at'
			);
			const decided = await olive.calls('approve_registrations', {
				forum_id,
				registration_ids: rows.map(({ registration_id }) => registration_id),
				over_capacity: false,
				reason: ''
			});
			expect(decided.map(({ status }: { status: string }) => status)).toEqual([
				'confirmed',
				'waitlisted'
			]);
			const online = await stage.person('E');
			await stage.sql('delete from private.registration_rules');
			await online.calls('register', {
				forum_id,
				name: 'E',
				mode: 'online',
				language: 'en',
				province: 'AB',
				sector: 'ngo',
				organization_name: '',
				discreet: false
			});
			await expect(online.calls('change_mode', { forum_id, mode: 'in_person' })).rejects.toThrow(
				'mode_full'
			);
		}));
});

describe('reserving', () => {
	test('is refused with what is wrong, and nothing is reserved', () =>
		scene(async (stage) => {
			const { olive, reserve } = await reserved(stage);
			const wrong: [Record<string, unknown>, string][] = [
				[{ spots: 2 }, 'reserves_beyond_capacity'],
				[{ spots: 0 }, 'reserves_spots_range'],
				[{ spots: -1 }, 'reserves_spots_range'],
				[{ provinces: [] }, 'reserve_for_nobody'],
				[{ provinces: null, sectors: null }, 'reserve_for_nobody'],
				[{ sectors: ['nobody'] }, 'sector_not_offered'],
				[{ mode: 'online' }, 'mode_not_offered'],
				[{ releases_on: inDays(-1).slice(0, 10) }, 'reserve_release_day'],
				[{ releases_on: inDays(30).slice(0, 10) }, 'reserve_release_day'],
				[{ releases_on: null }, 'reserve_release_day'],
				[{ forum_id: '00000000-0000-4000-8000-000000000000' }, 'forum_not_found']
			];
			for (const [about, code] of wrong) {
				await expect(olive.calls('add_reserve', { ...reserve, ...about }), code).rejects.toThrow(
					code
				);
			}
			expect(await stage.sql('select from private.reserves')).toHaveLength(1);
		}));

	test('is for organizers alone, and releasing twice changes nothing more', () =>
		scene(async (stage) => {
			const { olive, reserve, release } = await reserved(stage);
			const [{ reserve_id }] = (await stage.sql('select reserve_id from private.reserves')) as [
				{ reserve_id: string }
			];
			const someone = await stage.person('Someone');
			for (const who of [someone, stage.visitor]) {
				await expect(who.calls('add_reserve', reserve)).rejects.toThrow();
				await expect(who.calls('release_reserve', { reserve_id })).rejects.toThrow();
			}
			await release();
			await expect(olive.calls('release_reserve', { reserve_id })).rejects.toThrow(
				'forum_not_found'
			);
			expect(await stage.sql('select from private.reserves')).toHaveLength(0);
		}));
});
