import { describe, expect, test } from 'vitest';
import { forum, member, organizer } from './builders';
import { concurrent, engine } from './engine';
import { scene, type Caller, type Persona, type Scene } from './scene';

const register = (person: Persona, forum_id: string) =>
	person.calls('register', {
		forum_id,
		name: 'Amira',
		mode: 'in_person',
		language: 'fr',
		province: 'QC',
		sector: 'ngo',
		organization_name: '',
		discreet: false
	});

/** Whether `act` has these forums change, in the order given. */
async function changes({ sql }: Scene, forums: string[], act: () => Promise<unknown>) {
	await sql('delete from private.forum_changes');
	await act();
	const rows = await sql('select forum_id from private.forum_changes');
	return forums.map((id) => rows.some(({ forum_id }) => forum_id === id));
}

/** A change of the past. */
const note = ({ sql }: Scene, forum_id: string, transaction: number) =>
	sql('insert into private.forum_changes values ($1, $2::text::xid8)', [forum_id, transaction]);

const lastOf = async (caller: Caller, forum_id: string) => {
	const [row] = await caller.reads('forums', { forum_id }, 'it.last_change');
	return row?.last_change;
};

describe('a forum changes for open pages', () => {
	test('with each registration and whatever becomes of it, and no other forum does', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s, { capacity_in_person: 1 });
			const { forum_id: other } = await forum(s);
			const [amira, ben, olive] = [
				await member(s, 'Amira'),
				await member(s, 'Ben'),
				await organizer(s)
			];
			const change = (act: () => Promise<unknown>) => changes(s, [forum_id, other], act);
			expect(await change(() => register(amira, forum_id))).toEqual([true, false]);
			expect(await change(() => register(ben, forum_id))).toEqual([true, false]);
			expect(await change(() => amira.calls('cancel_registration', { forum_id }))).toEqual([
				true,
				false
			]);
			expect(await change(() => ben.calls('accept_spot', { forum_id }))).toEqual([true, false]);
			expect(
				await change(() => olive.calls('set_registration_closed', { forum_id, closed: true }))
			).toEqual([true, false]);
			expect(await change(() => ben.calls('delete_my_account'))).toEqual([true, false]);
		}));

	test('with spots that are held and released', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			const olive = await organizer(s);
			const change = (verb: string, args = {}) =>
				changes(s, [forum_id], () => olive.calls(verb, args));
			const invitation = {
				emails: ['guest@example.org'],
				mode: 'in_person',
				holds_spot: true,
				language: 'en',
				days: 7
			};
			expect(await change('invite', { forum_id, ...invitation })).toEqual([true]);
			const [invited] = await s.sql('select invitation_id from private.invitations');
			expect(await change('revoke_invitation', invited)).toEqual([true]);
			await s.sql('delete from private.forum_changes');
			await s.sql(
				`insert into private.reserves (forum_id, mode, spots, provinces, releases_at)
				values ($1, 'in_person', 2, '{YT}', now() + interval '1 day')`,
				[forum_id]
			);
			expect(await s.sql('select forum_id from private.forum_changes')).toEqual([{ forum_id }]);
		}));

	test('not with what no page shows, nor with what is only read', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			const amira = await member(s, 'Amira');
			await register(amira, forum_id);
			expect(
				await changes(s, [forum_id], async () => {
					await s.sql('update public.registrations set calendar_sequence = 4');
					await amira.reads('registrations');
					await lastOf(amira, forum_id);
				})
			).toEqual([false]);
		}));

	test('and can be deleted with what it has', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			await register(await member(s, 'Amira'), forum_id);
			await s.sql('delete from public.forums where forum_id = $1', [forum_id]);
			expect(await s.sql('select from private.forum_changes')).toEqual([]);
		}));
});

describe('the last change', () => {
	test('is one value for its readers and for the site, and another one after each change', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			const { forum_id: quiet } = await forum(s);
			const amira = await member(s, 'Amira');
			expect(await lastOf(amira, quiet)).toBe('0');
			for (const transaction of [5, 6, 4]) await note(s, forum_id, transaction);
			expect(await lastOf(amira, forum_id)).toBe('6');
			const asked = await s.service.calls('last_changes', {
				forum_ids: [forum_id, quiet, forum_id]
			});
			expect(asked).toHaveLength(2);
			expect(asked).toEqual(
				expect.arrayContaining([
					{ forum_id, change: '6' },
					{ forum_id: quiet, change: '0' }
				])
			);
		}));

	test('of a forum that is not theirs to see is not to be had, and visitors have none', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s, { published_at: null });
			const amira = await member(s, 'Amira');
			expect(await lastOf(amira, forum_id)).toBeUndefined();
			expect(await lastOf(await organizer(s), forum_id)).toBe('0');
			await expect(lastOf(s.visitor, forum_id)).rejects.toMatchObject({ code: '42501' });
			await expect(amira.calls('last_changes', { forum_ids: [] })).rejects.toMatchObject({
				code: '42501'
			});
		}));

	test('alone stays', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			for (const transaction of [5, 6, 7]) await note(s, forum_id, transaction);
			await s.service.calls('delete_old_data');
			expect(await lastOf(await member(s, 'Amira'), forum_id)).toBe('7');
			expect(
				await s.sql('select from private.forum_changes where transaction_id < 7::text::xid8')
			).toEqual([]);
		}));

	test.skipIf(!concurrent)('misses no transaction that began earlier and ended later', async () => {
		const { crowd } = await engine();
		await crowd(async (sql) => {
			const [{ forum_id }] = (await sql.query(
				`insert into public.forums (slug, name_en, name_fr, place_en, place_fr, format, time_zone, starts_on, ends_on)
				values ('late', 'Late', 'Tard', 'Winnipeg', 'Winnipeg', 'hybrid', 'UTC', current_date, current_date) returning forum_id`
			)) as [{ forum_id: string }];
			const last = async () =>
				(await sql.query('select private.last_change($1) as value', [forum_id]))[0]!.value;
			const change = (on: typeof sql) =>
				on.query('update public.forums set archived_at = clock_timestamp() where forum_id = $1', [
					forum_id
				]);
			const note = (on: typeof sql) =>
				on.query('insert into private.forum_changes (forum_id) values ($1)', [forum_id]);
			await change(sql);
			const seen = [await last()];
			await sql.transaction(async (slow) => {
				await note(slow);
				await sql.transaction(note);
				seen.push(await last());
			});
			seen.push(await last());
			await change(sql);
			seen.push(await last());
			const [before, during, after, next] = seen.map(Number) as [number, number, number, number];
			expect(during).toBe(before);
			expect(after).toBeGreaterThan(during);
			expect(next).toBeGreaterThan(after);
		});
	});
});
