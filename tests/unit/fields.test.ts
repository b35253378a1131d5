import fc from 'fast-check';
import type { ComponentProps } from 'svelte';
import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { inLanguage } from '$lib/platform/text/i18n/language.server';
import { line, pair, text, versioned } from '$lib/platform/text/fields';
import { names } from '../names';
import SampleForm from './parts/SampleForm.svelte';

const long = { most: 600_000 };
const said = (field: z.ZodType, typed: string) => field.safeParse(typed).error?.issues[0]?.message;

test.each(names)('of a name, what %s', (_, typed, tidied) => {
	expect(line(long).parse(typed)).toBe(tidied);
});

describe('what is pasted', () => {
	test.each([
		['spaces between words', 'Two   words', 'Two words'],
		['a no-break space between words', 'Two\u00a0words', 'Two words'],
		[
			'no-break spaces that French needs',
			'«\u00a0Oui\u00a0» : 5\u00a0%',
			'«\u00a0Oui\u00a0» : 5\u00a0%'
		],
		['a no-break space before a colon', 'Forum\u00a0: Winnipeg', 'Forum\u00a0: Winnipeg'],
		['a no-break space in a figure', '10\u202f000 people', '10\u202f000 people'],
		['accents upon accents', `e${'\u0301'.repeat(99)}`, `\u00e9${'\u0301'.repeat(4)}`],
		['a family of emojis', '👩\u200d👧', '👩\u200d👧']
	])('into a line, %s', (_, typed, tidied) => {
		expect(line(long).parse(typed)).toBe(tidied);
	});

	test.each([
		['line ends of every kind', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
		['what no database takes', '  a\0b <i> **c**  ', 'ab <i> **c**'],
		['what cannot be seen', 'a\u200bb\u202ec\ufeff', 'abc'],
		['letters in pieces', 'Que\u0301bec', 'Québec'],
		['a list that would be none', '-\u00a0first\n#\u00a0Title', '- first\n# Title'],
		['tabs and empty lines', 'a\n\n\tb', 'a\n\n\tb']
	])('into a text, %s', (_, typed, tidied) => {
		expect(text(long).parse(typed)).toBe(tidied);
	});

	test('is tidied once: a second time changes nothing', () => {
		for (const field of [line(long), text(long)]) {
			fc.assert(
				fc.property(fc.string({ unit: 'binary' }), (typed) => {
					const tidied = field.parse(typed);
					expect(field.parse(tidied)).toBe(tidied);
				})
			);
		}
	});

	test('is tidied before anybody tires, however long it is', () => {
		expect(line(long).parse(`a${' '.repeat(500_000)}b`)).toBe('a b');
		expect(line(long).parse(`a${'\u00a0'.repeat(500_000)}`)).toBe('a');
		expect(text(long).parse(`a${' '.repeat(500_000)}b`)).toHaveLength(500_002);
	});
});

describe('a length', () => {
	test('counts as a person counts', () => {
		expect(text({ most: 2 }).safeParse('😀😀').success).toBe(true);
		expect(said(text({ most: 2 }), '😀😀😀')).toContain('the limit is 2 characters');
		expect(said(line({ most: 1_500 }), 'a'.repeat(1_501))).toContain('1,500');
	});

	test('that is too short says how long, or what the form says', () => {
		expect(said(line({ least: 3, most: 9 }), 'ab')).toBe('Write between 3 and 9 characters.');
		expect(said(line({ least: 1, most: 9 }), '')).toBe('Fill in this field.');
		expect(said(line({ least: 3, most: 9, missing: () => 'A title, please.' }), 'ab')).toBe(
			'A title, please.'
		);
		expect(inLanguage('fr', () => said(line({ least: 3, most: 9 }), 'ab'))).toBe(
			'Écrivez de 3 à 9 caractères.'
		);
	});

	test('is not made of what draws nothing', () => {
		for (const typed of ['   ', '\u200d\u200d\u200d', '\u115f\u2800\u00a0', '\u0301\u0301\u0301']) {
			expect(line({ least: 1, most: 9 }).safeParse(typed).success).toBe(false);
			expect(text({ least: 1, most: 9 }).safeParse(typed).success).toBe(false);
		}
	});
});

test('a pair is one field in each language', () => {
	const both = z.object(pair('title', line({ least: 1, most: 9 })));
	expect(both.parse({ title_en: ' One ', title_fr: 'Une' })).toEqual({
		title_en: 'One',
		title_fr: 'Une'
	});
	expect(both.safeParse({ title_en: 'One', title_fr: '' }).error?.issues[0]?.path).toEqual([
		'title_fr'
	]);
});

test('a version is a counting number', () => {
	const form = versioned({ body: text({ most: 9 }) });
	expect(form.parse({ body: 'a', version: '3' })).toEqual({ body: 'a', version: 3 });
	for (const version of ['x', '-1', '0', '1.5', '99999999999', undefined]) {
		expect(form.safeParse({ body: 'a', version }).success).toBe(false);
	}
});

describe('in a form without script', () => {
	type Props = ComponentProps<typeof SampleForm>;
	const html = (props: Props = {}) =>
		render(SampleForm, { props }).body.replaceAll(/<!--.*?-->/g, '');
	const version = (props: Props) => /name="version" value="(\d+)"/.exec(html(props))?.[1];

	test('a field says how many characters fit, are left, or are too many', () => {
		expect(html()).toContain('Of the person. Up to 5 characters.');
		expect(html({ name: '😀😀😀' })).toContain('Of the person. 2 of 5 characters left.');
		expect(html({ name: 'Amira L' })).toContain('2 characters too many. The limit is 5.');
		expect(inLanguage('fr', () => html({ name: 'Amir' }))).toContain('Il reste 1 caractère sur 5.');
	});

	test('a field has its label, help and error, and what was sent', () => {
		const page = html({
			name: 'Stored',
			result: { id: 'it', values: { name: 'Sent' }, errors: { name: 'Not like that.' } }
		});
		expect(page).toMatch(/<label[^>]* for="it-name"/);
		expect(page).toMatch(/<input[^>]*id="it-name"[^>]*value="Sent"/);
		expect(page).toMatch(
			/<input[^>]*aria-invalid="true"[^>]*aria-describedby="it-name-error it-name-help"/
		);
		expect(page).toContain('Not like that.');
	});

	test('a pair says the language of each half', () => {
		expect(html()).toMatch(/<input[^>]*lang="en"[^>]*name="title_en"[^>]*value="One"/);
		expect(html()).toMatch(/<input[^>]*lang="fr"[^>]*name="title_fr"[^>]*value="Une"/);
	});

	test('a list that has to be answered begins with an empty line, whatever is known', () => {
		for (const province of ['', 'NS']) {
			expect(html({ province })).toMatch(/<select[^>]*required[^>]*>\s*<option value=""/);
		}
	});

	test('a preview shows what was sent, and nothing before', () => {
		expect(html()).not.toContain('Unsaved');
		const page = html({
			result: { id: 'it', values: {}, preview: { body: '<p>As it looks</p>' } }
		});
		expect(page).toContain('<p>As it looks</p>');
		expect(page).toMatch(/role="status"[\s\S]*Unsaved/);
		expect(html({ result: { id: 'it', values: {}, preview: { body: '' } } })).toContain(
			'There is no text yet.'
		);
	});

	const refusal = { key: 'it_changed', sentence: 'Changed.' };
	const stored = { version: 9, name: 'Ida', body: 'Theirs' };

	test('somebody else’s version is shown beside one’s own, where they differ', () => {
		const page = html({
			result: {
				id: 'it',
				values: { name: ' Ida\r\n', body: 'Mine', version: '7' },
				refusal,
				stored
			}
		});
		expect(page).toMatch(/<textarea[^>]*name="body"[^>]*>Mine<\/textarea>/);
		expect(page).toMatch(/lang="fr">Theirs<\/p>/);
		const [, shown = ''] = page.split('What is saved now');
		expect(shown.split('</section>')[0]).not.toContain('Ida');
	});

	test.each<[string, Props['result'], string]>([
		['nothing was sent', undefined, '7'],
		['it was saved', { id: 'it', done: 'Saved' }, '7'],
		['it was too long', { id: 'it', values: { version: '4' }, errors: {} }, '4'],
		['it was previewed', { id: 'it', values: { version: '4' }, preview: {} }, '4'],
		['somebody else saved', { id: 'it', values: { version: '4' }, refusal, stored }, '9'],
		['it is published', { id: 'it', values: { version: '4' }, refusal }, '4']
	])('when %s, the next save names the version that was seen', (_, result, expected) => {
		expect(version({ result })).toBe(expected);
	});
});
