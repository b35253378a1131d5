import { describe, expect, test } from 'vitest';
import { confirmed as isConfirmed, forum, member, organizer } from './builders';
import { scene, type Persona, type Scene } from './scene';

const answers = {
	mode: 'in_person',
	language: 'en',
	province: 'NS',
	sector: 'ngo',
	organization_name: '',
	discreet: false
};

async function register(person: Persona, forum_id: string, about = {}): Promise<string> {
	const [outcome] = await person.calls('register', { forum_id, ...answers, ...about });
	return outcome.outcome;
}

async function comes(stage: Scene, forum_id: string, name: string): Promise<Persona> {
	const person = await stage.person(name);
	await register(person, forum_id, { name });
	return person;
}

const idOf = async ({ sql }: Scene, person: Persona) =>
	(
		await sql<{ registration_id: string }>(
			'select registration_id from public.registrations where person_id = $1',
			[person.id]
		)
	)[0]!.registration_id;

async function emails({ sql }: Scene, person: Persona): Promise<string[]> {
	const rows = await sql<{ kind: string }>(
		'select kind from private.emails where recipient = $1 order by email_id',
		[person.email]
	);
	return rows.map(({ kind }) => kind);
}

const filters = { search: '', status: null, mode: null, province: null, sector: null, after: null };

async function names(person: Persona, forum_id: string, about = {}): Promise<string[]> {
	const { people } = await person.calls('roster', { forum_id, ...filters, ...about });
	return people.map(({ name }: { name: string }) => name);
}

/** A forum with one spot whose registrations an organizer approves. */
async function approving(stage: Scene, approval = 'all') {
	const olive = await organizer(stage);
	const { forum_id } = await forum(stage, { capacity_in_person: 1 });
	await olive.calls('save_registration_rules', { forum_id, approval, offer_hours: 48 });
	return { olive, forum_id };
}

describe('approval', () => {
	test('a registration holds no spot until it is approved; then it is confirmed, or waits', () =>
		scene(async (stage) => {
			const { olive, forum_id } = await approving(stage);
			const [a, b] = [await comes(stage, forum_id, 'A'), await comes(stage, forum_id, 'B')];
			expect(await register(a, forum_id, { name: 'A' })).toBe('already');
			expect(await emails(stage, a)).toEqual(['registration_pending']);
			const registration_ids = [await idOf(stage, b), await idOf(stage, a)];
			const decided = await olive.calls('approve_registrations', {
				forum_id,
				registration_ids,
				over_capacity: false,
				reason: null
			});
			// In the order in which they came, whatever the order of the boxes.
			expect(decided).toEqual([
				{ registration_id: registration_ids[1], status: 'confirmed', decided: true },
				{ registration_id: registration_ids[0], status: 'waitlisted', decided: true }
			]);
			expect(await emails(stage, a)).toEqual(['registration_pending', 'registration_confirmed']);
			expect(await emails(stage, b)).toEqual(['registration_pending', 'registration_waitlisted']);
		}));

	test('asks of new people only, where the organizer says so', () =>
		scene(async (stage) => {
			const { forum_id } = await approving(stage, 'new');
			const known = await member(stage, 'Known');
			const unknown = await member(stage, 'Unknown', { approved: false });
			expect(await register(unknown, forum_id, { name: 'Unknown' })).toBe('pending');
			expect(await register(known, forum_id, { name: 'Known' })).toBe('confirmed');
		}));

	test('of two organizers the first decides, and the second gets the status', () =>
		scene(async (stage) => {
			const { olive, forum_id } = await approving(stage);
			const oscar = await organizer(stage, 'Oscar');
			const a = await comes(stage, forum_id, 'A');
			const about = { forum_id, registration_ids: [await idOf(stage, a)] };
			await olive.calls('refuse_registrations', { ...about, reason: 'Not of the network' });
			const [second] = await oscar.calls('approve_registrations', {
				...about,
				over_capacity: false,
				reason: null
			});
			expect(second).toMatchObject({ status: 'refused', decided: false });
			expect(await oscar.calls('refuse_registrations', { ...about, reason: 'Twice' })).toBe(0);
			expect(await emails(stage, a)).toEqual(['registration_pending', 'registration_refused']);
			expect(await a.reads('registrations', {}, 'public.refusal_reason(it) as reason')).toEqual([
				{ reason: 'Not of the network' }
			]);
			await expect(register(a, forum_id, { name: 'A' })).rejects.toThrow('registration_refused');
		}));

	test('beyond the capacity needs a reason, and costs nobody else a spot', () =>
		scene(async (stage) => {
			const { olive, forum_id } = await approving(stage, 'none');
			const [a, b, c] = [
				await comes(stage, forum_id, 'A'),
				await comes(stage, forum_id, 'B'),
				await comes(stage, forum_id, 'C')
			];
			const about = { forum_id, registration_ids: [await idOf(stage, c)], over_capacity: true };
			for (const reason of [null, '', '  x ', 'x'.repeat(501)]) {
				await expect(olive.calls('approve_registrations', { ...about, reason })).rejects.toThrow(
					'reason_missing'
				);
			}
			const [done] = await olive.calls('approve_registrations', {
				...about,
				reason: 'Interpreter'
			});
			expect(done).toMatchObject({ status: 'confirmed', decided: true });
			await a.calls('cancel_registration', { forum_id });
			// The spot of A is the one of the capacity: B is next.
			expect(await b.calls('accept_spot', { forum_id })).toBe('confirmed');
		}));
});

describe('decisions about registrations', () => {
	test('an organizer cancels with a reason that the person reads', () =>
		scene(async (stage) => {
			const { olive, forum_id } = await approving(stage, 'none');
			const a = await comes(stage, forum_id, 'A');
			const about = { forum_id, registration_ids: [await idOf(stage, a)] };
			await expect(olive.calls('cancel_registrations', { ...about, reason: ' ' })).rejects.toThrow(
				'reason_missing'
			);
			expect(await olive.calls('cancel_registrations', { ...about, reason: 'Two accounts' })).toBe(
				1
			);
			expect(await olive.calls('cancel_registrations', { ...about, reason: 'Two accounts' })).toBe(
				0
			);
			expect(await emails(stage, a)).toContain('registration_cancelled_by_organizer');
			expect(await a.reads('registrations', {}, 'public.refusal_reason(it) as reason')).toEqual([
				{ reason: 'Two accounts' }
			]);
		}));

	test('the line is reordered by hand, with a reason', () =>
		scene(async (stage) => {
			const { olive, forum_id } = await approving(stage, 'none');
			for (const name of 'ABCDE') await comes(stage, forum_id, name);
			const inLine = () => names(olive, forum_id, { status: 'waitlisted' });
			expect(await inLine()).toEqual(['B', 'C', 'D', 'E']);
			const { people } = await olive.calls('roster', {
				forum_id,
				...filters,
				status: 'waitlisted'
			});
			const id = (name: string) =>
				people.find((one: { name: string }) => one.name === name).registration_id;
			const move = (name: string, place: number, reason = 'Travels far') =>
				olive.calls('move_in_line', { registration_id: id(name), place, reason });
			await move('E', 1);
			expect(await inLine()).toEqual(['E', 'B', 'C', 'D']);
			await move('B', 3);
			expect(await inLine()).toEqual(['E', 'C', 'B', 'D']);
			await move('E', 99);
			expect(await inLine()).toEqual(['C', 'B', 'D', 'E']);
			await move('D', -3);
			expect(await inLine()).toEqual(['D', 'C', 'B', 'E']);
			await expect(move('C', 1, '')).rejects.toThrow('reason_missing');
			await comes(stage, forum_id, 'F');
			expect(await inLine()).toEqual(['D', 'C', 'B', 'E', 'F']);
			const story = await olive.calls('registration_story', { registration_id: id('E') });
			expect(story.history[0]).toMatchObject({
				act: 'moved',
				reason: 'Travels far',
				actor: 'Olive',
				facts: { from: 1, to: 4 }
			});
		}));

	test('a registration of another forum, and one that does not exist, are refused as a whole', () =>
		scene(async (stage) => {
			const { olive, forum_id } = await approving(stage);
			const other = await forum(stage);
			const a = await comes(stage, forum_id, 'A');
			const b = await comes(stage, other.forum_id, 'B');
			for (const registration_ids of [
				[],
				[await idOf(stage, a), await idOf(stage, b)],
				[crypto.randomUUID()]
			]) {
				await expect(
					olive.calls('refuse_registrations', { forum_id, registration_ids, reason: 'No reason' })
				).rejects.toThrow('registration_not_found');
			}
			expect(await a.reads('registrations', {}, 'status')).toEqual([{ status: 'pending' }]);
		}));
});

describe('an invitation', () => {
	const invite = { mode: 'in_person', holds_spot: true, language: 'en', days: 7 };

	test('lets its address register once, without approval, after closing, into the spot it holds', () =>
		scene(async (stage) => {
			const { olive, forum_id } = await approving(stage);
			const guest = await stage.person('Guest');
			await stage.sql(
				`update public.forums set registration_closes_at = now() - interval '1 hour' where forum_id = $1`,
				[forum_id]
			);
			await olive.calls('invite', { forum_id, emails: [guest.email.toUpperCase()], ...invite });
			expect(await emails(stage, guest)).toEqual(['invited']);
			const thief = await stage.person('Thief');
			await expect(register(thief, forum_id, { name: 'Thief' })).rejects.toThrow(
				'registration_closed'
			);
			expect(await register(guest, forum_id, { name: 'Guest' })).toBe('confirmed');
			await guest.calls('cancel_registration', { forum_id });
			await expect(register(guest, forum_id, { name: 'Guest' })).rejects.toThrow(
				'registration_closed'
			);
		}));

	test('holds no spot that somebody has or waits for', () =>
		scene(async (stage) => {
			const { olive, forum_id } = await approving(stage, 'none');
			const a = await comes(stage, forum_id, 'A');
			const about = { forum_id, emails: ['guest@example.org'], ...invite };
			await expect(olive.calls('invite', about)).rejects.toThrow('no_spot_to_hold');
			await a.calls('cancel_registration', { forum_id });
			await olive.calls('invite', about);
			// Again: the first one is replaced, with the spot that it held.
			await olive.calls('invite', about);
			expect(await register(await stage.person('B'), forum_id, { name: 'B' })).toBe('waitlisted');
			const { invitations, free } = await olive.calls('registration_settings', { forum_id });
			expect(invitations).toHaveLength(1);
			expect(free.in_person).toBe(0);
		}));

	test('reaches a pasted list in one go: nobody twice, nobody registered, and spots for all or for none', () =>
		scene(async (stage) => {
			const { olive, forum_id } = await approving(stage, 'none');
			const here = await comes(stage, forum_id, 'Here');
			await stage.sql(`update public.forums set capacity_in_person = 3 where forum_id = $1`, [
				forum_id
			]);
			const asks = (emails: string[]) => olive.calls('invite', { forum_id, ...invite, emails });
			const list = ['a@example.org', 'b@example.org', 'c@example.org'];
			await expect(asks(list)).rejects.toMatchObject({
				message: 'no_spot_to_hold',
				detail: expect.stringContaining('2')
			});
			expect(await asks([...list.slice(0, 2), ' A@Example.org ', here.email])).toBe(2);
			const { invitations, free } = await olive.calls('registration_settings', { forum_id });
			expect(invitations.map(({ email }: { email: string }) => email).sort()).toEqual(
				list.slice(0, 2)
			);
			expect(free.in_person).toBe(0);
			await expect(asks([here.email])).rejects.toThrow('registered_already');
			await expect(asks([])).rejects.toThrow('registered_already');
			await expect(
				asks(Array.from({ length: 201 }, (_, n) => `p${n}@example.org`))
			).rejects.toThrow('too_many_invitations');
			await expect(
				olive.calls('invite', { forum_id, ...invite, holds_spot: false, emails: ['x', list[2]!] })
			).rejects.toThrow('emails_recipient_shape');
			const other = await member(stage, 'Member');
			await expect(other.calls('invite', { forum_id, ...invite, emails: list })).rejects.toThrow(
				'organizers_only'
			);
		}));

	test('waits until the forum is published', () =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			const { forum_id } = await forum(stage, { published_at: null });
			await expect(
				olive.calls('invite', { forum_id, emails: ['guest@example.org'], ...invite })
			).rejects.toThrow('invite_to_draft');
		}));

	test('that is over helps nobody', () =>
		scene(async (stage) => {
			const { olive, forum_id } = await approving(stage);
			const guest = await stage.person('Guest');
			await olive.calls('invite', { forum_id, emails: [guest.email], ...invite });
			await stage.sql(`update private.invitations set expires_at = now() - interval '1 second'`);
			expect(await register(guest, forum_id, { name: 'Guest' })).toBe('pending');
		}));
});

describe('the roster', () => {
	test('finds by name, organization and address, filters, and goes on after the last one', () =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			const { forum_id } = await forum(stage, { capacity_in_person: 500 });
			for (let n = 0; n < 60; n++) {
				const person = await member(stage, `P${n}`);
				await isConfirmed(stage, person, forum_id, {
					name: `Person ${String(n).padStart(2, '0')}`,
					organization_name: n === 7 ? 'Maison Été' : null,
					province: n < 5 ? 'YT' : 'ON',
					mode: n === 9 ? 'online' : 'in_person'
				});
			}
			const first = await olive.calls('roster', { forum_id, ...filters });
			expect(first.people).toHaveLength(50);
			expect(first).toMatchObject({ more: true, counts: { confirmed: 60 } });
			const after = first.people.at(-1).registration_id;
			const rest = await names(olive, forum_id, { after });
			expect(rest).toEqual(Array.from({ length: 10 }, (_, n) => `Person ${50 + n}`));
			expect(await names(olive, forum_id, { province: 'YT' })).toHaveLength(5);
			expect(await names(olive, forum_id, { search: 'maison été' })).toEqual(['Person 07']);
			expect(await names(olive, forum_id, { search: 'MAISON ETE' })).toEqual(['Person 07']);
			expect(await names(olive, forum_id, { mode: 'online' })).toEqual(['Person 09']);
			expect(await names(olive, forum_id, { search: first.people[3].email.toUpperCase() })).toEqual(
				['Person 03']
			);
			expect(await names(olive, forum_id, { search: `%'; drop table` })).toEqual([]);
			expect(await names(olive, forum_id, { status: 'wizards' })).toEqual([]);
		}));

	test('and all decisions are closed to everyone who does not organize', () =>
		scene(async (stage) => {
			const { forum_id } = await approving(stage);
			const a = await comes(stage, forum_id, 'A');
			const registration_ids = [await idOf(stage, a)];
			const gone = await member(stage, 'Gone', { suspended: true });
			const officer = await member(stage, 'Officer', { sector: 'law_enforcement' });
			const calls: [string, Record<string, unknown>][] = [
				['roster', { forum_id, ...filters }],
				['registration_settings', { forum_id }],
				['registration_story', { registration_id: registration_ids[0] }],
				['save_registration_rules', { forum_id, approval: 'none', offer_hours: 1 }],
				[
					'approve_registrations',
					{ forum_id, registration_ids, over_capacity: true, reason: 'Me' }
				],
				['refuse_registrations', { forum_id, registration_ids, reason: 'Rival' }],
				['cancel_registrations', { forum_id, registration_ids, reason: 'Rival' }],
				['move_in_line', { registration_id: registration_ids[0], place: 1, reason: 'Me first' }],
				[
					'invite',
					{
						forum_id,
						emails: [a.email],
						mode: 'in_person',
						holds_spot: true,
						language: 'en',
						days: 7
					}
				],
				['revoke_invitation', { invitation_id: crypto.randomUUID() }]
			];
			for (const [name, about] of calls) {
				for (const person of [a, officer]) {
					await expect(person.calls(name, about), name).rejects.toThrow('organizers_only');
				}
				await expect(gone.calls(name, about), name).rejects.toThrow('account_suspended');
				await expect(stage.visitor.calls(name, about), name).rejects.toMatchObject({
					code: '42501'
				});
			}
			expect(await a.reads('registrations', {}, 'status')).toEqual([{ status: 'pending' }]);
		}));

	test('what happened is in one’s own data, without who decided, and goes with the account', () =>
		scene(async (stage) => {
			const { olive, forum_id } = await approving(stage);
			const a = await comes(stage, forum_id, 'A');
			await olive.calls('refuse_registrations', {
				forum_id,
				registration_ids: [await idOf(stage, a)],
				reason: 'Not of the network'
			});
			const data = JSON.stringify(await a.calls('export_my_data'));
			expect(data).toContain('Not of the network');
			expect(data).not.toContain(olive.id);
			await a.calls('delete_my_account');
			expect(await stage.sql('select 1 from private.registration_history')).toEqual([]);
		}));
});
