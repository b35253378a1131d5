import { describe, expect, test } from 'vitest';
import { forum, member, organizer } from './builders';
import { scene, type Caller } from './scene';

const typed = { name: 'Amira', 'answers-1': ['A quiet room'], step: 'questions' };

const save = (person: Caller, forum_id: string, words: unknown = typed) =>
	person.calls('save_registration_draft', { forum_id, typed: words });

async function draft(person: Caller, forum_id: string): Promise<unknown> {
	const [row] = await person.reads('forums', { forum_id }, 'public.registration_draft(it)');
	return row?.registration_draft;
}

const registration = {
	mode: 'in_person',
	name: 'Amira',
	language: 'fr',
	province: 'QC',
	sector: 'ngo',
	organization_name: '',
	discreet: false
};

describe('what was typed before a registration is sent', () => {
	test('is saved for an account without a profile, replaced by the next, and read by nobody else', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			const amira = await s.person('Amira');
			expect(await draft(amira, forum_id)).toBeNull();
			await save(amira, forum_id);
			await save(amira, forum_id, { ...typed, name: 'Amira B.' });
			expect(await draft(amira, forum_id)).toEqual({ ...typed, name: 'Amira B.' });
			for (const other of [await member(s, 'Bea'), await organizer(s)]) {
				expect(await draft(other, forum_id)).toBeNull();
				await expect(other.query('select * from private.registration_drafts')).rejects.toThrow(
					/denied/
				);
			}
			await expect(save(s.visitor, forum_id)).rejects.toThrow(/denied/);
			await expect(draft(s.visitor, forum_id)).rejects.toThrow(/denied/);
		}));

	test('is gone once the registration is sent, after a day, and with the account', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			const rows = () => s.sql('select * from private.registration_drafts');
			const [amira, bea, carla] = [
				await member(s, 'Amira'),
				await member(s, 'Bea'),
				await member(s, 'Carla')
			];
			for (const person of [amira, bea, carla]) await save(person, forum_id);
			await amira.calls('register', { forum_id, ...registration });
			expect(await draft(amira, forum_id)).toBeNull();
			await s.sql(
				"update private.registration_drafts set saved_at = saved_at - interval '25 hours' where person_id = $1",
				[bea.id]
			);
			expect(await draft(bea, forum_id)).toBeNull();
			await s.sql('select private.registrations_retention()');
			expect(await rows()).toHaveLength(1);
			await carla.calls('delete_my_account');
			expect(await rows()).toEqual([]);
		}));

	test('is not saved for a forum that is a draft or unknown, nor when it is very long', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			const amira = await member(s, 'Amira');
			const { forum_id: hidden } = await forum(s, { published_at: null });
			for (const id of [hidden, crypto.randomUUID()]) {
				await expect(save(amira, id)).rejects.toThrow('forum_not_found');
			}
			await expect(save(amira, forum_id, { name: 'a'.repeat(70_000) })).rejects.toThrow(
				'registration_drafts_typed_length'
			);
			await save(amira, forum_id, { name: 'é😀"\\\u2028'.repeat(1000) });
			expect(await draft(amira, forum_id)).toEqual({ name: 'é😀"\\\u2028'.repeat(1000) });
		}));
});
