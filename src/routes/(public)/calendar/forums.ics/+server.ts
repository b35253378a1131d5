import * as calendars from '$lib/calendars/data.server';
import { forumEntries } from '$lib/calendars/words';
import { calendarFeed } from '$lib/platform/http/calendar.server';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { readSettings } from '$lib/platform/settings.server';
import type { RequestHandler } from './$types';

/** All published forums, for any calendar. */
export const GET: RequestHandler = async ({ request }) => {
	const entries = forumEntries(await calendars.forums(), readSettings().origin);
	return calendarFeed(request, entries, { name: m.calendars_public() });
};
