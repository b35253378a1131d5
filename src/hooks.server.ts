import { building, dev } from '$app/environment';
import {
	error,
	isHttpError,
	isRedirect,
	redirect,
	type Handle,
	type HandleServerError,
	type RequestEvent
} from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import * as people from '$lib/people/data.server';
import { clearPages, pageCache } from '$lib/platform/http/pages.server';
import {
	backend,
	counting,
	hasSession,
	hasWellFormedSession,
	inTime,
	onVerb,
	personClient,
	visitorClient
} from '$lib/platform/db/client.server';
import { redirectMoved } from '$lib/platform/http/moved.server';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { paraglideMiddleware } from '$lib/platform/text/i18n/paraglide/server';
import { logger } from '$lib/platform/log.server';
import { Unavailable } from '$lib/platform/db/refusal';
import { readSettings } from '$lib/platform/settings.server';
import { startBackground } from '$lib/background.server';
import { wake } from '$lib/platform/jobs/worker.server';

const { timing, network } = readSettings();

// Verbs that change nothing a visitor reads, and queue nothing. The worker's own are among them: it
// would wake itself for ever.
const UNSEEN = new Set([
	'take_attempt',
	'mark_read',
	'queue_job',
	'claim_jobs',
	'settle_job',
	'delete_old_jobs',
	'delete_old_events'
]);

export async function init() {
	if (building) return;
	// The auth library renews tokens on its own time; what fails there must not end the process.
	process.on('unhandledRejection', (thrown) => {
		logger.error({ name: thrown instanceof Error ? thrown.name : typeof thrown }, 'nobody waited');
	});
	await backend().catch((thrown: Error) => {
		if (thrown.name !== 'FolderInUse') throw thrown;
		// Nothing is broken: a sentence helps more than a trace.
		process.stderr.write(`${thrown.message}\n`);
		process.exit(1);
	});
	if (!network.contact) logger.warn('CONTACT is not set: readers are told to write to nobody');
	onVerb((verb) => {
		if (UNSEEN.has(verb)) return;
		clearPages();
		wake();
	});
	await startBackground();
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Closed doors for every answer, and one address for the whole site. */
const headers: Handle = async ({ event, resolve }) => {
	const { url } = event;
	const response = await answered(() => {
		admit(event);
		return resolve(event);
	});
	response.headers.set('x-content-type-options', 'nosniff');
	response.headers.set('x-frame-options', 'DENY');
	response.headers.set('cross-origin-opener-policy', 'same-origin');
	response.headers.set('cross-origin-resource-policy', 'same-origin');
	response.headers.set(
		'permissions-policy',
		'camera=(), geolocation=(), microphone=(), payment=()'
	);
	// Not "no-referrer": browsers then send a form's origin as null, and `admit` refuses it.
	response.headers.set('referrer-policy', 'same-origin');
	if (url.protocol === 'https:') {
		response.headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
	}
	return response;
};

function admit({ request, url }: RequestEvent): void {
	// Somebody who typed 127.0.0.1 for localhost would be refused by every form.
	const typed = request.headers.get('host') ?? url.host;
	if (!dev && typed !== url.host && LOOPBACK.test(typed) && LOOPBACK.test(url.host)) {
		redirect(307, url.href);
	}
	// Two slashes at the start would name another site as soon as such a path stands in a link.
	if (/^\/[/\\]/.test(url.pathname)) error(404, 'Not found');
	// Kit compares origins for forms only; here every unsafe request has to come from this site.
	if (!SAFE.has(request.method) && request.headers.get('origin') !== url.origin) {
		const said = (['en', 'fr'] as const).map((locale) => m.shared_error_foreign({}, { locale }));
		error(403, said.join('\n\n'));
	}
}

// What is thrown on the way would leave without the headers of this house, an error as the page
// that says the site is down.
async function answered(work: () => Response | Promise<Response>): Promise<Response> {
	try {
		return await work();
	} catch (thrown) {
		if (isHttpError(thrown)) return new Response(thrown.body.message, { status: thrown.status });
		if (!isRedirect(thrown)) throw thrown;
		const { status, location } = thrown;
		return new Response(null, { status, headers: { location, 'cache-control': 'no-store' } });
	}
}

/** The language of the address; a prefix for English would be a second address of the same page. */
const locale: Handle = ({ event, resolve }) => {
	const english = /^\/en(\/[^/\\].*|\/?)$/.exec(event.url.pathname);
	if (english) redirect(308, (english[1] || '/') + event.url.search);
	return paraglideMiddleware(event.request, ({ request, locale }) => {
		event.request = request;
		return resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lang%', locale)
		});
	});
};

// What is kept of a person stays theirs: they may take it along, erase it, and sign out. Everywhere
// else they are visitors. The database says the same: no policy or verb but those two knows them.
const OPEN_TO_SUSPENDED = new Set(['/(member)/account', '/(member)/account/data']);

/** Who asks. Roles and memberships are looked up on each request, never read from the token. */
const identity: Handle = async ({ event, resolve }) => {
	const { locals } = event;
	Object.assign(locals, {
		db: await visitorClient(),
		account: null,
		person: null,
		silent: false,
		suspended: false
	});
	if (!hasSession(event)) return resolve(event);
	try {
		await recognize(event);
	} catch (thrown) {
		if (!(thrown instanceof Unavailable)) throw thrown;
		locals.silent = true;
	}
	const response = await resolve(event);
	response.headers.set('cache-control', 'private, no-store');
	return response;
};

async function recognize(event: RequestEvent): Promise<void> {
	if (!(await hasWellFormedSession(event))) return;
	const db = await personClient(event);
	// A renewed token has to write its cookies before the answer leaves.
	await inTime(db.auth.getSession());
	const { data } = await inTime(db.auth.getClaims());
	if (!data?.claims.email) return;
	const person = await people.me(db);
	const suspended = person?.suspended ?? false;
	event.locals.suspended = suspended;
	if (suspended && !OPEN_TO_SUSPENDED.has(event.route.id ?? '')) return;
	Object.assign(event.locals, {
		db,
		person: suspended ? null : person,
		account: { id: data.claims.sub, email: data.claims.email }
	});
}

/** What a page asks of the backend beyond who reads it, told to the bench. */
const timed: Handle = async ({ event, resolve }) => {
	if (!timing) return resolve(event);
	const { it: response, calls } = await counting(() => resolve(event));
	response.headers.set('server-timing', `backend;desc="${calls}"`);
	return response;
};

// As an action would answer a form that script has sent.
function signedOut(): Response {
	const error = { message: m.shared_signed_out() };
	return Response.json({ type: 'error', status: 401, error }, { status: 401 });
}

/**
 * Which side of the counter a page stands on is the name of its folder. The folders' layouts say
 * no to readers, on a designed page; here nobody gets past with a form either.
 */
const gate: Handle = ({ event, resolve }) => {
	const { route, locals, url, request } = event;
	const organize = route.id?.startsWith('/(organize)') ?? false;
	const closed = organize || (route.id?.startsWith('/(member)') ?? false);
	if (closed && !locals.account && !locals.silent) {
		const address = encodeURIComponent(url.pathname + url.search);
		if (SAFE.has(request.method)) redirect(303, `${link('/sign-in')}?next=${address}`);
		// Whoever lost the session while writing must not lose the text: the form stays where it is,
		// or, without script, goes on to a page that gives it back (307 sends it again).
		if (request.headers.has('x-sveltekit-action')) return signedOut();
		redirect(307, `${link('/sign-in/kept')}?to=${address}`);
	}
	if (organize && !locals.silent && !locals.person?.organizer && !SAFE.has(request.method))
		error(404, m.shared_error_404());
	return resolve(event);
};

export const handle = sequence(headers, redirectMoved, locale, identity, timed, gate, pageCache);

// The log names a place in the code and nobody; the reader gets the number to quote.
export const handleError: HandleServerError = ({ error: thrown, event, status, message }) => {
	if (status < 500) return { message };
	const id = crypto.randomUUID().slice(0, 8);
	const trace = thrown instanceof Error ? thrown.stack?.split('\n').slice(1, 6) : undefined;
	logger.error(
		{
			id,
			status,
			route: event.route.id,
			name: thrown instanceof Error ? thrown.name : typeof thrown,
			trace
		},
		dev && thrown instanceof Error ? thrown.message : 'unexpected error'
	);
	return { message, id };
};
