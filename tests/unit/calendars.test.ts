import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { feedSchema } from '$lib/calendars/schema';
import { forumEntries, ownEntries } from '$lib/calendars/words';
import { calendarFeed } from '$lib/platform/http/calendar.server';
import { calendarFile } from '$lib/platform/text/calendar';

const feed = (titles: string) =>
	feedSchema.parse({
		titles,
		forums: [
			{
				registration_id: 'r',
				calendar_sequence: 2,
				name_en: titles === 'names' ? 'Forum, Winnipeg' : null,
				name_fr: titles === 'names' ? 'Forum' : null,
				starts_on: '2027-11-24',
				ends_on: '2027-11-25',
				time_zone: titles === 'names' ? 'America/Winnipeg' : null,
				sessions: [
					{
						session_id: 's',
						version: 4,
						title_en: titles === 'names' ? 'Leaving safely' : null,
						title_fr: titles === 'names' ? 'Partir' : null,
						starts_at: '2027-11-24T19:15:00+00:00',
						ends_at: '2027-11-24T20:30:00+00:00'
					}
				]
			}
		]
	});
const events = (file: string) =>
	new ICAL.Component(ICAL.parse(file))
		.getAllSubcomponents('vevent')
		.map((one) => new ICAL.Event(one));

test('a calendar says when somebody is busy, and nothing about what', () => {
	const file = calendarFile(ownEntries(feed('neutral')));
	expect(events(file).map(({ summary }) => summary)).toEqual(['Appointment', 'Appointment']);
	expect(file).not.toMatch(/Forum|Winnipeg|Leaving|TZID|LOCATION|DESCRIPTION|URL/);
	expect(file).toContain('DTSTART:20271124T191500Z');
});

test('with names it has titles in the zone of the forum, and neither room nor text', () => {
	const file = calendarFile(ownEntries(feed('names')));
	expect(events(file).map(({ uid, summary }) => [uid, summary])).toEqual([
		['r', 'Forum, Winnipeg'],
		['r-s', 'Leaving safely']
	]);
	expect(file).toContain('DTSTART;TZID=America/Winnipeg:20271124T131500');
	expect(file).not.toMatch(/LOCATION|DESCRIPTION|URL/);
});

test('what has not changed is not sent again', async () => {
	const entries = ownEntries(feed('names'));
	const ask = (etag?: string) =>
		calendarFeed(
			new Request('http://x/', { headers: etag ? { 'if-none-match': etag } : {} }),
			entries,
			{
				name: 'A'
			}
		);
	const first = ask();
	const etag = first.headers.get('etag')!;
	expect(first.status).toBe(200);
	expect(first.headers.get('cache-control')).toBe('private, no-cache');
	expect(await first.text()).toContain('X-WR-CALNAME:A\r\n');
	expect(ask(etag).status).toBe(304);
	expect(ask(`"x", ${etag}`).status).toBe(304);
	expect(ask('"x"').status).toBe(200);
});

test('the forums of everyone lead to their pages', () => {
	const [entry] = forumEntries(
		[
			{
				forum_id: 'f',
				slug: 'winnipeg',
				name_en: 'Forum',
				name_fr: 'Forum',
				city: null,
				starts_on: '2027-11-24',
				ends_on: '2027-11-24',
				version: 3
			}
		],
		'https://example.org'
	);
	expect(entry).toMatchObject({
		uid: 'f',
		sequence: 3,
		url: 'https://example.org/forums/winnipeg'
	});
});
