import { describe, expect, test } from 'vitest';
import { emails } from '$lib/domains';
import { forumLines, homeParts, needs } from '../../src/lib/joining/gathered';
import { deletedOn } from '../../src/lib/joining/rules';
import { acceptingSchema, helpSchema, joinSchema } from '../../src/lib/joining/schema';
import { committeeOptions, helpOptions, helpWords } from '../../src/lib/joining/words';
import { compose } from '../../src/lib/mail/compose.server';
import { Constants } from '../../src/lib/platform/db/types';
import { check } from '../../src/lib/platform/http/input.server';

const id = '4a8f6a6e-5c1c-4b33-9d8e-0b9a4f6f1a11';

test('a request is deleted 30 days after its decision', () => {
	expect(deletedOn('2027-11-24T18:30:00Z')).toBe('2027-12-24T18:30:00.000Z');
});

test('each way to help is offered once, and a list of them is a sentence of its own', () => {
	expect(helpOptions().map(({ value }) => value)).toEqual(Constants.public.Enums.help);
	expect(helpWords(['program', 'notes', 'welcome'])).toBe('Program, notes and welcome on the day');
});

test('a request says why, and an offer says how', () => {
	const join = { request: '', about: 'We run a shelter.', committees: [] };
	expect(check(joinSchema, join).errors).toBeUndefined();
	expect(check(joinSchema, { ...join, about: ' \u200b ' }).errors).toHaveProperty('about');
	expect(check(joinSchema, { ...join, about: 'a'.repeat(601) }).errors).toHaveProperty('about');
	expect(check(joinSchema, { ...join, request: 'mine' }).errors).toHaveProperty('request');
	const help = { request: id, forum: id, help: ['notes'], note: '' };
	expect(check(helpSchema, help).errors).toBeUndefined();
	expect(check(helpSchema, { ...help, help: [] }).errors).toHaveProperty('help');
	expect(check(helpSchema, { ...help, help: ['cook'] }).errors).toHaveProperty('help');
	expect(
		check(acceptingSchema, { request: id, version: '0', committees: [] }).errors
	).toHaveProperty('version');
});

test('a committee is offered unless one sits on it, and one that is closed to the person says so', () => {
	const committee = (slug: string, closed_to_government: boolean, mine = false) => ({
		...{ slug, name_en: slug, name_fr: slug, closed_to_government, mine }
	});
	const all = [committee('open', false), committee('shut', true), committee('mine', false, true)];
	const offered = (government: boolean) =>
		committeeOptions(all, government).map(({ value, unavailable }) => [value, unavailable]);
	expect(offered(false)).toEqual([
		['open', false],
		['shut', false]
	]);
	expect(offered(true)).toEqual([
		['open', false],
		['shut', true]
	]);
});

describe('what is gathered', () => {
	const tasks = (may_ask: boolean, sent_at: string | null, requests_to_decide = 0) => ({
		joining: { approved: false, may_ask, sent_at },
		requests_to_decide
	});

	test('leads to asking, or to what was asked, and nowhere once there is nothing to ask', () => {
		const words = (given: object) =>
			homeParts(given).flatMap(({ buttons = [] }) => buttons.map(({ text }) => text));
		expect(words(tasks(true, null))).toEqual(['Ask to join the network']);
		const approved = tasks(true, null);
		approved.joining.approved = true;
		expect(words(approved)).toEqual(['Ask to sit on a committee']);
		expect(words(tasks(true, '2027-11-24T12:00:00Z'))).toEqual(['See your request']);
		expect(words(tasks(false, '2027-11-24T12:00:00Z'))).toEqual(['See your request']);
		expect(words(tasks(false, null))).toEqual([]);
	});

	test('needs an organizer as long as something waits', () => {
		expect(needs(tasks(false, null))).toEqual([]);
		expect(needs(tasks(false, null, 1))).toMatchObject([
			{ title: '1 request to join or offer to help is waiting for a decision' }
		]);
	});

	test('says at a forum who helps, when anybody does or offers to', () => {
		const line = (offers: number, accepted: number) => forumLines({ help: { offers, accepted } });
		expect(line(0, 0)).toEqual([]);
		expect(line(2, 0)).toMatchObject([
			{ text: 'Help with preparing: 0 people', note: '2 offers are waiting' }
		]);
		expect(line(0, 1)).toMatchObject([{ text: 'Help with preparing: 1 person', note: undefined }]);
	});
});

describe('an answer by email', () => {
	const sent = (kind: string, facts: object, language: 'en' | 'fr' = 'en', discreet = false) =>
		compose(
			{ recipient: 'noor@example.org', kind, facts, language, discreet },
			emails,
			'https://convergence.example',
			'Convergence <organizers@example.org>'
		);
	const committees = {
		committees_en: 'Anti-Trafficking Committee\nMigrant Workers Committee',
		committees_fr: 'Comité contre la traite\nComité des travailleurs migrants',
		committee: 'anti-trafficking'
	};

	test('welcomes with the committees, and says where to begin', () => {
		const { subject, text } = sent('joining_accepted', committees);
		expect(subject).toBe('Welcome');
		expect(text).toContain(
			'Your committees: Anti-Trafficking Committee and Migrant Workers Committee.'
		);
		expect(text).toContain('https://convergence.example/committees/anti-trafficking');
		const french = sent('joining_accepted', committees, 'fr');
		expect(french.subject).toBe('Bienvenue');
		expect(french.text).toContain('https://convergence.example/fr/committees/anti-trafficking');
	});

	test('welcomes without a committee to the home page', () => {
		const none = { committees_en: '', committees_fr: '', committee: '' };
		const { text } = sent('joining_accepted', none);
		expect(text).toContain('You are not on a committee.');
		expect(text).toMatch(/https:\/\/convergence\.example\/?\n/);
	});

	test('gives the reason of a no, with the forum when it is about one', () => {
		const facts = { reason: 'Not yet.', slug: 'winnipeg', forum_en: 'Forum', forum_fr: 'Forum' };
		expect(sent('joining_declined', facts).text).toContain('Reason: Not yet.');
		expect(sent('help_declined', facts).text).toContain('Reason: Not yet.');
		expect(sent('help_accepted', facts).text).toContain('/forums/winnipeg/help');
	});

	test.each(['joining_accepted', 'joining_declined', 'help_accepted', 'help_declined'])(
		'names neither committee nor forum in subject and first line (%s)',
		(kind) => {
			const facts = { ...committees, reason: 'Because.', forum_en: 'Forum X', slug: 'x' };
			const { subject, text } = sent(kind, facts);
			const [first] = text.split('\n');
			for (const secret of ['Trafficking', 'Migrant', 'Forum X']) {
				expect(`${subject} ${first}`).not.toContain(secret);
			}
			const discreet = sent(kind, facts, 'en', true);
			expect(discreet.text).not.toMatch(/Trafficking|Forum X|Because/);
		}
	);
});
