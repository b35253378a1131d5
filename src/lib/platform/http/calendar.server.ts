import { createHash } from 'node:crypto';
import { calendarFile, type CalendarEntry, type Feed } from '../text/calendar';

/**
 * A calendar that programs ask for again and again: 304 while nothing has changed. Entries are stamped with the day,
 * so that the same entries are the same bytes.
 */
export function calendarFeed(
	{ headers }: Pick<Request, 'headers'>,
	entries: readonly CalendarEntry[],
	feed: Feed
): Response {
	const today = new Date();
	today.setUTCHours(0, 0, 0, 0);
	const body = calendarFile(entries, undefined, today, feed);
	const etag = `W/"${createHash('sha256').update(body).digest('base64url')}"`;
	const same = { etag, 'cache-control': 'private, no-cache' };
	if (headers.get('if-none-match')?.split(/,\s*/).includes(etag))
		return new Response(null, { status: 304, headers: same });
	return new Response(body, {
		headers: {
			...same,
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': 'attachment; filename="calendar.ics"'
		}
	});
}
