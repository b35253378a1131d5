import { tzOffset } from '@date-fns/tz';

// Time zones as iCalendar wants them: each change of the clock that matters, written out. Rules would have to be guessed
// from a table that this site does not have.

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** `20271124T090000`, the clock on the wall at a moment, with the offset of that moment or another one in minutes. */
export function wallClock(zone: string, moment: number, offset = offsetAt(zone, moment)): string {
	const text = new Date(moment + offset * MINUTE).toISOString();
	return text.slice(0, 19).replaceAll(/[-:]/g, '');
}

function offsetAt(zone: string, moment: number): number {
	return tzOffset(zone, new Date(moment));
}

/** Whether the clock shows this hour twice: programs do not agree which of both iCalendar means. */
export function isRepeated(zone: string, moment: number): boolean {
	const offset = offsetAt(zone, moment);
	return [-DAY, DAY].some((away) => {
		const other = offsetAt(zone, moment + away);
		const twin = moment + (offset - other) * MINUTE;
		return other !== offset && offsetAt(zone, twin) === other;
	});
}

/** The zone from a day before the first moment to a day after the last one, as lines. */
export function zoneLines(zone: string, moments: number[]): string[] {
	const from = Math.min(...moments) - DAY;
	const lines = [
		'BEGIN:VTIMEZONE',
		`TZID:${zone}`,
		...observance(zone, from, offsetAt(zone, from), offsetAt(zone, from))
	];
	for (const change of changes(zone, from, Math.max(...moments) + DAY))
		lines.push(
			...observance(zone, change, offsetAt(zone, change - MINUTE), offsetAt(zone, change))
		);
	return [...lines, 'END:VTIMEZONE'];
}

function observance(zone: string, moment: number, before: number, after: number): string[] {
	const kind = after > before ? 'DAYLIGHT' : 'STANDARD';
	return [
		`BEGIN:${kind}`,
		`DTSTART:${wallClock(zone, moment, before)}`,
		`TZOFFSETFROM:${signed(before)}`,
		`TZOFFSETTO:${signed(after)}`,
		`END:${kind}`
	];
}

/** The moments at which the clock changes, to the minute. */
function changes(zone: string, from: number, to: number): number[] {
	const found: number[] = [];
	for (let day = from; day < to; day += DAY) {
		let [low, high] = [day, day + DAY];
		const before = offsetAt(zone, low);
		if (offsetAt(zone, high) === before) continue;
		while (high - low > MINUTE) {
			const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
			if (offsetAt(zone, middle) === before) low = middle;
			else high = middle;
		}
		// On the minute, whatever second the first moment has.
		found.push(Math.floor(high / MINUTE) * MINUTE);
	}
	return found;
}

function signed(minutes: number): string {
	const size = Math.abs(minutes);
	const part = (number: number) => String(number).padStart(2, '0');
	return `${minutes < 0 ? '-' : '+'}${part(Math.floor(size / 60))}${part(size % 60)}`;
}
