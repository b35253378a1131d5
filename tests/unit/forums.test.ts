import { describe, expect, test } from 'vitest';
import { factsSchema, forumSchema, newForumSchema, pastSchema } from '$lib/forums/schema';
import { registerWords, zoneChoices } from '$lib/forums/words';
import { inLanguage } from '$lib/platform/text/i18n/language.server';
import {
	asKnown,
	closesAt,
	isPastRecord,
	knownDays,
	modesOf,
	papersOf,
	phaseOf,
	split
} from '$lib/forums/rules';

const forum = {
	time_zone: 'America/Winnipeg',
	starts_on: '2027-11-24',
	ends_on: '2027-11-24',
	registration_opens_at: '2027-08-16T14:00:00+00:00',
	registration_closes_at: '2027-11-13T05:59:00+00:00',
	registration_closed_at: null as string | null,
	cancelled_at: null as string | null
};
const at = (moment: string) => new Date(moment);

describe('the phase of a forum', () => {
	test.each([
		['2027-08-16T13:59:59Z', 'soon'],
		['2027-08-16T14:00:00Z', 'open'],
		['2027-11-13T05:58:59Z', 'open'],
		['2027-11-13T05:59:00Z', 'closed'],
		// Midnight in Winnipeg is six o'clock in Greenwich.
		['2027-11-24T05:59:59Z', 'closed'],
		['2027-11-24T06:00:00Z', 'under_way'],
		['2027-11-25T05:59:59Z', 'under_way'],
		['2027-11-25T06:00:00Z', 'over']
	])('at %s is %s', (moment, phase) => {
		expect(phaseOf(forum, at(moment))).toBe(phase);
	});

	test('a cancelled one is cancelled, also once its day has passed', () => {
		expect(
			phaseOf({ ...forum, cancelled_at: '2027-09-01T00:00:00Z' }, at('2028-01-01T00:00:00Z'))
		).toBe('cancelled');
	});

	test('registration that is closed by hand is closed before its date, and never later', () => {
		const moment = '2027-09-01T12:00:00Z';
		const closed = { ...forum, registration_closed_at: moment };
		expect(phaseOf(closed, at('2027-09-02T00:00:00Z'))).toBe('closed');
		expect(closesAt(closed)).toBe(moment);
		const late = { ...forum, registration_closed_at: '2027-12-01T12:00:00Z' };
		expect(closesAt(late)).toBe(forum.registration_closes_at);
		expect(closesAt(forum)).toBe(forum.registration_closes_at);
	});

	test('without an opening there is nothing to open', () => {
		const silent = { ...forum, registration_opens_at: null };
		expect(phaseOf(silent, at('2027-09-01T00:00:00Z'))).toBe('unannounced');
	});
});

test('the nearest to come is first, then the newest that is over', () => {
	const years = ['2011', '2030', '2028', '2016'].map((year) => ({
		...forum,
		starts_on: `${year}-11-24`,
		ends_on: `${year}-11-24`
	}));
	const { coming, earlier } = split(years, at('2027-01-01T00:00:00Z'));
	expect(coming.map(({ starts_on }) => starts_on.slice(0, 4))).toEqual(['2028', '2030']);
	expect(earlier.map(({ starts_on }) => starts_on.slice(0, 4))).toEqual(['2016', '2011']);
});

test('a way without places is not offered', () => {
	const places = { spots_in_person: 'few', spots_online: 'open' } as const;
	expect(modesOf({ ...places, capacity_in_person: 12, capacity_online: 0 })).toEqual([
		{ mode: 'in_person', left: 'few' }
	]);
	expect(modesOf({ ...places, capacity_in_person: null, capacity_online: null })).toEqual([]);
});

test.each([
	['open', 'few', 'Register for the forum'],
	['full', 'open', 'Register or join the waitlist'],
	['full', 'full', 'Join the waitlist']
] as const)('where it is %s in person and %s online, one may: %s', (inPerson, online, words) => {
	const places = { capacity_in_person: 12, spots_in_person: inPerson, spots_online: online };
	inLanguage('en', () => {
		expect(registerWords({ ...places, capacity_online: 12 })).toBe(words);
		// A way that is not offered has no say.
		const only = registerWords({ ...places, capacity_online: 0 });
		expect(only).toBe(inPerson === 'full' ? 'Join the waitlist' : 'Register for the forum');
	});
});

describe('the organizers’ form', () => {
	const typed = {
		forum: '00000000-0000-4000-8000-000000000000',
		version: '1',
		name_en: 'Forum',
		kind: 'national',
		name_fr: 'Forum',
		city: '',
		format: 'hybrid',
		time_zone: 'America/Winnipeg',
		starts_on: '2027-11-24',
		ends_on: '2027-11-25',
		place_en: '',
		place_fr: '',
		objectives_en: '',
		objectives_fr: '',
		registration_opens_at: '',
		registration_closes_at: '',
		capacity_in_person: '',
		capacity_online: ' 40 '
	};
	const wrong = (about: object) =>
		forumSchema.safeParse({ ...typed, ...about }).error?.issues.map(({ path }) => path[0]) ?? [];

	test('takes a draft with little in it, and spots as numbers or none', () => {
		expect(wrong({})).toEqual([]);
		expect(forumSchema.parse(typed)).toMatchObject({
			capacity_in_person: null,
			capacity_online: 40
		});
	});

	test.each([
		['a day that no calendar has', { starts_on: '2027-02-30' }, 'starts_on'],
		['a day in words', { ends_on: 'tomorrow' }, 'ends_on'],
		['spots in words', { capacity_online: 'forty' }, 'capacity_online'],
		['less than no spots', { capacity_in_person: '-1' }, 'capacity_in_person'],
		[
			'an hour that is left out in spring',
			{ registration_opens_at: '2027-03-14T02:30' },
			'registration_opens_at'
		],
		['half a moment', { registration_closes_at: '2027-03-14' }, 'registration_closes_at'],
		['no zone', { time_zone: '' }, 'time_zone']
	])('says which field holds %s', (_, about, field) => {
		expect([...new Set(wrong(about))]).toEqual([field]);
	});

	test('leaves an unknown zone to the database, which says so beside the zone', () => {
		const about = { time_zone: 'America/Atlantis', registration_opens_at: '2027-03-01T09:00' };
		expect(wrong(about)).toEqual([]);
	});

	test('takes an address in capitals, and none with spaces', () => {
		const address = (slug: string) => newForumSchema.safeParse({ ...typed, slug });
		expect(address(' Winnipeg-2027 ').data?.slug).toBe('winnipeg-2027');
		expect(address('').success).toBe(true);
		expect(address('a b').success).toBe(false);
	});

	test('names the zones of Canada, and keeps one that is stored', () => {
		const labels = (language: 'en' | 'fr') =>
			inLanguage(language, () => zoneChoices('America/Iqaluit').map(({ label }) => label));
		expect(labels('en')).toContain('Central Time (Winnipeg)');
		expect(labels('fr')).toContain('Heure du Centre (Winnipeg)');
		expect(new Set(labels('fr')).size).toBe(9);
	});
});

describe('a past meeting', () => {
	test.each([
		['2009', '', '2009-01-01', '2009-12-31', 'year'],
		['2003', '2004', '2003-01-01', '2004-12-31', 'year'],
		['2012-02', '', '2012-02-01', '2012-02-29', 'month'],
		['2011-05', '2011-12', '2011-05-01', '2011-12-31', 'month'],
		['2014-11-26', '', '2014-11-26', '2014-11-26', 'day'],
		['2014-11-26', '2014-11-27', '2014-11-26', '2014-11-27', 'day']
	] as const)(
		'has as much of its days as is known: %s %s',
		(first, last, starts_on, ends_on, date_precision) => {
			const days = { starts_on, ends_on, date_precision };
			expect(knownDays(first, last)).toEqual(days);
			expect(asKnown(days)).toEqual({ first, last });
		}
	);

	test.each([
		['', ''],
		['2009-13', ''],
		['2009-00', ''],
		['2011-02-29', ''],
		['2009-5', ''],
		['1875', ''],
		['May 2011', ''],
		['2011-05', '2012'],
		['2009', '2009-12-31']
	])('has no days that nobody could read: %s %s', (first, last) => {
		expect(knownDays(first, last)).toBeNull();
	});

	test('is one that had no registration and is over', () => {
		const after = at('2028-01-01T00:00:00Z');
		expect(isPastRecord(forum, after)).toBe(false);
		expect(isPastRecord({ ...forum, registration_opens_at: null }, after)).toBe(true);
		expect(
			isPastRecord({ ...forum, registration_opens_at: null }, at('2027-01-01T00:00:00Z'))
		).toBe(false);
	});

	test('says which date it cannot read', () => {
		const typed = {
			forum: '00000000-0000-4000-8000-000000000000',
			version: '0',
			kind: 'national',
			name_en: 'Meeting',
			name_fr: 'Rencontre',
			place_en: '',
			place_fr: '',
			city: '',
			format: 'in_person',
			first: '2009',
			last: '',
			objectives_en: '',
			objectives_fr: '',
			participants: '',
			participants_qualifier: '',
			provinces: [],
			sectors: []
		};
		const wrong = (about: object) =>
			pastSchema.safeParse({ ...typed, ...about }).error?.issues.map(({ path }) => path[0]) ?? [];
		expect(wrong({})).toEqual([]);
		expect(wrong({ first: 'spring' })).toEqual(['first']);
		expect(wrong({ last: '2009-12-31' })).toEqual(['last']);
		expect(wrong({ kind: 'party' })).toEqual(['kind']);
	});
});

describe('the facts of a forum', () => {
	const typed = {
		forum: '00000000-0000-4000-8000-000000000000',
		version: '1',
		beside_en: '',
		beside_fr: '',
		beside_url: '',
		territory_en: '',
		territory_fr: '',
		territory_confirmed: false,
		funders_en: '',
		funders_fr: '',
		papers_en: '',
		papers_fr: ''
	};
	const wrong = (about: object) =>
		factsSchema.safeParse({ ...typed, ...about }).error?.issues.map(({ path }) => path[0]) ?? [];

	test.each([
		['nothing', {}, []],
		[
			'papers with links',
			{ papers_en: 'A report https://example.org/a\n\n B https://example.org' },
			[]
		],
		['a paper without link', { papers_fr: 'Un rapport' }, ['papers_fr']],
		['a script for a paper', { papers_en: 'A report javascript:alert(1)' }, ['papers_en']],
		['a script for a link', { beside_url: 'javascript:alert(1)' }, ['beside_url']],
		['a link with spaces', { beside_url: 'https://example.org/a b' }, ['beside_url']]
	])('are checked: %s', (_, about, fields) => {
		expect(wrong(about)).toEqual(fields);
	});

	test('have the papers in the language of the reader first, each with its own title and link', () => {
		const papers = {
			papers_en: ['On rights https://example.org/en'],
			papers_fr: ['Sur les droits https://example.org/fr']
		};
		expect(papersOf(papers, 'fr')).toEqual([
			{ title: 'Sur les droits', url: 'https://example.org/fr', language: 'fr' },
			{ title: 'On rights', url: 'https://example.org/en', language: 'en' }
		]);
		expect(papersOf(papers, 'en').map(({ language }) => language)).toEqual(['en', 'fr']);
	});
});
