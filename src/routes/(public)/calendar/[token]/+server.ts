import { error } from '@sveltejs/kit';
import * as calendars from '$lib/calendars/data.server';
import { ownEntries } from '$lib/calendars/words';
import { calendarFeed } from '$lib/platform/http/calendar.server';
import { refusedBy } from '$lib/platform/http/refused.server';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { RequestHandler } from './$types';

/** The calendar of the person whose address it is; a program asks, so nobody is signed in. */
export const GET: RequestHandler = async ({ params, request }) => {
	const token = /^([0-9a-f]{64})\.ics$/.exec(params.token)?.[1];
	const feed = token && (await calendars.feed(token).catch(orUnavailable));
	if (!feed) error(404, m.shared_error_404_text());
	const name = feed.titles === 'names' ? m.calendars_feed() : m.calendars_feed_neutral();
	return calendarFeed(request, ownEntries(feed), { name });
};

// A 404 would have a program forget the calendar.
function orUnavailable(thrown: unknown): never {
	const refused = refusedBy(thrown);
	if (refused?.status === 503) error(503, refused.sentence);
	throw thrown;
}
