import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { calendarFile, type CalendarEntry } from '$lib/platform/text/calendar';

const entry: CalendarEntry = {
	uid: '7f4c2f8e-0000-4000-8000-000000000001@convergence.example',
	sequence: 3,
	title: 'Forum pancanadien',
	place: 'Winnipeg',
	time: { firstDay: '2027-11-24', lastDay: '2027-11-25' }
};
const message = {
	method: 'REQUEST',
	organizer: 'reseau@example.org',
	recipient: 'amira@example.org'
} as const;

function parse(file: string) {
	const calendar = new ICAL.Component(ICAL.parse(file));
	const [event] = calendar.getAllSubcomponents('vevent');
	return { calendar, component: event!, event: new ICAL.Event(event!) };
}

const longest = (file: string) =>
	Math.max(...file.split('\r\n').map((line) => Buffer.byteLength(line)));

test('whole days have neither hours nor a zone, and end on the day after the last one', () => {
	const { event } = parse(calendarFile([entry]));
	expect(event.startDate.isDate).toBe(true);
	expect(event.startDate.toString()).toBe('2027-11-24');
	expect(event.endDate.toString()).toBe('2027-11-26');
	const february = { firstDay: '2028-02-28', lastDay: '2028-02-29' };
	const leap = parse(calendarFile([{ ...entry, time: february }]));
	expect(leap.event.endDate.toString()).toBe('2028-03-01');
});

test('hours are in UTC, wherever the server is and whatever the offset', () => {
	const time = { starts: '2027-11-24T09:00:00-06:00', ends: '2027-11-24T16:45:00.250Z' };
	const file = calendarFile([{ ...entry, time }]);
	expect(file).toContain('DTSTART:20271124T150000Z\r\n');
	expect(file).toContain('DTEND:20271124T164500Z\r\n');
});

test('an email asks for an entry with an organizer and one attendee, and its number', () => {
	const { calendar, component, event } = parse(calendarFile([entry], message));
	expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
	expect(event.uid).toBe(entry.uid);
	expect(event.sequence).toBe(3);
	expect(component.getFirstPropertyValue('organizer')).toBe('mailto:reseau@example.org');
	const attendees = component.getAllProperties('attendee');
	expect(attendees.map((one) => one.getFirstValue())).toEqual(['mailto:amira@example.org']);
	expect(attendees[0]!.getFirstParameter('rsvp')).toBe('FALSE');
	expect(component.getFirstPropertyValue('status')).toBe('CONFIRMED');
});

test('a cancelled entry says so twice, as calendars expect it', () => {
	const { calendar, component } = parse(calendarFile([entry], { ...message, method: 'CANCEL' }));
	expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL');
	expect(component.getFirstPropertyValue('status')).toBe('CANCELLED');
});

test('a file to be opened by hand has no method and names nobody', () => {
	const file = calendarFile([entry]);
	expect(file).not.toMatch(/METHOD|ORGANIZER|ATTENDEE|mailto/);
	expect(parse(file).component.getFirstPropertyValue('class')).toBe('PRIVATE');
});

test('an accent at the end of a line stays whole', () => {
	for (let before = 50; before < 80; before++) {
		const title = `${'a'.repeat(before)}éèçÉ’«»🍁${'b'.repeat(90)}`;
		const file = calendarFile([{ ...entry, title }]);
		expect(longest(file)).toBeLessThanOrEqual(75);
		expect(file).not.toContain('\ufffd');
		expect(parse(file).event.summary).toBe(title);
	}
});

test('a title cannot become a line of its own', () => {
	const title =
		'Forum\r\nATTENDEE:mailto:police@example.org\rX:1\nEND:VEVENT; a, b\\n\u2028c\u0000';
	const { calendar, component, event } = parse(
		calendarFile([{ ...entry, title, place: title, text: title, uid: title }], {
			...message,
			recipient: 'amira@example.org\r\nATTENDEE:mailto:police@example.org'
		})
	);
	expect(calendar.getAllSubcomponents('vevent')).toHaveLength(1);
	expect(component.getAllProperties('attendee')).toHaveLength(1);
	expect(event.summary).toBe(
		'Forum\nATTENDEE:mailto:police@example.org\nX:1\nEND:VEVENT; a, b\\n\nc'
	);
	expect(event.location).toBe(event.summary);
});

test('any text comes back as it was, in lines of at most 75 octets', () => {
	const text = fc
		.string({ unit: 'grapheme', minLength: 1, maxLength: 400 })
		.filter((value) => value.trim() !== '' && !/[\p{Cc}\u2028\u2029]/u.test(value));
	fc.assert(
		fc.property(text, text, (title, place) => {
			const file = calendarFile([{ ...entry, title, place }], message);
			const { event } = parse(file);
			expect(longest(file)).toBeLessThanOrEqual(75);
			expect(event.summary).toBe(title);
			expect(event.location).toBe(place);
		})
	);
});

describe('hours in a zone', () => {
	/** What a program reads, with the zone that the file itself describes. */
	function readBack(file: string) {
		const calendar = new ICAL.Component(ICAL.parse(file));
		const zones = calendar.getAllSubcomponents('vtimezone').map((one) => new ICAL.Timezone(one));
		return calendar.getAllSubcomponents('vevent').map((component) => {
			const event = new ICAL.Event(component);
			const moment = (time: ICAL.Time) => {
				const id = (time as unknown as { timezone?: string }).timezone;
				const zone = zones.find(({ tzid }) => tzid === id);
				if (zone) time.zone = zone;
				return new Date(time.toUnixTime() * 1000).toISOString();
			};
			return { title: event.summary, starts: moment(event.startDate), ends: moment(event.endDate) };
		});
	}
	const hours = (starts: string, ends: string, zone: string): CalendarEntry => ({
		...entry,
		time: { starts, ends, zone }
	});

	test('are those on the wall, with the change of the clock between two sessions', () => {
		const file = calendarFile([
			hours('2027-11-06T14:00:00.000Z', '2027-11-06T15:00:00.000Z', 'America/Winnipeg'),
			hours('2027-11-07T15:00:00.000Z', '2027-11-07T16:00:00.000Z', 'America/Winnipeg')
		]);
		expect(file.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1);
		expect(file).toContain('DTSTART;TZID=America/Winnipeg:20271106T090000\r\n');
		expect(file).toContain('DTSTART;TZID=America/Winnipeg:20271107T090000\r\n');
		expect(file).toContain('DTSTART:20271107T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0600');
		expect(readBack(file).map(({ starts }) => starts)).toEqual([
			'2027-11-06T14:00:00.000Z',
			'2027-11-07T15:00:00.000Z'
		]);
	});

	test('that come twice are in UTC, since programs differ about them', () => {
		const [first, second] = ['2027-11-07T06:30:00.000Z', '2027-11-07T07:30:00.000Z'];
		const file = calendarFile([hours(first!, second!, 'America/Winnipeg')]);
		expect(file).toContain('DTSTART:20271107T063000Z\r\n');
		expect(file).toContain('DTEND:20271107T073000Z\r\n');
		expect(readBack(file)).toEqual([{ title: entry.title, starts: first, ends: second }]);
	});

	test('come back as they were, in any zone, season and script', () => {
		const zones = fc.constantFrom(
			'America/St_Johns',
			'America/Winnipeg',
			'America/Regina',
			'America/Vancouver',
			'Pacific/Chatham',
			'Australia/Lord_Howe',
			'Africa/Casablanca',
			'Europe/Dublin',
			'UTC'
		);
		const minutes = fc.integer({ min: 26_000_000, max: 32_000_000 });
		const title = fc
			.string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
			.filter((value) => value.trim() !== '' && !/[\p{Cc}\u2028\u2029]/u.test(value));
		const list = fc.array(fc.tuple(zones, minutes, fc.integer({ min: 1, max: 3_000 }), title), {
			minLength: 1,
			maxLength: 5
		});
		fc.assert(
			fc.property(list, (all) => {
				const expected = all.map(([, from, length, title]) => ({
					title,
					starts: new Date(from * 60_000).toISOString(),
					ends: new Date((from + length) * 60_000).toISOString()
				}));
				const entries = all.map(([zone], nth) => {
					const { title, starts, ends } = expected[nth]!;
					return { ...entry, title, time: { starts, ends, zone } };
				});
				expect(readBack(calendarFile(entries))).toEqual(expected);
			}),
			{ numRuns: 300 }
		);
	});
});
