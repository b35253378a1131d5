import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { feedSchema, mineSchema } from '../../src/lib/calendars/schema';
import { confirmed, forum, inDays, insert, member, organizer } from './builders';
import { scene, type Caller, type Scene } from './scene';

// A calendar address is a secret of its person: it shows what is theirs, to everyone who has it, as long as they want.

type Forum = { forum_id: string; slug: string };

/** A person with an address, confirmed at a forum and signed up for a session there. */
async function stage(s: Scene, titles = 'neutral') {
	const amira = await member(s, 'Amira');
	const { forum_id, slug } = (await forum(s)) as unknown as Forum;
	await confirmed(s, amira, forum_id);
	const { session_id } = await insert(s, 'sessions', {
		session_id: randomUUID(),
		forum_id,
		kind: 'breakout',
		title_en: 'Housing',
		title_fr: 'Logement',
		summary_en: '',
		summary_fr: '',
		room_en: 'Room 5',
		room_fr: 'Salle 5',
		starts_at: inDays(30),
		ends_at: inDays(30.05),
		closed_to_government: false,
		sign_up: true,
		capacity: 5,
		version: 1,
		position: 1
	});
	await amira.calls('sign_up', { session_id });
	const token = await amira.calls<string>('make_calendar_address', { titles });
	return { amira, forum_id, slug, session_id, token };
}
const feed = async (who: Caller, token: string) =>
	feedSchema.nullable().parse(await who.calls('calendar_feed', { token }));

describe('a calendar address', () => {
	test('shows the forums and sessions of its person to everyone who has it', () =>
		scene(async (s) => {
			const { amira, forum_id, token } = await stage(s, 'names');
			const other = await member(s, 'Otto');
			await confirmed(s, other, forum_id);
			expect(token).toMatch(/^[0-9a-f]{64}$/);
			const shown = await feed(s.visitor, token);
			expect(shown).toMatchObject({
				titles: 'names',
				forums: [
					{ name_en: 'Forum', time_zone: 'America/Winnipeg', sessions: [{ title_en: 'Housing' }] }
				]
			});
			expect(JSON.stringify(shown)).not.toMatch(/Room|Amira/);
			expect(await feed(other, token)).toEqual(shown);
			await amira.calls('set_calendar_titles', { titles: 'neutral' });
			const neutral = await feed(s.visitor, token);
			expect(neutral).toMatchObject({ titles: 'neutral', forums: [{ sessions: [{}] }] });
			expect(JSON.stringify(neutral)).not.toMatch(/Housing|Logement|Forum|Winnipeg/);
		}));

	test('is stored as a hash alone, and given once', () =>
		scene(async (s) => {
			const { amira, token } = await stage(s);
			const stored = await s.sql('select a::text from private.calendar_addresses a');
			const logged = await s.sql(
				'select e::text from private.events e union all select j::text from private.jobs j'
			);
			const mine = await amira.calls('my_calendar');
			const data = await amira.calls('export_my_data');
			expect(JSON.stringify([stored, logged, mine, data])).not.toContain(token);
			expect(mineSchema.parse(mine)).toMatchObject({ discreet: false, titles: 'neutral' });
			expect(data).toMatchObject({ calendar_addresses: [{ titles: 'neutral' }] });
		}));

	test('ends with a new one, with deleting it, with a suspension and with the account', () =>
		scene(async (s) => {
			const { amira, token } = await stage(s);
			const second = await amira.calls<string>('make_calendar_address', { titles: 'names' });
			expect(await feed(s.visitor, token)).toBeNull();
			expect((await feed(s.visitor, second))?.titles).toBe('names');
			await amira.calls('delete_calendar_address');
			await amira.calls('delete_calendar_address');
			expect(await feed(s.visitor, second)).toBeNull();
			const olive = await organizer(s);
			const third = await amira.calls<string>('make_calendar_address', { titles: 'names' });
			await olive.calls('suspend_person', { person_id: amira.id, reason: 'For the test' });
			expect(await feed(s.visitor, third)).toBeNull();
			await olive.calls('restore_person', { person_id: amira.id });
			expect(await feed(s.visitor, third)).toBeNull();
			const fourth = await amira.calls<string>('make_calendar_address', { titles: 'names' });
			await amira.calls('delete_my_account');
			expect(await feed(s.visitor, fourth)).toBeNull();
			expect(await s.sql('select 1 from private.calendar_addresses')).toEqual([]);
		}));

	test('that was never made shows nothing', () =>
		scene(async (s) => {
			await stage(s);
			for (const token of ['', 'x', 'f'.repeat(64), '\\x00', "' or true --"])
				expect(await feed(s.visitor, token)).toBeNull();
			await expect(s.visitor.calls('calendar_feed', { token: null })).resolves.toBeNull();
		}));

	test('says “busy” alone to somebody with discreet emails, whatever was chosen', () =>
		scene(async (s) => {
			const { amira, token } = await stage(s, 'names');
			await s.sql(
				`insert into public.preferences (person_id, discreet) values ($1, true)
				on conflict (person_id) do update set discreet = true`,
				[amira.id]
			);
			expect((await feed(s.visitor, token))?.titles).toBe('neutral');
		}));

	test('follows what becomes of the forum and the registration', () =>
		scene(async (s) => {
			const { amira, forum_id, session_id, token } = await stage(s);
			await amira.calls('cancel_signup', { session_id });
			expect((await feed(s.visitor, token))?.forums[0]?.sessions).toEqual([]);
			await s.sql('update public.forums set cancelled_at = now() where forum_id = $1', [forum_id]);
			expect((await feed(s.visitor, token))?.forums).toEqual([]);
			await s.sql('update public.forums set cancelled_at = null where forum_id = $1', [forum_id]);
			await amira.calls('cancel_registration', { forum_id });
			expect((await feed(s.visitor, token))?.forums).toEqual([]);
		}));

	test('is changed by its person alone', () =>
		scene(async (s) => {
			const { amira, token } = await stage(s);
			const otto = await member(s, 'Otto');
			await expect(otto.calls('set_calendar_titles', { titles: 'names' })).rejects.toThrow(
				'calendar_address_not_found'
			);
			await otto.calls('delete_calendar_address');
			await otto.calls('make_calendar_address', { titles: 'names' });
			expect((await feed(s.visitor, token))?.titles).toBe('neutral');
			await amira.calls('set_calendar_titles', { titles: 'names' });
			expect((await feed(s.visitor, token))?.titles).toBe('names');
		}));
});
