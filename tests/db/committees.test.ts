import { describe, expect, test } from 'vitest';
import { committee, insert, joins, member, organizer } from './builders';
import { scene, type Scene } from './scene';

/** Two committees: Amira and Ben sit on one with Chloe in the chair, Mia on the other. */
async function network(scene: Scene) {
	const south = await committee(scene, 'south');
	const north = await committee(scene, 'north');
	const amira = await member(scene, 'Amira');
	const ben = await member(scene, 'Ben');
	const chloe = await member(scene, 'Chloe');
	const mia = await member(scene, 'Mia');
	const of = {
		amira: await joins(scene, amira, south),
		ben: await joins(scene, ben, south),
		chloe: await joins(scene, chloe, south, 'chair'),
		mia: await joins(scene, mia, north, 'chair')
	};
	return { south, north, amira, ben, chloe, mia, of };
}

const names = (rows: Record<string, unknown>[]) => rows.map(({ name }) => name).sort();

describe('what a committee is', () => {
	test('anyone reads, with its seats', () =>
		scene(async (scene) => {
			const south = await committee(scene, 'south');
			await insert(scene, 'seats', {
				seat_id: crypto.randomUUID(),
				committee_id: south,
				label_en: 'North',
				label_fr: 'Nord',
				held: false,
				position: 1
			});
			expect(await scene.visitor.reads('committees', { slug: 'south' })).toHaveLength(1);
			expect(await scene.visitor.reads('seats', { committee_id: south })).toHaveLength(1);
		}));

	test('gives the duty of a region to nobody without a seat', () =>
		scene(async (scene) => {
			const south = await committee(scene, 'south');
			const ana = await member(scene, 'Ana');
			await expect(joins(scene, ana, south, 'regional_representative')).rejects.toThrow(
				'memberships_region_of_representative'
			);
		}));

	test('is not written by anybody over the API', () =>
		scene(async (scene) => {
			const { chloe, south } = await network(scene);
			await expect(
				chloe.query(`update public.committees set name_en = 'Mine' where committee_id = $1`, [
					south
				])
			).rejects.toThrow(/denied/);
			await expect(
				chloe.query(
					`insert into public.memberships (committee_id, person_id) select $1, person_id from public.people`,
					[south]
				)
			).rejects.toThrow(/denied/);
		}));
});

describe('who its members are', () => {
	test('is seen by its members and organizers only', () =>
		scene(async (scene) => {
			const { amira, mia, south } = await network(scene);
			const government = await member(scene, 'Gus', { sector: 'government' });
			const seen = async (reader: typeof amira) =>
				(await reader.reads('memberships', { committee_id: south })).length;
			expect(await seen(amira)).toBe(3);
			expect(await seen(await organizer(scene))).toBe(3);
			expect(await seen(mia)).toBe(0);
			expect(await seen(government)).toBe(0);
			expect(await seen(await scene.person('Stranger'))).toBe(0);
			await expect(scene.visitor.reads('memberships')).rejects.toThrow(/denied/);
		}));

	test('gives colleagues one another’s names, and others nobody’s', () =>
		scene(async (scene) => {
			const { mia } = await network(scene);
			const olive = await organizer(scene, 'Olive');
			const outside = await member(scene, 'Otto');
			const government = await member(scene, 'Gus', { sector: 'government' });
			expect(names(await mia.reads('people', {}, 'name'))).toEqual([
				'Amira',
				'Ben',
				'Chloe',
				'Mia',
				'Olive'
			]);
			expect(names(await outside.reads('people', {}, 'name'))).toEqual(['Otto']);
			expect(names(await government.reads('people', {}, 'name'))).toEqual(['Gus']);
			expect(await olive.reads('people', {}, 'name')).toHaveLength(7);
		}));

	test('is hidden from someone suspended, at once', () =>
		scene(async (scene) => {
			const { amira, south } = await network(scene);
			await scene.sql('update public.people set suspended_at = now() where person_id = $1', [
				amira.id
			]);
			expect(await amira.reads('memberships', { committee_id: south })).toEqual([]);
			expect(await amira.reads('people', {}, 'name')).toEqual([]);
		}));

	test('does not count a membership that is still to begin', () =>
		scene(async (scene) => {
			const { south } = await network(scene);
			const eve = await member(scene, 'Eve');
			await scene.sql(
				`insert into public.memberships (committee_id, person_id, starts_at)
				values ($1, $2, now() + interval '1 day')`,
				[south, eve.id]
			);
			expect(await eve.reads('memberships', { committee_id: south })).toHaveLength(1);
			expect(names(await eve.reads('people', {}, 'name'))).toEqual(['Eve']);
		}));

	test('is current from its beginning to its end, and for the readers of memberships alone', () =>
		scene(async (scene) => {
			const { amira, mia, south, of } = await network(scene);
			const [eve, max] = [await member(scene, 'Eve'), await member(scene, 'Max')];
			await scene.sql(
				`insert into public.memberships (committee_id, person_id, starts_at, ends_at) values
				($1, $2, now() + interval '1 day', null), ($1, $3, now() - interval '1 day', now())`,
				[south, eve.id, max.id]
			);
			const current = async (reader: typeof amira) =>
				(await reader.reads('current_memberships', { committee_id: south })).map(
					({ membership_id }) => membership_id
				);
			expect((await current(amira)).sort()).toEqual([of.amira, of.ben, of.chloe].sort());
			expect(await current(await organizer(scene))).toHaveLength(3);
			for (const other of [mia, eve, max, await scene.person('Stranger')]) {
				expect(await current(other)).toEqual([]);
			}
			await expect(scene.visitor.reads('current_memberships')).rejects.toThrow(/denied/);
		}));

	test('takes each person once at a time', () =>
		scene(async (scene) => {
			const { amira, south } = await network(scene);
			await expect(joins(scene, amira, south)).rejects.toThrow('memberships_one_at_a_time');
		}));
});

describe('end_membership', () => {
	const end = (membership_id: string) => ({ membership_id });

	test('by the chair puts a member out on the next call', () =>
		scene(async (scene) => {
			const { amira, chloe, south, of } = await network(scene);
			await chloe.calls('end_membership', end(of.amira));
			// One's own membership stays visible, with its end.
			expect(await amira.reads('memberships', { committee_id: south })).toMatchObject([
				{ membership_id: of.amira, ends_at: expect.any(String) }
			]);
			expect(names(await amira.reads('people', {}, 'name'))).toEqual(['Amira']);
		}));

	test('by oneself, and by an organizer', () =>
		scene(async (scene) => {
			const { amira, ben, of } = await network(scene);
			await amira.calls('end_membership', end(of.amira));
			await (await organizer(scene)).calls('end_membership', end(of.ben));
			expect(names(await amira.reads('people', {}, 'name'))).toEqual(['Amira']);
			expect(names(await ben.reads('people', {}, 'name'))).toEqual(['Ben']);
		}));

	test('lets the last chair leave', () =>
		scene(async (scene) => {
			const { chloe, of } = await network(scene);
			await chloe.calls('end_membership', end(of.chloe));
			await expect(chloe.calls('end_membership', end(of.ben))).rejects.toThrow(
				'membership_not_found'
			);
		}));

	test('is refused to a colleague', () =>
		scene(async (scene) => {
			const { amira, of } = await network(scene);
			await expect(amira.calls('end_membership', end(of.ben))).rejects.toMatchObject({
				message: 'chairs_only',
				code: 'PT403'
			});
		}));

	test('looks the same for what is not yours and what is not there', () =>
		scene(async (scene) => {
			const { mia, of } = await network(scene);
			const government = await member(scene, 'Gus', { sector: 'law_enforcement' });
			for (const [caller, id] of [
				[mia, of.amira],
				[mia, crypto.randomUUID()],
				[government, of.amira]
			] as const) {
				await expect(caller.calls('end_membership', end(id))).rejects.toMatchObject({
					message: 'membership_not_found',
					code: 'PT404'
				});
			}
		}));

	test('is refused to a suspended chair, to somebody without profile and to a visitor', () =>
		scene(async (scene) => {
			const { chloe, of } = await network(scene);
			await scene.sql('update public.people set suspended_at = now() where person_id = $1', [
				chloe.id
			]);
			await expect(chloe.calls('end_membership', end(of.amira))).rejects.toThrow(
				'account_suspended'
			);
			const stranger = await scene.person('Stranger');
			await expect(stranger.calls('end_membership', end(of.amira))).rejects.toThrow(
				'profile_first'
			);
			await expect(scene.visitor.calls('end_membership', end(of.amira))).rejects.toThrow(/denied/);
		}));

	test('twice keeps the first end', () =>
		scene(async (scene) => {
			const { chloe, of } = await network(scene);
			await scene.sql(
				`update public.memberships set ends_at = now() - interval '1 day' where membership_id = $1`,
				[of.amira]
			);
			await chloe.calls('end_membership', end(of.amira));
			const [row] = await scene.sql(
				'select ends_at < now() as ended from public.memberships where membership_id = $1',
				[of.amira]
			);
			expect(row).toEqual({ ended: true });
		}));

	test('brings forward an end that is still ahead', () =>
		scene(async (scene) => {
			const { amira, chloe, of } = await network(scene);
			await scene.sql(
				`update public.memberships set ends_at = now() + interval '30 days' where membership_id = $1`,
				[of.amira]
			);
			await chloe.calls('end_membership', end(of.amira));
			expect(names(await amira.reads('people', {}, 'name'))).toEqual(['Amira']);
		}));

	test('leaves a line in the audit', () =>
		scene(async (scene) => {
			const { chloe, of } = await network(scene);
			await chloe.calls('end_membership', end(of.ben));
			expect(
				await scene.sql(
					`select actor_id from private.audit where action = 'end_membership' and subject_id = $1`,
					[of.ben]
				)
			).toEqual([{ actor_id: chloe.id }]);
		}));
});
