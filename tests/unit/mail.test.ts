import { createServer, type AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { expect, test } from 'vitest';
import { compose } from '$lib/mail/compose.server';
import { emails } from '$lib/mail/emails';
import { openTransport } from '$lib/mail/sender.server';

type Kind = keyof typeof emails;

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
	waitlist_position: 3
};
const email = (kind: Kind, language: 'en' | 'fr', discreet = false) => ({
	recipient: 'amira@example.org',
	kind,
	language,
	discreet,
	facts
});
const origin = 'https://convergence.example';

test.each(Object.keys(emails) as Kind[])(
	'%s says the same in both languages, and escapes',
	(kind) => {
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
	}
);

test('a French email links to the French side', () => {
	expect(compose(email('sign_in', 'fr'), origin).text).toContain(`${origin}/fr/sign-in/link?`);
	expect(compose(email('sign_in', 'en'), origin).text).toContain('token_hash=a%22b%26c');
});

test('whoever asked for discretion gets a subject that says nothing', () => {
	expect(compose(email('registration_confirmed', 'en', true), origin).subject).toBe(
		'A message for you'
	);
	expect(compose(email('registration_confirmed', 'fr', true), origin).subject).toBe(
		'Un message pour vous'
	);
});

test.each(Object.keys(emails) as Kind[])(
	'the subject of %s holds no fact: no forum, no code, no second line',
	(kind) => {
		const hostile = Object.fromEntries(Object.keys(facts).map((name) => [name, 'x\r\nBcc: y']));
		for (const language of ['en', 'fr'] as const) {
			const { subject } = compose(email(kind, language), origin);
			const other = compose(
				{ ...email(kind, language), facts: { ...hostile, starts_on: '2028-01-01' } },
				origin
			);
			expect(other.subject).toBe(subject);
		}
	}
);

test.each(Object.keys(emails) as Kind[])('a discreet %s tells nothing at first sight', (kind) => {
	for (const language of ['en', 'fr'] as const) {
		const { text, html, words } = compose(email(kind, language, true), origin);
		for (const shown of [text, html]) expect(shown).not.toMatch(/2027|Winnipeg|winnipeg/);
		if (words.code) expect(text).toContain('12345678');
		else expect(words.action?.path).toMatch(/^(\/fr)?\/sign-in$/);
	}
});

test('a email arrives at a real mail server whole, accents and all', async () => {
	let arrives: (mail: string) => void;
	const arrived = new Promise<string>((resolve) => (arrives = resolve));
	const server = new SMTPServer({
		disabledCommands: ['STARTTLS', 'AUTH'],
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				arrives(Buffer.concat(chunks).toString());
				done();
			});
		}
	});
	const port = await freePort();
	await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
	try {
		const { to, subject, text, html } = compose(email('registration_confirmed', 'fr'), origin);
		const post = openTransport(
			`smtp://127.0.0.1:${port}`,
			'Réseau Convergence <reseau@example.org>',
			'bureau@example.org'
		);
		await post.sendMail({ to, subject, text, html });
		const mail = await PostalMime.parse(await arrived);
		expect(mail).toMatchObject({
			subject,
			from: { name: 'Réseau Convergence', address: 'reseau@example.org' },
			to: [{ address: 'amira@example.org' }],
			replyTo: [{ address: 'bureau@example.org' }]
		});
		expect(mail.text?.trim()).toBe(text.trim());
		expect(mail.html?.trim()).toBe(html.trim());
	} finally {
		await new Promise<void>((closed) => server.close(closed));
	}
});

async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
	const { port } = probe.address() as AddressInfo;
	await new Promise((closed) => probe.close(closed));
	return port;
}
