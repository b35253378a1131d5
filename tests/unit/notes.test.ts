import { describe, expect, test } from 'vitest';
import { forumLines, homeParts, needs } from '../../src/lib/notes/gathered';
import { draftOf, heardIn, partsOf, shownBlanks, withParagraph } from '../../src/lib/notes/rules';
import { noteSchema } from '../../src/lib/notes/schema';
import { placeAndTime, statusName } from '../../src/lib/notes/words';
import { check } from '../../src/lib/platform/http/input.server';

const pair = '4a8f6a6e-5c1c-4b33-9d8e-0b9a4f6f1a11';
const sent = {
	session: pair,
	language: 'en',
	version: { 1: ['3'], [pair]: ['0'] },
	body: { 1: ['Said '], [pair]: ['Found'] },
	recommendation: { [pair]: ['Do'] }
};

describe('a form of notes', () => {
	test('gives its parts with the versions that they were seen at', () => {
		const { input } = check(noteSchema, sent);
		expect(partsOf(input!)).toEqual([
			{ key: '1', version: 3, body: 'Said', recommendation: '' },
			{ key: pair, version: 0, body: 'Found', recommendation: 'Do' }
		]);
	});

	test('says beside the part what is too long, and takes no part of another shape', () => {
		const long = { ...sent, body: { 1: ['a'.repeat(4001)], [pair]: ['a'.repeat(1001)] } };
		expect(Object.keys(check(noteSchema, long).errors!)).toEqual(['body-1']);
		const finding = { ...sent, body: { 1: ['a'.repeat(4000)], [pair]: ['a'.repeat(1001)] } };
		expect(Object.keys(check(noteSchema, finding).errors!)).toEqual([`body-${pair}`]);
		expect(check(noteSchema, { ...sent, version: { x: ['1'] } }).errors).toBeDefined();
		expect(check(noteSchema, { ...sent, version: { 1: ['-1'] } }).errors).toBeDefined();
		expect(check(noteSchema, { ...sent, step: 'reviewed' }).errors).toHaveProperty('step');
	});

	test.each([
		[[], 2],
		['a', 3],
		['c', 5],
		['e', 5]
	])('shows two empty pairs after the last one that is filled in (%s)', (last, shown) => {
		expect(shownBlanks(['a', 'b', 'c', 'd', 'e'], (key) => key === last)).toBe(shown);
	});
});

describe('a theme', () => {
	const said = (language: string, finding: string, recommendation: string, session_id = 's') => ({
		language,
		finding,
		recommendation,
		session_id
	});
	const pairs = [said('en', 'A', 'B'), said('fr', 'C', ''), said('en', '', 'D', 't')];

	test('was heard in as many sessions as its pairs', () => {
		expect(heardIn(pairs)).toBe(2);
		expect(heardIn([])).toBe(0);
	});

	test('begins a paragraph of each language from what was said in it', () => {
		expect(draftOf(pairs, 'en')).toBe('A\nB\n\nD');
		expect(draftOf(pairs, 'fr')).toBe('C');
	});

	test('adds its paragraph to a draft once', () => {
		const once = withParagraph('Begun.\n', 'More.');
		expect(once).toBe('Begun.\n\nMore.');
		expect(withParagraph(once, 'More.')).toBe(once);
		expect(withParagraph('', 'More.')).toBe('More.');
		expect(withParagraph('Begun.', '')).toBe('Begun.');
	});
});

test('what is gathered leads to the notes', () => {
	const session = {
		slug: 'here',
		time_zone: 'America/Winnipeg',
		session_id: 's',
		title_en: 'Housing',
		title_fr: 'Logement',
		starts_at: '2027-11-24T19:15:00Z'
	};
	const forum = { slug: 'here', name_en: 'A', name_fr: 'B' };
	const tasks = { notes_to_take: [session], notes_of_forums: [forum] };
	const [need] = needs(tasks);
	expect(need!.title).toBe('Take notes in the session “Housing”');
	expect(need!.lines).toEqual(['November\u00a024, 2027, 1:15\u00a0p.m.']);
	expect(need!.button!.path).toBe('/forums/here/notes/s');
	expect(needs({ ...tasks, notes_to_take: [{ ...session, starts_at: null }] })[0]!.lines).toEqual(
		[]
	);
	expect(homeParts(tasks)[0]!.links).toEqual([{ text: 'A', path: '/forums/here/notes' }]);
	expect(homeParts({ ...tasks, notes_of_forums: [] })).toEqual([]);
	const line = (notes_to_review: number) => forumLines({ slug: 'here', notes_to_review })[0]!;
	expect(line(0)).toEqual({ text: 'Session notes', path: '/organize/forums/here/notes' });
	expect(line(2).text).toBe('2 sessions have notes to review');
});

test('a session without time or room says nothing of them', () => {
	const nothing = { starts_at: null, room_en: '', room_fr: '' };
	expect(placeAndTime(nothing, 'America/Winnipeg')).toBe('');
	expect(placeAndTime({ ...nothing, room_en: 'Room A' }, 'America/Winnipeg')).toBe('Room A');
	expect(statusName(null)).toBe('Not begun');
	expect(statusName('ready')).toBe('Ready for review');
});
