import { addDays, formatISO, parseISO } from 'date-fns';
import { isRepeated, wallClock, zoneLines } from './zones';

// Files in iCalendar (RFC 5545). Written here, since the usual packages fold by character and read hours in
// the zone of the server.

/** Something in a calendar: whole days as `2027-11-24`, or hours as ISO moments, written in a zone where one is given. */
export interface CalendarEntry {
	uid: string;
	/** Rises with each change; calendars ignore an older one. */
	sequence: number;
	title: string;
	place?: string;
	text?: string;
	url?: string;
	time: { firstDay: string; lastDay: string } | { starts: string; ends: string; zone?: string };
}

/** What a calendar is asked to do, by whom and for whom; both are email addresses. */
export interface CalendarMessage {
	method: 'REQUEST' | 'CANCEL';
	organizer: string;
	recipient: string;
}

/** A calendar that programs ask for again and again. */
export interface Feed {
	name: string;
}

/** A file with these entries: for an email with a `message`, to be opened by hand without. */
export function calendarFile(
	entries: readonly CalendarEntry[],
	message?: CalendarMessage,
	now = new Date(),
	feed?: Feed
): string {
	const lines = [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Calendar//EN',
		'CALSCALE:GREGORIAN',
		...(message ? [`METHOD:${message.method}`] : []),
		...(feed ? feedLines(feed) : []),
		...zonesOf(entries),
		...entries.flatMap((entry) => eventOf(entry, message, now)),
		'END:VCALENDAR'
	];
	return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** Programs choose by themselves how often they ask, some once a day. */
function feedLines({ name }: Feed): string[] {
	return [
		`NAME:${escaped(name)}`,
		`X-WR-CALNAME:${escaped(name)}`,
		'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
		'X-PUBLISHED-TTL:PT1H'
	];
}

function zonesOf(entries: readonly CalendarEntry[]): string[] {
	const moments = new Map<string, number[]>();
	for (const { time } of entries) {
		if (!('starts' in time) || !time.zone) continue;
		const found = moments.get(time.zone) ?? [];
		found.push(Date.parse(time.starts), Date.parse(time.ends));
		moments.set(time.zone, found);
	}
	return [...moments].flatMap(([zone, all]) => zoneLines(zone, all));
}

function eventOf(entry: CalendarEntry, message: CalendarMessage | undefined, now: Date): string[] {
	const optional = { LOCATION: entry.place, DESCRIPTION: entry.text };
	return [
		'BEGIN:VEVENT',
		`UID:${escaped(entry.uid)}`,
		`SEQUENCE:${entry.sequence}`,
		`DTSTAMP:${utc(now.toISOString())}`,
		...timeOf(entry.time),
		`SUMMARY:${escaped(entry.title)}`,
		...Object.entries(optional).flatMap(([name, text]) =>
			text ? [`${name}:${escaped(text)}`] : []
		),
		...(entry.url ? [`URL:${plain(entry.url)}`] : []),
		// Others who may open this calendar see that the person is busy, and no more.
		'CLASS:PRIVATE',
		`STATUS:${message?.method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
		...(message ? peopleOf(message) : []),
		'END:VEVENT'
	];
}

// Answers of calendars change nothing here, so none is asked for.
function peopleOf({ organizer, recipient }: CalendarMessage): string[] {
	return [
		`ORGANIZER:mailto:${plain(organizer)}`,
		`ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${plain(recipient)}`
	];
}

function timeOf(time: CalendarEntry['time']): string[] {
	if ('starts' in time) {
		return [`DTSTART${momentOf(time.starts, time.zone)}`, `DTEND${momentOf(time.ends, time.zone)}`];
	}
	// The end of whole days is the first day after them.
	const after = formatISO(addDays(parseISO(time.lastDay), 1), { representation: 'date' });
	return [`DTSTART;VALUE=DATE:${digits(time.firstDay)}`, `DTEND;VALUE=DATE:${digits(after)}`];
}

/** `;TZID=America/Winnipeg:20271124T090000`, or in UTC without a zone and where that hour comes twice. */
function momentOf(moment: string, zone: string | undefined): string {
	const at = Date.parse(moment);
	return zone && !isRepeated(zone, at) ? `;TZID=${zone}:${wallClock(zone, at)}` : `:${utc(moment)}`;
}

/** `20271124T150000Z` */
function utc(moment: string): string {
	return digits(new Date(moment).toISOString().replace(/\.\d+/, ''));
}

function digits(time: string): string {
	return time.replaceAll(/[-:]/g, '');
}

function escaped(text: string): string {
	const lines = text.replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n');
	return withoutControls(lines.replaceAll(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n'));
}

/** A value that has no escapes, such as an address: nothing in it may begin another line. */
function plain(value: string): string {
	return withoutControls(value.replaceAll(/\s/g, ''));
}

function withoutControls(text: string): string {
	return text.replaceAll(/\p{Cc}/gu, '');
}

const MOST_OCTETS = 75;
const octets = new TextEncoder();

/** The lines of one value, none longer than 75 octets, never cut inside a character. */
function folded(line: string): string {
	let length = 0;
	let result = '';
	for (const character of line) {
		const size = octets.encode(character).length;
		if (length + size > MOST_OCTETS) {
			result += '\r\n ';
			length = 1;
		}
		result += character;
		length += size;
	}
	return result;
}
