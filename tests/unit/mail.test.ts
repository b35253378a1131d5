import { createServer, type AddressInfo } from 'node:net';
import ICAL from 'ical.js';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { describe, expect, test } from 'vitest';
import { emails } from '$lib/domains';
import { compose as composeOf, type QueuedEmail } from '$lib/mail/compose.server';
import { sendEmails } from '$lib/mail/jobs.server';
import { openTransport } from '$lib/mail/transport.server';
import { PermanentFailure, type Work } from '$lib/platform/jobs/job';

const from = 'Réseau Convergence <reseau@example.org>';
const compose = (email: QueuedEmail, origin: string) => composeOf(email, emails, origin, from);

const change = {
	session_id: '7f4c2f8e-0000-4000-8000-000000000002',
	what: 'moved',
	waited: false,
	title_en: 'Housing <2027>',
	title_fr: 'Se loger <2027>',
	was_starts_at: '2027-11-24T19:15:00Z',
	was_ends_at: '2027-11-24T20:15:00Z',
	was_room_en: 'Room A',
	was_room_fr: 'Salle A',
	starts_at: '2027-11-24T21:15:00Z',
	ends_at: '2027-11-24T22:15:00Z',
	room_en: 'Room B',
	room_fr: 'Salle B'
};
const gone = { starts_at: null, ends_at: null, room_en: null, room_fr: null };

const facts = {
	code: '12345678',
	token_hash: 'a"b&c',
	type: 'magiclink',
	forum_en: 'National Forum <2027>',
	forum_fr: 'Forum pancanadien « 2027 »',
	place_en: 'Winnipeg',
	place_fr: 'Winnipeg',
	slug: 'winnipeg',
	starts_on: '2027-11-24',
	mode: 'in_person',
	until: '2027-10-01T16:00:00Z',
	zone: 'America/Winnipeg',
	reason: 'Two accounts',
	waitlist_position: 3,
	registration_id: '7f4c2f8e-0000-4000-8000-000000000001',
	was_starts_on: '2027-11-22',
	was_ends_on: '2027-11-23',
	was_place_en: 'Regina',
	was_place_fr: 'Regina',
	session_id: '7f4c2f8e-0000-4000-8000-000000000002',
	session_en: 'Housing <tonight>',
	session_fr: 'Se loger <ce soir>',
	starts_at: '2027-11-24T19:15:00Z',
	changes: [
		change,
		{ ...change, ...gone, what: 'deleted' },
		{ ...change, what: 'ended', stays_en: 'Labour', stays_fr: 'Travail' },
		{ ...change, what: 'ended', waited: true }
	]
};
/** Written by an organizer, in the language of the reader. */
const written = {
	en: { subject: 'Bring <b>warm</b> clothes', text: 'It is cold.\n\nBring a coat.' },
	fr: { subject: 'Apportez <b>un manteau</b>', text: 'Il fait froid.\n\nApportez un manteau.' }
};
const email = (kind: string, language: 'en' | 'fr', discreet = false) => ({
	recipient: 'amira@example.org',
	kind,
	language,
	discreet,
	facts: { ...facts, ...written[language] }
});
const origin = 'https://convergence.example';

test.each(Object.keys(emails))('%s says the same in both languages, and escapes', (kind) => {
	const english = compose(email(kind, 'en'), origin);
	const french = compose(email(kind, 'fr'), origin);
	expect(english.subject).not.toBe(french.subject);
	expect(english.html).not.toContain('<2027>');
	expect(english.html).not.toContain('<!--');
	for (const { text, html, words } of [english, french]) {
		expect(text).not.toMatch(/undefined|\{\w+\}/);
		expect(html).not.toMatch(/undefined|\{\w+\}|<img|style=/);
		if (words.action) expect(text).toContain(origin + words.action.path);
	}
});

test('a French email links to the French side', () => {
	expect(compose(email('sign_in', 'fr'), origin).text).toContain(`${origin}/fr/sign-in/link?`);
	expect(compose(email('sign_in', 'en'), origin).text).toContain('token_hash=a%22b%26c');
});

test('somebody who asked for discretion gets a subject that says nothing', () => {
	expect(compose(email('registration_confirmed', 'en', true), origin).subject).toBe(
		'A message for you'
	);
	expect(compose(email('registration_confirmed', 'fr', true), origin).subject).toBe(
		'Un message pour vous'
	);
});

// What organizers write is theirs; the page warns them.
test.each(Object.keys(emails).filter((kind) => kind !== 'from_organizers'))(
	'the subject of %s holds no fact: no forum, no code, no second line',
	(kind) => {
		const days = {
			starts_on: '2028-01-01',
			starts_at: '2028-01-01T15:00:00Z',
			was_starts_on: '2028-01-01',
			was_ends_on: '2028-01-01',
			changes: []
		};
		const hostile = Object.fromEntries(Object.keys(facts).map((name) => [name, 'x\r\nBcc: y']));
		for (const language of ['en', 'fr'] as const) {
			const { subject } = compose(email(kind, language), origin);
			const other = compose(
				{
					...email(kind, language),
					facts: { ...hostile, ...days, until: '2027-01-01T00:00:00Z', zone: 'UTC' }
				},
				origin
			);
			expect(other.subject).toBe(subject);
		}
	}
);

test.each(Object.keys(emails))('a discreet %s tells nothing at first sight', (kind) => {
	for (const language of ['en', 'fr'] as const) {
		const { text, html, words } = compose(email(kind, language, true), origin);
		for (const shown of [text, html]) expect(shown).not.toMatch(/2027|Winnipeg|winnipeg/);
		if (words.code) expect(text).toContain('12345678');
		else expect(words.action?.path).toMatch(/^(\/fr)?\/sign-in$/);
	}
});

describe('the calendar', () => {
	const numbered = { calendar_sequence: '4', mode: 'in_person', ends_on: '2027-11-25' };
	const about = (kind: string, calendar: string, discreet = false) => {
		const queued = email(kind, 'fr', discreet);
		return compose({ ...queued, facts: { ...queued.facts, ...numbered, calendar } }, origin);
	};

	test.each([
		['registration_confirmed', 'REQUEST', 'CONFIRMED'],
		['forum_changed', 'REQUEST', 'CONFIRMED'],
		['registration_cancelled', 'CANCEL', 'CANCELLED'],
		['registration_cancelled_by_organizer', 'CANCEL', 'CANCELLED'],
		['handed_over', 'CANCEL', 'CANCELLED'],
		['forum_cancelled', 'CANCEL', 'CANCELLED']
	])('%s carries an entry for its reader alone: %s', (kind, method, status) => {
		const file = about(kind, method).calendar!.file;
		const calendar = new ICAL.Component(ICAL.parse(file));
		const event = calendar.getFirstSubcomponent('vevent')!;
		expect(calendar.getFirstPropertyValue('method')).toBe(method);
		expect(event.getFirstPropertyValue('status')).toBe(status);
		expect(event.getFirstPropertyValue('uid')).toBe(facts.registration_id);
		expect(event.getFirstPropertyValue('sequence')).toBe(4);
		expect(event.getFirstPropertyValue('summary')).toBe(facts.forum_fr);
		expect(event.getFirstPropertyValue('organizer')).toBe('mailto:reseau@example.org');
		expect(event.getAllProperties('attendee').map((one) => one.getFirstValue())).toEqual([
			'mailto:amira@example.org'
		]);
	});

	test('is left alone by an email that changes no entry, and by a discreet one', () => {
		expect(compose(email('registration_waitlisted', 'fr'), origin).calendar).toBeUndefined();
		expect(compose(email('reminder', 'fr'), origin).calendar).toBeUndefined();
		expect(about('registration_confirmed', 'REQUEST', true).calendar).toBeUndefined();
	});

	test('arrives as part of the email and as a file, with its method', async () => {
		const server = await mailServer();
		try {
			const queued = email('registration_confirmed', 'fr');
			const confirmed = { ...queued.facts, ...numbered, calendar: 'REQUEST' };
			const { run } = sendEmails(emails, openTransport(server.url, from), origin, from);
			await run({ ...queued, facts: confirmed }, { id: 9 } as Work);
			const mail = await PostalMime.parse(server.mails[0]!);
			const sent = mail.attachments.filter(({ mimeType }) => /calendar|ics/.test(mimeType));
			expect(sent.map(({ method }) => method).filter(Boolean)).toEqual(['REQUEST']);
			for (const { content } of sent) {
				const file = new TextDecoder().decode(content as ArrayBuffer);
				expect(new ICAL.Component(ICAL.parse(file)).name).toBe('vcalendar');
			}
			expect(sent).toHaveLength(2);
		} finally {
			await server.close();
		}
	});
});

test('a kind without words is not tried again', () => {
	const unknown = () => compose(email('invented', 'en'), origin);
	expect(unknown).toThrow(PermanentFailure);
});

test('an email arrives at a real mail server whole, accents and all', async () => {
	const server = await mailServer();
	try {
		const { to, subject, text, html } = compose(email('registration_confirmed', 'fr'), origin);
		const transport = openTransport(server.url, from, 'bureau@example.org');
		await transport.sendMail({ to, subject, text, html });
		const mail = await PostalMime.parse(server.mails[0]!);
		expect(mail).toMatchObject({
			subject,
			from: { name: 'Réseau Convergence', address: 'reseau@example.org' },
			to: [{ address: 'amira@example.org' }],
			replyTo: [{ address: 'bureau@example.org' }]
		});
		expect(mail.headers).toContainEqual({
			key: 'auto-submitted',
			originalKey: 'Auto-Submitted',
			value: 'auto-generated'
		});
		expect(mail.text?.trim()).toBe(text.trim());
		expect(mail.html?.trim()).toBe(html.trim());
	} finally {
		await server.close();
	}
});

describe('the job that sends', () => {
	const work = { id: 7, signal: new AbortController().signal } as Work;
	const job = (url: string) => sendEmails(emails, openTransport(url, from), origin, from);

	test('names an email alike at each attempt', async () => {
		const server = await mailServer();
		try {
			const { run } = job(server.url);
			await run(email('sign_in', 'en'), work);
			await run(email('sign_in', 'en'), work);
			const [first, second] = await Promise.all(server.mails.map((mail) => PostalMime.parse(mail)));
			expect(first!.messageId).toBe('<email-7@convergence.example>');
			expect(second!.messageId).toBe(first!.messageId);
		} finally {
			await server.close();
		}
	});

	test.each([
		['recipient', 550, true],
		['recipient', 450, false],
		['content', 554, true],
		['content', 451, false],
		['sender', 553, false]
	] as const)('after a refusal of the %s with %i: for good %s', async (what, status, permanent) => {
		const server = await mailServer(what, status);
		try {
			const thrown = await job(server.url)
				.run(email('sign_in', 'en'), work)
				.catch((cause: unknown) => cause);
			expect(thrown).toBeInstanceOf(Error);
			expect(thrown instanceof PermanentFailure).toBe(permanent);
			expect((thrown as { code: string }).code).toMatch(/^E[A-Z]+$/);
		} finally {
			await server.close();
		}
	});

	test('a server that is not there may come back', async () => {
		const thrown = await job(`smtp://127.0.0.1:${await freePort()}`)
			.run(email('sign_in', 'en'), work)
			.catch((cause: unknown) => cause);
		expect(thrown).not.toBeInstanceOf(PermanentFailure);
		expect(thrown).toMatchObject({ code: expect.stringMatching(/^E/) });
	});
});

/** A mail server on loopback that collects what it gets, or refuses it with a status. */
async function mailServer(refuses?: 'sender' | 'recipient' | 'content', status = 550) {
	const mails: string[] = [];
	const answer = (what: string) =>
		refuses === what ? Object.assign(new Error('no'), { responseCode: status }) : null;
	const server = new SMTPServer({
		disabledCommands: ['STARTTLS', 'AUTH'],
		onMailFrom: (_, __, done) => done(answer('sender')),
		onRcptTo: (_, __, done) => done(answer('recipient')),
		onData(stream, _, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				mails.push(Buffer.concat(chunks).toString());
				done(answer('content'));
			});
		}
	});
	const port = await freePort();
	await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
	return {
		mails,
		url: `smtp://127.0.0.1:${port}`,
		close: () => new Promise<void>((closed) => server.close(closed))
	};
}

async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
	const { port } = probe.address() as AddressInfo;
	await new Promise((closed) => probe.close(closed));
	return port;
}
