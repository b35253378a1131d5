import { describe, expect, test } from 'vitest';
import { missing } from '../../src/lib/coverage/rules';
import { coverageSheet } from '../../src/lib/coverage/view.server';
import { visibleGroups } from '../../src/lib/coverage/words';
import type { Sector } from '../../src/lib/directory/words';
import { answersSheet, needsSheet, rosterSheet } from '../../src/lib/exports/view.server';
import { overwriteGetLocale } from '../../src/lib/platform/text/i18n/paraglide/runtime';
import { figuresView } from '../../src/lib/reports/view.server';

const head = {
	slug: 'winnipeg',
	name_en: 'Forum in Winnipeg',
	name_fr: 'Forum à Winnipeg',
	time_zone: 'America/Winnipeg',
	starts_on: '2027-11-24',
	ends_on: '2027-11-25',
	maker: 'Olive',
	made_at: '2027-11-01T04:30:00Z'
};
const sectors: Sector[] = ['ngo', 'youth', 'undisclosed'].map((sector) => ({
	sector,
	name_en: `${sector} (en)`,
	name_fr: `${sector} (fr)`,
	counts_as_government: false,
	added_at: null,
	retired_at: null
}));
const one = { name: 'Zoé', mode: 'online', status: 'waitlisted' } as const;

function inFrench<T>(work: () => T): T {
	overwriteGetLocale(() => 'fr');
	try {
		return work();
	} finally {
		overwriteGetLocale(() => 'en');
	}
}

describe('a file', () => {
	const person = {
		...one,
		badge_name: null,
		email: 'zoe@example.org',
		organization_name: 'Abri',
		sector: 'ngo',
		province: 'QC',
		language: 'fr',
		over_capacity: false,
		joined_at: '2027-10-01T03:00:00Z',
		confirmed_at: null,
		position: 3
	} as const;

	test('of the roster is in the language of the reader, with days of the forum’s zone', () => {
		const file = { ...head, people: [person] };
		const english = rosterSheet(file, sectors);
		expect(english.rows).toEqual([
			[
				'Zoé',
				null,
				'zoe@example.org',
				'Abri',
				'Ngo (en)',
				'Quebec',
				'French',
				'Online',
				'On the waitlist, number 3',
				'2027-09-30',
				null
			]
		]);
		expect(english.heads).toHaveLength(english.rows[0]!.length);
		expect(english.about).toEqual([
			'Roster. Forum: Forum in Winnipeg.',
			expect.stringMatching(
				/^Made by Olive on Sunday, October.31, 2027 at 11:30.p\.m\. Central Time\.$/
			),
			expect.stringContaining('delete it after use')
		]);
		const french = inFrench(() => rosterSheet(file, sectors));
		expect(french.rows[0]!.slice(4, 8)).toEqual(['Ngo (fr)', 'Québec', 'Français', 'En ligne']);
		expect(french.about[0]).toMatch(/^Personnes inscrites\. Forum.: Forum à Winnipeg\.$/);
	});

	test('of answers has a column for each question, and nothing where nobody answered', () => {
		const question = (question_id: string, kind: 'text' | 'several' | 'consent') => ({
			question_id,
			kind,
			text_en: `What ${question_id}?`,
			text_fr: `Quoi ${question_id}?`,
			options_en: kind === 'several' ? ['Bus', 'Train'] : [],
			options_fr: kind === 'several' ? ['Autobus', 'Train'] : []
		});
		const sheet = answersSheet({
			...head,
			questions: [question('a', 'text'), question('b', 'several'), question('c', 'consent')],
			people: [
				{
					...person,
					answers: { a: { text: '=1', chosen: [] }, b: { text: null, chosen: [1, 2] } }
				},
				{ ...person, answers: { c: { text: null, chosen: [1] } } }
			]
		});
		expect(sheet.heads.slice(4)).toEqual(['What a?', 'What b?', 'What c?']);
		expect(sheet.rows.map((row) => row.slice(4))).toEqual([
			['=1', 'Bus; Train', ''],
			['', '', expect.stringMatching(/./)]
		]);
	});

	test('of needs has a column for each group', () => {
		const sheet = needsSheet({
			...head,
			people: [
				{
					...one,
					kinds: ['vegan', 'halal', 'call'],
					other_language: '',
					phone: '+1 204',
					words: 'Two\nlines'
				}
			]
		});
		expect(sheet.rows[0]!.slice(3)).toEqual([
			'',
			'Vegan meals; Halal meals',
			'',
			expect.stringMatching(/./),
			'',
			'+1 204',
			'Two\nlines'
		]);
		expect(sheet.heads).toHaveLength(sheet.rows[0]!.length);
	});

	test('of counts has everybody first, and names no group by a code', () => {
		const group = { confirmed: 7, waiting: 1 };
		const sheet = coverageSheet(
			{
				...head,
				groups: [
					{ about: 'all', part: '', ...group },
					{ about: 'first', part: 'yes', ...group },
					{ about: 'language', part: 'fr', ...group },
					{ about: 'mode', part: 'online', ...group },
					{ about: 'province', part: 'NU', ...group },
					{ about: 'sector', part: 'youth', ...group }
				]
			},
			sectors
		);
		expect(sheet.rows).toEqual([
			['Everyone', '', 7, 1],
			['Provinces and territories', 'Nunavut', 7, 1],
			['Sectors', 'Youth (en)', 7, 1],
			['Languages', 'French', 7, 1],
			['Way of taking part', 'Online', 7, 1],
			['Earlier forums', 'No earlier registration on this site', 7, 1]
		]);
		expect(coverageSheet({ ...head, groups: [] }, sectors).rows).toEqual([['Everyone', '', 0, 0]]);
	});
});

test('what is missing is what nobody confirmed comes from; not the answer that says nothing, nor retired sectors', () => {
	const retired = { ...sectors[1]!, sector: 'old', retired_at: '2026-01-01' };
	const group = { about: 'province', confirmed: 0, waiting: 4 } as const;
	const all = missing([{ ...group, part: 'ON' }], [...sectors, retired]);
	expect(all.provinces).toHaveLength(13);
	expect(all.sectors).toEqual(['ngo', 'youth']);
});

test('visitors read groups as they are rounded, the largest first, and never who prefers not to say', () => {
	expect(visibleGroups(null, sectors)).toEqual([]);
	const column = [
		{ about: 'province', part: 'NU', people: 5 },
		{ about: 'province', part: 'ON', people: 20 },
		{ about: 'sector', part: 'undisclosed', people: 10 }
	];
	expect(visibleGroups(column, sectors)).toEqual([
		{ title: 'Provinces and territories', lines: ['Ontario: 20 or more', 'Nunavut: 5 or more'] }
	]);
});

describe('the figures of a report', () => {
	const forum = {
		participants: 50,
		qualifier: 'over',
		provinces: ['ON'],
		sectors: [{ en: 'ngo (en)', fr: 'ngo (fr)' }]
	};
	const counted = {
		confirmed: 57,
		participants: 50,
		participants_qualifier: 'over',
		provinces: ['ON'],
		sectors: ['ngo']
	};
	const view = (shown: object, it: object | null) =>
		figuresView({ forum: shown } as never, it as never, sectors);
	const lines = ['Over 50 people', 'Provinces and territories: Ontario', 'Sectors: ngo (en)'];

	test('name those of the registrations only where they differ', () => {
		expect(view(forum, counted)).toEqual({ shown: lines, counted: null });
		expect(view(forum, null)).toEqual({ shown: lines, counted: null });
		expect(view({ ...forum, participants: 80 }, counted)).toEqual({
			shown: ['Over 80 people', ...lines.slice(1)],
			counted: lines
		});
	});

	test('are none where nothing is known', () => {
		const nothing = { participants: null, qualifier: null, provinces: [], sectors: [] };
		expect(view(nothing, null)).toEqual({ shown: [], counted: null });
	});
});
