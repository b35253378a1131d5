import { expect, test } from 'vitest';
import {
	date,
	dates,
	day,
	hour,
	moment,
	shortMoment,
	nearDate,
	partialDate,
	period,
	zoneName
} from '$lib/platform/text/dates';
import { daysUntil, instantIn, localIn } from '$lib/platform/text/days';
import { inLanguage } from '$lib/platform/text/i18n/language.server';

const en = <T>(say: () => T) => inLanguage('en', say);
const fr = <T>(say: () => T) => inLanguage('fr', say);

test('a day is written in full, as each language does', () => {
	expect(en(() => day('2016-11-23'))).toBe('Wednesday, November\u00a023, 2016');
	expect(fr(() => day('2016-11-23'))).toBe('mercredi 23\u00a0novembre 2016');
	expect(fr(() => date('2027-12-01'))).toBe('1er\u00a0décembre 2027');
	expect(en(() => nearDate('2027-12-01'))).toBe('December\u00a01');
});

test('a day without an hour belongs to no zone', () => {
	expect(en(() => date('2016-11-23', 'America/St_Johns'))).toBe('November\u00a023, 2016');
	expect(en(() => date('2016-11-23', 'America/Vancouver'))).toBe('November\u00a023, 2016');
});

test('a list says today, or the day with its year', () => {
	const at = '2027-11-13T04:30:00+00:00';
	const now = new Date('2027-11-12T12:00:00Z');
	const later = new Date('2027-11-13T12:00:00Z');
	const short = (on: Date) => shortMoment(at, 'America/Winnipeg', on);
	expect(en(() => short(now))).toBe('today, 10:30\u00a0p.m.');
	expect(fr(() => short(now))).toBe('aujourd’hui, 22\u00a0h\u00a030');
	expect(en(() => short(later))).toBe('November\u00a012, 2027, 10:30\u00a0p.m.');
});

test('a moment is written in the zone where it happens', () => {
	const at = '2027-11-13T05:59:00+00:00';
	expect(en(() => moment(at, 'America/Winnipeg'))).toBe(
		'Friday, November\u00a012, 2027 at 11:59\u00a0p.m. Central Time'
	);
	expect(fr(() => moment(at, 'America/Winnipeg'))).toBe(
		'vendredi 12\u00a0novembre 2027 à 23\u00a0h\u00a059 (heure du Centre)'
	);
	expect(en(() => day(at, 'America/St_Johns'))).toBe('Saturday, November\u00a013, 2027');
});

test('hours: noon, midnight, full hours', () => {
	const zone = 'America/Toronto';
	expect(en(() => hour('2027-01-05T17:00:00Z', zone))).toBe('12:00\u00a0p.m.');
	expect(en(() => hour('2027-01-05T05:05:00Z', zone))).toBe('12:05\u00a0a.m.');
	expect(fr(() => hour('2027-01-05T05:05:00Z', zone))).toBe('0\u00a0h\u00a005');
	expect(fr(() => hour('2027-01-05T14:00:00Z', zone))).toBe('9\u00a0h');
});

test.each([
	['2011-11-23', '2011-11-24', 'November\u00a023 to 24, 2011', 'du 23 au 24\u00a0novembre 2011'],
	[
		'2011-11-30',
		'2011-12-01',
		'November\u00a030 to December\u00a01, 2011',
		'du 30\u00a0novembre au 1er\u00a0décembre 2011'
	],
	[
		'2027-12-31',
		'2028-01-01',
		'December\u00a031, 2027 to January\u00a01, 2028',
		'du 31\u00a0décembre 2027 au 1er\u00a0janvier 2028'
	],
	[
		'2014-11-26',
		'2014-11-26',
		'Wednesday, November\u00a026, 2014',
		'mercredi 26\u00a0novembre 2014'
	]
])('the days of a forum from %s to %s', (first, last, english, french) => {
	expect(en(() => dates(first, last))).toBe(english);
	expect(fr(() => dates(first, last))).toBe(french);
});

test('a period names its zone once', () => {
	const [from, until] = ['2027-11-08T15:00:00Z', '2027-11-22T23:00:00Z'];
	expect(en(() => period(from, until, 'America/Winnipeg'))).toBe(
		'From Monday, November\u00a08, 2027 at 9:00\u00a0a.m. to Monday, November\u00a022, 2027 at 5:00\u00a0p.m. Central Time'
	);
	expect(fr(() => period(from, until, 'America/Winnipeg'))).toBe(
		'Du lundi 8\u00a0novembre 2027 à 9\u00a0h au lundi 22\u00a0novembre 2027 à 17\u00a0h (heure du Centre)'
	);
});

test('of a date that is known in part, that part is shown', () => {
	const at = '2015-01-01T12:00:00+00:00';
	expect(en(() => partialDate(at, 'month'))).toBe('January 2015');
	expect(fr(() => partialDate(at, 'month'))).toBe('janvier 2015');
	expect(fr(() => partialDate(at, 'year'))).toBe('2015');
	expect(fr(() => partialDate(at, 'day'))).toBe('1er\u00a0janvier 2015');
	expect(en(() => dates('2011-05-01', '2011-05-31', 'month'))).toBe('May 2011');
	expect(fr(() => dates('2009-01-01', '2009-12-31', 'year'))).toBe('2009');
	expect(en(() => dates('2003-01-01', '2004-12-31', 'year'))).toBe('2003–2004');
});

test('the six zones of the country have a name, and so have the others', () => {
	expect(fr(() => zoneName('America/St_Johns'))).toBe('heure de Terre-Neuve');
	expect(en(() => zoneName('America/Halifax'))).toBe('Atlantic Time');
	expect(fr(() => zoneName('America/Edmonton'))).toBe('heure des Rocheuses');
	expect(en(() => zoneName('America/Regina'))).toBe('Central Standard Time');
	expect(fr(() => zoneName('America/Regina'))).toBe('heure normale du Centre');
	expect(fr(() => zoneName('America/Whitehorse'))).toBe('heure normale du Yukon');
	expect(en(() => zoneName('Asia/Tokyo'))).toBe('Japan Standard Time');
});

test('days are counted on the calendar of the place', () => {
	const evening = new Date('2027-03-14T04:30:00Z');
	expect(daysUntil('2027-03-14T16:00:00Z', 'America/Halifax', evening)).toBe(0);
	expect(daysUntil('2027-03-14T16:00:00Z', 'America/Vancouver', evening)).toBe(1);
	expect(daysUntil('2027-03-12T16:00:00Z', 'America/Halifax', evening)).toBe(-2);
});

test('a local time is that of its zone, and back', () => {
	expect(instantIn('America/Winnipeg', '2027-11-12T17:00')).toBe('2027-11-12T23:00:00.000Z');
	expect(instantIn('America/St_Johns', '2027-07-01T17:30')).toBe('2027-07-01T20:00:00.000Z');
	for (const none of [
		'2027-02-31T17:00',
		'2027-03-14T02:30',
		'2027-13-01T17:00',
		'2027-06-01T25:61'
	]) {
		expect(instantIn('America/Winnipeg', none), none).toBeNull();
	}
	expect(localIn('America/Winnipeg', '2027-11-12T23:00:00+00:00')).toBe('2027-11-12T17:00');
	expect(localIn('America/St_Johns', '2027-07-01T20:00:00Z')).toBe('2027-07-01T17:30');
	expect(localIn('America/Winnipeg', null)).toBe('');
});
