import { error } from '@sveltejs/kit';
import * as registrations from '$lib/registrations/data.server';
import { calendarEntry, discreetEntry } from '$lib/registrations/emails';
import * as sessions from '$lib/sessions/data.server';
import { calendarEntries } from '$lib/sessions/words';
import { calendarFile } from '$lib/platform/text/calendar';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { RequestHandler } from './$types';

/**
 * The forum for the calendar of somebody who is confirmed, and the sessions they chose;
 * with discreet emails, days and hours alone.
 */
export const GET: RequestHandler = async ({ locals, params }) => {
	const { db, account, person, silent } = locals;
	if (silent) error(503, m.shared_error_503_text());
	const own = account && (await registrations.withForum(db, params.slug, account.id));
	const { forum, registration } = own ?? {};
	if (!forum || registration?.status !== 'confirmed' || forum.cancelled_at) {
		error(404, m.shared_error_404());
	}
	const { signups } = await sessions.mine(db, forum.forum_id, account!.id);
	const entries = [calendarEntry(forum, registration), ...calendarEntries(signups, registration)];
	return new Response(calendarFile(person?.discreet ? entries.map(discreetEntry) : entries), {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': 'attachment; filename="calendar.ics"',
			'cache-control': 'private, no-store'
		}
	});
};
