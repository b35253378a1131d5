import { describe, expect, test } from 'vitest';
import { confirmed, forum, inDays, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Scene } from './scene';

type Facts = Record<string, any>;

const queued = ({ sql }: Scene, person: Persona, kind?: string) =>
	sql<{ kind: string; facts: Facts; language: string; discreet: boolean }>(
		`select kind, facts, language, discreet from private.emails
		where recipient = $1 and kind = coalesce($2, kind) order by email_id`,
		[person.email, kind ?? null]
	);

/** A forum of two days that opened for registration, and somebody who is confirmed. */
async function coming(s: Scene, about: Record<string, unknown> = {}) {
	const held = await forum(s, { starts_on: '2031-11-24', ends_on: '2031-11-25', ...about });
	const amira = await member(s, 'Amira', { language: 'fr' });
	await confirmed(s, amira, held.forum_id);
	return { ...held, amira } as Facts & { forum_id: string; slug: string; amira: Persona };
}

/** Saves a forum as the page does: what is not named stays. */
async function save(s: Scene, olive: Persona, forum_id: string, about: Record<string, unknown>) {
	const [stored] = await s.sql<Facts>('select * from public.forums where forum_id = $1', [
		forum_id
	]);
	const names = `forum_id version kind name_en name_fr place_en place_fr city format time_zone starts_on ends_on objectives_en
		objectives_fr registration_opens_at registration_closes_at capacity_in_person capacity_online`;
	const stays = names.split(/\s+/).map((name) => [name, stored![name]]);
	const days = { starts_on: '2031-11-24', ends_on: '2031-11-25' };
	return olive.calls('save_forum', { ...Object.fromEntries(stays), ...days, ...about });
}

const register = (person: Persona, forum_id: string) =>
	person.calls('register', {
		forum_id,
		mode: 'in_person',
		name: 'Somebody',
		language: 'en',
		province: 'NS',
		sector: 'ngo',
		organization_name: '',
		discreet: false
	});

describe('the entry in a calendar', () => {
	test('begins with the confirmation, and its number rises until it is cancelled and made again', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			const sam = await s.person('Sam');
			await register(sam, forum_id);
			await sam.calls('change_mode', { forum_id, mode: 'online' });
			await sam.calls('cancel_registration', { forum_id });
			await register(sam, forum_id);
			const sent = (await queued(s, sam)).map(({ kind, facts }) => [
				kind,
				facts.calendar,
				facts.calendar_sequence
			]);
			expect(sent).toEqual([
				['registration_confirmed', 'REQUEST', 1],
				['registration_confirmed', 'REQUEST', 2],
				['registration_cancelled', 'CANCEL', 3],
				['registration_confirmed', 'REQUEST', 4]
			]);
			const ids = new Set((await queued(s, sam)).map(({ facts }) => facts.registration_id));
			expect(ids.size).toBe(1);
		}));

	test('is not cancelled for somebody who only waited', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s, { capacity_in_person: 0, capacity_online: 1 });
			await s.sql(`update public.forums set capacity_in_person = 1 where forum_id = $1`, [
				forum_id
			]);
			await register(await s.person('First'), forum_id);
			const late = await s.person('Late');
			await register(late, forum_id);
			await late.calls('cancel_registration', { forum_id });
			const sent = await queued(s, late);
			expect(sent.map(({ kind }) => kind)).toEqual([
				'registration_waitlisted',
				'registration_cancelled'
			]);
			for (const { facts } of sent) expect(facts.calendar).toBeUndefined();
		}));

	test('ends with the forum', () =>
		scene(async (s) => {
			const { forum_id, amira } = await coming(s);
			await (await organizer(s)).calls('cancel_forum', { forum_id });
			expect(await queued(s, amira)).toMatchObject([
				{ kind: 'forum_cancelled', facts: { calendar: 'CANCEL', calendar_sequence: 1 } }
			]);
		}));
});

describe('another date or place', () => {
	test('is one email to confirmed and waiting people, with what was and what is', () =>
		scene(async (s) => {
			const { forum_id, amira } = await coming(s);
			const olive = await organizer(s);
			const [waits, asks] = [await member(s, 'Waits'), await member(s, 'Asks')];
			// Has not answered an offer, so that saving the forum makes no other one.
			const silent = { confirmed_at: null, silent_since: inDays(-1) };
			await confirmed(s, waits, forum_id, { status: 'waitlisted', ...silent });
			await confirmed(s, asks, forum_id, { status: 'pending', confirmed_at: null });
			await save(s, olive, forum_id, { starts_on: '2031-12-01', ends_on: '2031-12-02' });
			await save(s, olive, forum_id, {
				starts_on: '2031-12-01',
				ends_on: '2031-12-02',
				place_en: 'Regina',
				place_fr: 'Regina'
			});
			const [only, ...more] = await queued(s, amira);
			expect(more).toEqual([]);
			expect(only).toMatchObject({
				kind: 'forum_changed',
				language: 'fr',
				facts: {
					was_starts_on: '2031-11-24',
					was_place_en: 'Winnipeg',
					starts_on: '2031-12-01',
					place_en: 'Regina',
					calendar: 'REQUEST',
					calendar_sequence: 2
				}
			});
			const [waiting] = await queued(s, waits);
			expect(waiting).toMatchObject({ kind: 'forum_changed' });
			expect(waiting!.facts.calendar).toBeUndefined();
			expect(await queued(s, asks)).toEqual([]);
		}));

	test('waits ten minutes, and is no email when it is taken back', () =>
		scene(async (s) => {
			const { forum_id, amira } = await coming(s);
			const olive = await organizer(s);
			await save(s, olive, forum_id, { place_en: 'Regina', place_fr: 'Regina' });
			const [job] = await s.sql<{ minutes: string }>(
				`select round(extract(epoch from run_at - queued_at) / 60) as minutes from private.jobs`
			);
			expect(Number(job!.minutes)).toBe(10);
			await save(s, olive, forum_id, { place_en: 'Winnipeg', place_fr: 'Winnipeg' });
			expect(await queued(s, amira)).toEqual([]);
		}));

	test('after an email that has left, is a second one that begins where the first one ended', () =>
		scene(async (s) => {
			const { forum_id, amira } = await coming(s);
			const olive = await organizer(s);
			await save(s, olive, forum_id, { place_en: 'Regina', place_fr: 'Regina' });
			await s.sql(`update private.jobs set locked_until = clock_timestamp() + interval '1 minute'`);
			await save(s, olive, forum_id, { place_en: 'Brandon', place_fr: 'Brandon' });
			const places = (await queued(s, amira)).map(({ facts }) => [
				facts.was_place_en,
				facts.place_en
			]);
			expect(places).toEqual([
				['Winnipeg', 'Regina'],
				['Regina', 'Brandon']
			]);
		}));

	test('is nothing for a draft, a forum that is over or cancelled, or other words', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id, amira } = await coming(s);
			await save(s, olive, forum_id, { name_en: 'Another name', capacity_online: 9 });
			for (const about of [
				{ published_at: null },
				{ cancelled_at: inDays(-1) },
				{ starts_on: '2020-01-01', ends_on: '2020-01-02' }
			]) {
				const other = await forum(s, about);
				await confirmed(s, amira, other.forum_id);
				await s.sql(`update public.forums set place_en = 'Regina' where forum_id = $1`, [
					other.forum_id
				]);
			}
			expect(await queued(s, amira)).toEqual([]);
		}));

	test('says nothing more to somebody who has cancelled', () =>
		scene(async (s) => {
			const { forum_id, amira } = await coming(s);
			await save(s, await organizer(s), forum_id, { place_en: 'Regina', place_fr: 'Regina' });
			await amira.calls('cancel_registration', { forum_id });
			expect((await queued(s, amira)).map(({ kind }) => kind)).toEqual(['registration_cancelled']);
		}));
});

describe('reminders', () => {
	/** Runs the reminders of a forum as at a moment; how many were queued. */
	const remind = async ({ sql }: Scene, forum_id: string, at: string) => {
		const [row] = await sql<{ count: number }>(
			`select private.remind(f, $2::timestamptz) as count from public.forums f where f.forum_id = $1`,
			[forum_id, at]
		);
		return row!.count;
	};

	test('come from nine in the morning of the forum, 7 days and 1 day before, each once', () =>
		scene(async (s) => {
			const { forum_id, amira } = await coming(s);
			const counts = [];
			for (const at of [
				'2031-11-17 08:59:59-06',
				'2031-11-17 09:00-06',
				'2031-11-17 10:00-06',
				'2031-11-18 09:00-06',
				'2031-11-23 08:59-06',
				'2031-11-23 09:00-06',
				'2031-11-23 20:00-06',
				'2031-11-24 00:00-06'
			]) {
				counts.push(await remind(s, forum_id, at));
			}
			expect(counts).toEqual([0, 1, 0, 0, 0, 1, 0, 0]);
			expect(await queued(s, amira)).toMatchObject([
				{ kind: 'reminder', language: 'fr' },
				{ kind: 'reminder', language: 'fr' }
			]);
		}));

	test('are for confirmed people, and not for who was confirmed a moment ago', () =>
		scene(async (s) => {
			const { forum_id } = await coming(s);
			const late = await member(s, 'Late');
			await confirmed(s, late, forum_id, { confirmed_at: '2031-11-16 12:00-06' });
			for (const status of ['waitlisted', 'pending', 'cancelled', 'refused']) {
				await confirmed(s, await member(s, status), forum_id, { status, confirmed_at: null });
			}
			expect(await remind(s, forum_id, '2031-11-17 09:00-06')).toBe(1);
			expect(await remind(s, forum_id, '2031-11-23 09:00-06')).toBe(2);
			expect(await queued(s, late)).toHaveLength(1);
		}));

	test('come again for another date', () =>
		scene(async (s) => {
			const { forum_id } = await coming(s);
			expect(await remind(s, forum_id, '2031-11-17 09:00-06')).toBe(1);
			await s.sql(
				`update public.forums set starts_on = '2031-12-08', ends_on = '2031-12-08' where forum_id = $1`,
				[forum_id]
			);
			expect(await remind(s, forum_id, '2031-12-01 09:00-06')).toBe(1);
		}));

	test('that wait for the mail server are deleted with the registration, or with the forum', () =>
		scene(async (s) => {
			const { forum_id, amira } = await coming(s);
			const noor = await member(s, 'Noor');
			await confirmed(s, noor, forum_id);
			await remind(s, forum_id, '2031-11-17 09:00-06');
			await amira.calls('cancel_registration', { forum_id });
			expect(await queued(s, amira, 'reminder')).toEqual([]);
			expect(await queued(s, noor, 'reminder')).toHaveLength(1);
			await (await organizer(s)).calls('cancel_forum', { forum_id });
			expect(await queued(s, noor, 'reminder')).toEqual([]);
		}));

	test('are never sent when the forum has begun', () =>
		scene(async (s) => {
			const { forum_id } = await coming(s);
			await remind(s, forum_id, '2031-11-23 09:00-06');
			const [job] = await s.sql<{ hours: string }>(
				`select round(extract(epoch from expires_at - queued_at) / 3600) as hours from private.jobs`
			);
			expect(Number(job!.hours)).toBe(15);
		}));

	test('are queued by the job of the site alone, for forums that are near', () =>
		scene(async (s) => {
			await coming(s);
			expect(await s.service.calls('remind_people')).toBe(0);
			for (const someone of [s.visitor, await member(s, 'Sam'), await organizer(s)]) {
				await expect(someone.calls('remind_people')).rejects.toMatchObject({ code: '42501' });
			}
		}));
});

describe('an email of organizers', () => {
	const mailing = (forum_id: string, about: Record<string, unknown> = {}) => ({
		mailing_id: crypto.randomUUID(),
		forum_id,
		statuses: ['confirmed'],
		subject_en: 'Bring warm clothes',
		subject_fr: 'Apportez un manteau',
		text_en: 'It is cold.',
		text_fr: 'Il fait froid.',
		...about
	});

	test('reaches those who were chosen, each in their language, and is in the audit', () =>
		scene(async (s) => {
			const { forum_id, slug, amira } = await coming(s);
			const olive = await organizer(s);
			const [waits, gone] = [await member(s, 'Waits'), await member(s, 'Gone')];
			await confirmed(s, waits, forum_id, { status: 'waitlisted', confirmed_at: null });
			await confirmed(s, gone, forum_id, { status: 'cancelled', confirmed_at: null });
			const statuses = ['waitlisted', 'confirmed'];
			expect(await olive.calls('send_mailing', mailing(forum_id, { statuses }))).toBe(2);
			expect(await queued(s, amira)).toMatchObject([
				{
					kind: 'from_organizers',
					facts: { subject: 'Apportez un manteau', text: 'Il fait froid.' }
				}
			]);
			expect(await queued(s, waits)).toMatchObject([
				{ kind: 'from_organizers', facts: { subject: 'Bring warm clothes', text: 'It is cold.' } }
			]);
			expect(await queued(s, gone)).toEqual([]);
			expect(await s.sql('select action, actor_id, fields from private.audit')).toEqual([
				{ action: 'send_mailing', actor_id: olive.id, fields: ['confirmed', 'waitlisted'] }
			]);
			const { counts, sent } = await olive.calls('mailings_of', { forum_id });
			expect(counts).toEqual({ confirmed: 1, waitlisted: 1, pending: 0 });
			expect(sent).toMatchObject([
				{ recipients: 2, sender: 'Olive', statuses: ['confirmed', 'waitlisted'] }
			]);
			// A discreet email says nothing, so its reader finds the text here; nobody else does.
			expect(await amira.calls('my_mailings', { slug })).toMatchObject([
				{ text_fr: 'Il fait froid.' }
			]);
			expect(await gone.calls('my_mailings', { slug })).toEqual([]);
			expect(await olive.calls('my_mailings', { slug })).toEqual([]);
		}));

	test('is sent once when the button is pressed twice', () =>
		scene(async (s) => {
			const { forum_id, amira } = await coming(s);
			const olive = await organizer(s);
			const once = mailing(forum_id);
			expect(await olive.calls('send_mailing', once)).toBe(1);
			expect(await olive.calls('send_mailing', once)).toBe(1);
			expect(await queued(s, amira)).toHaveLength(1);
			expect(await s.sql(`select 1 from private.audit where action = 'send_mailing'`)).toHaveLength(
				1
			);
		}));

	test.each([
		['nobody chosen', { statuses: [] }, 'mailing_to_nobody'],
		['nobody there', { statuses: ['pending'] }, 'mailing_to_nobody'],
		['people who were refused', { statuses: ['refused'] }, 'mailing_to_nobody'],
		['no French', { text_fr: ' \n ' }, 'mailings_text_fr_length'],
		['no English subject', { subject_en: '' }, 'mailings_subject_en_length'],
		['a text of 4,001 characters', { text_en: 'x'.repeat(4001) }, 'mailings_text_en_length']
	])('is refused with %s, and then nothing is sent', (_, about, refusal) =>
		scene(async (s) => {
			const { forum_id, amira } = await coming(s);
			const olive = await organizer(s);
			await expect(olive.calls('send_mailing', mailing(forum_id, about))).rejects.toThrow(refusal);
			expect(await queued(s, amira)).toEqual([]);
			expect(await s.sql('select 1 from private.mailings')).toEqual([]);
		})
	);

	test('has one line as its subject, whatever was sent', () =>
		scene(async (s) => {
			const { forum_id, amira } = await coming(s);
			const olive = await organizer(s);
			const subject_fr = 'Bonjour\r\nBcc: police@example.org';
			await olive.calls('send_mailing', mailing(forum_id, { subject_fr }));
			const [email] = await queued(s, amira);
			expect(email!.facts.subject).toBe('Bonjour Bcc: police@example.org');
		}));

	test('comes at most ten times a day', () =>
		scene(async (s) => {
			const { forum_id } = await coming(s);
			const olive = await organizer(s);
			for (let n = 0; n < 10; n++) await olive.calls('send_mailing', mailing(forum_id));
			await expect(olive.calls('send_mailing', mailing(forum_id))).rejects.toThrow(
				'too_many_mailings'
			);
		}));

	test('is for organizers to send and to look up', () =>
		scene(async (s) => {
			const { forum_id, amira } = await coming(s);
			const others = [
				amira,
				await s.person('Stranger'),
				await member(s, 'Officer', { sector: 'law_enforcement' }),
				await member(s, 'Suspended', { suspended: true })
			];
			for (const someone of others) {
				const refused = /organizers_only|profile_first|account_suspended/;
				await expect(someone.calls('send_mailing', mailing(forum_id))).rejects.toThrow(refused);
				await expect(someone.calls('mailings_of', { forum_id })).rejects.toThrow(refused);
			}
			await expect(s.visitor.calls('my_mailings', { slug: 'x' })).rejects.toMatchObject({
				code: '42501'
			});
		}));

	test('stays in the data of its reader and of its sender, and goes with the forum', () =>
		scene(async (s) => {
			const { forum_id, amira } = await coming(s);
			const olive = await organizer(s);
			await organizer(s, 'Other');
			await olive.calls('send_mailing', mailing(forum_id));
			expect(await amira.calls('export_my_data')).toMatchObject({
				mailing_recipients: [{ text_fr: 'Il fait froid.' }],
				mailings: []
			});
			expect(await olive.calls('export_my_data')).toMatchObject({
				mailings: [{ subject_en: 'Bring warm clothes' }]
			});
			await olive.calls('delete_my_account');
			expect(await s.sql('select sent_by from private.mailings')).toEqual([{ sent_by: null }]);
			await amira.calls('delete_my_account');
			expect(await s.sql('select 1 from private.mailing_recipients')).toEqual([]);
			await s.sql(
				`update public.forums set starts_on = current_date - 400, ends_on = current_date - 400 where forum_id = $1`,
				[forum_id]
			);
			expect(await s.service.calls('delete_old_data')).toMatchObject({ mailings: 1 });
		}));

	test('reaches 5,000 people', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s, { capacity_online: 6000 });
			const olive = await organizer(s);
			await s.sql(
				`with made as (
					insert into auth.users (id, aud, role, email, email_confirmed_at)
					select gen_random_uuid(), 'authenticated', 'authenticated', 'many' || n || '@example.org', now()
					from generate_series(1, 5000) n returning id
				), people as (
					insert into public.people (person_id, name, language, province, sector)
					select id, 'Many', 'fr', 'QC', 'ngo' from made returning person_id
				)
				select count(*) from people`
			);
			await s.sql(
				`insert into public.registrations
					(forum_id, person_id, mode, status, name, language, province, sector, confirmed_at)
				select $1, person_id, 'online', 'confirmed', name, language, province, sector, now()
				from public.people where name = 'Many'`,
				[forum_id]
			);
			expect(await olive.calls('send_mailing', mailing(forum_id))).toBe(5000);
			const [{ count }] = (await s.sql<any>(
				`select count(*)::integer as count from private.emails where kind = 'from_organizers'`
			)) as [{ count: number }];
			expect(count).toBe(5000);
		}));

	test.runIf(concurrent)('of two presses at the same moment, one is sent', () =>
		together(async (s) => {
			const { forum_id, amira } = await coming(s);
			const olive = await organizer(s);
			const once = mailing(forum_id);
			const answers = await Promise.all([1, 2, 3].map(() => olive.calls('send_mailing', once)));
			expect(answers).toEqual([1, 1, 1]);
			expect(await queued(s, amira)).toHaveLength(1);
		})
	);
});
