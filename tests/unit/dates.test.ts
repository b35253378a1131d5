import { expect, test } from 'vitest';
import {
	date,
	dates,
	day,
	hour,
	moment,
	nearDate,
	partialDate,
	zoneName
} from '$lib/platform/text/dates';
import { daysUntil } from '$lib/platform/text/days';
import { inLanguage } from '$lib/platform/text/i18n/language.server';

const en = <T>(say: () => T) => inLanguage('en', say);
const fr = <T>(say: () => T) => inLanguage('fr', say);

test('a day is written in full, as each language does', () => {
	expect(en(() => day('2016-11-23'))).toBe('Wednesday 23\u00a0November 2016');
	expect(fr(() => day('2016-11-23'))).toBe('mercredi 23\u00a0novembre 2016');
	expect(fr(() => date('2027-12-01'))).toBe('1er\u00a0décembre 2027');
	expect(en(() => nearDate('2027-12-01'))).toBe('1\u00a0December');
});

test('a day without an hour belongs to no zone', () => {
	expect(en(() => date('2016-11-23', 'America/St_Johns'))).toBe('23\u00a0November 2016');
	expect(en(() => date('2016-11-23', 'America/Vancouver'))).toBe('23\u00a0November 2016');
});

test('a moment is written in the zone where it happens', () => {
	const at = '2027-11-13T05:59:00+00:00';
	expect(en(() => moment(at, 'America/Winnipeg'))).toBe(
		'Friday 12\u00a0November 2027, 11:59\u00a0p.m., Central Time'
	);
	expect(fr(() => moment(at, 'America/Winnipeg'))).toBe(
		'vendredi 12\u00a0novembre 2027, 23\u00a0h\u00a059, heure du Centre'
	);
	expect(en(() => day(at, 'America/St_Johns'))).toBe('Saturday 13\u00a0November 2027');
});

test('hours: noon, midnight, full hours', () => {
	const zone = 'America/Toronto';
	expect(en(() => hour('2027-01-05T17:00:00Z', zone))).toBe('12:00\u00a0p.m.');
	expect(en(() => hour('2027-01-05T05:05:00Z', zone))).toBe('12:05\u00a0a.m.');
	expect(fr(() => hour('2027-01-05T05:05:00Z', zone))).toBe('0\u00a0h\u00a005');
	expect(fr(() => hour('2027-01-05T14:00:00Z', zone))).toBe('9\u00a0h');
});

test('two days of one month share its name; others have their own', () => {
	expect(en(() => dates('2011-11-23', '2011-11-24'))).toBe('23 to 24\u00a0November 2011');
	expect(fr(() => dates('2011-11-23', '2011-11-24'))).toBe('du 23 au 24\u00a0novembre 2011');
	expect(fr(() => dates('2011-11-30', '2011-12-01'))).toBe(
		'du 30\u00a0novembre 2011 au 1er\u00a0décembre 2011'
	);
	expect(en(() => dates('2014-11-26', '2014-11-26'))).toBe('Wednesday 26\u00a0November 2014');
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

test('the six zones of the country have a name; another keeps its own', () => {
	expect(fr(() => zoneName('America/St_Johns'))).toBe('heure de Terre-Neuve');
	expect(en(() => zoneName('America/Halifax'))).toBe('Atlantic Time');
	expect(fr(() => zoneName('America/Edmonton'))).toBe('heure des Rocheuses');
	expect(en(() => zoneName('Asia/Tokyo'))).toBe('Asia/Tokyo');
});

test('days are counted on the calendar of the place', () => {
	const evening = new Date('2027-03-14T04:30:00Z');
	expect(daysUntil('2027-03-14T16:00:00Z', 'America/Halifax', evening)).toBe(0);
	expect(daysUntil('2027-03-14T16:00:00Z', 'America/Vancouver', evening)).toBe(1);
	expect(daysUntil('2027-03-12T16:00:00Z', 'America/Halifax', evening)).toBe(-2);
});
