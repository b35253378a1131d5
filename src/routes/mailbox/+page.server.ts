import { error } from '@sveltejs/kit';
import { emails as kinds } from '$lib/domains';
import { compose } from '$lib/mail/compose.server';
import * as mail from '$lib/mail/data.server';
import { backend, serviceClient } from '$lib/platform/db/client.server';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { page } from '$lib/platform/http/load.server';
import { readSettings } from '$lib/platform/settings.server';
import type { PageServerLoadEvent } from './$types';

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;
const AT_HOME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip'];

/** Somebody at this very computer: a proxy in front would make everyone look like that. */
function isAtHome({ getClientAddress, request }: PageServerLoadEvent): boolean {
	return (
		LOOPBACK.test(getClientAddress()) &&
		// What the browser typed, not the configured address: another site's name may point here too.
		AT_HOME.test(request.headers.get('host') ?? '') &&
		!FORWARDED.some((header) => request.headers.has(header))
	);
}

export const load = page(async (event: PageServerLoadEvent) => {
	const { origin, smtpUrl, mailFrom = '' } = readSettings();
	// The sample network, or a site that is being tried on this computer and sends no email.
	const isTrial = AT_HOME.test(new URL(origin).host);
	if (!isAtHome(event) || smtpUrl || !(isTrial || (await backend()).sample)) {
		error(404, m.shared_error_404());
	}
	const emails = await mail.mailbox(await serviceClient(), isTrial);
	return {
		emails: emails.map((email) => {
			const { to, subject, words } = compose(email, kinds, origin, mailFrom);
			return {
				id: email.email_id,
				written: email.written_at,
				language: email.language,
				to,
				subject,
				words
			};
		})
	};
});
