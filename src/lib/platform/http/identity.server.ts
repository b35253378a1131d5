import type { Handle, RequestEvent, ResolveOptions } from '@sveltejs/kit';
import { visitorClient, withDeadline, type Db } from '../db/client.server';
import { Unavailable } from '../db/refusal';
import { hasSession, signedIn } from '../db/session.server';
import type { Domain } from '../domain';
import { whoSchema } from './who';

type Resolve = (event: RequestEvent, options?: ResolveOptions) => Response | Promise<Response>;

const READS = new Set(['GET', 'HEAD']);

/**
 * Finds out who asks. The token says which account, by its signature; profile, roles, suspension and
 * whether the session still exists are looked up on each request, in one call with the page's data.
 * A form post is not looked up first: its verb has the same guards, and `locals.identify` does it before
 * a page is shown.
 * @param domains which calls answer pages (`pages`), which pages suspended people keep (`openToSuspended`)
 * @param who the call for every other page
 */
export function identity(
	domains: readonly Domain[],
	who: (db: Db) => Promise<{ who: unknown; page?: unknown }>
): Handle {
	const pages = new Map(domains.flatMap((domain) => Object.entries(domain.pages ?? {})));
	const openToSuspended = new Set(domains.flatMap((domain) => domain.openToSuspended ?? []));

	return ({ event, resolve }) => withDeadline(() => identified(event, resolve));

	async function identified(event: RequestEvent, resolve: Resolve): Promise<Response> {
		const { locals } = event;
		let asked: Promise<void> | undefined;
		Object.assign(locals, {
			db: await visitorClient(),
			account: null,
			person: null,
			silent: false,
			suspended: false,
			suspendedReason: null,
			page: undefined,
			identify: () => (asked ??= orSilent(event, lookUp))
		} satisfies Omit<App.Locals, 'takeFlash'>);
		if (!hasSession(event)) return resolve(event);
		await orSilent(event, async () => void Object.assign(locals, await signedIn(event)));
		if (READS.has(event.request.method)) await locals.identify();
		const response = await resolve(event);
		response.headers.set('cache-control', 'private, no-store');
		return response;
	}

	async function lookUp(event: RequestEvent): Promise<void> {
		const { locals, route } = event;
		if (!locals.account) return;
		const call = pages.get(route.id ?? '');
		const found = call ? await call(locals.db, event) : await who(locals.db);
		const { signed_in, person } = whoSchema.parse(found.who);
		locals.suspended = person?.suspended ?? false;
		locals.suspendedReason = person?.suspended_reason ?? null;
		if (!signed_in || (locals.suspended && !openToSuspended.has(route.id ?? ''))) {
			Object.assign(locals, { db: await visitorClient(), account: null });
			return;
		}
		locals.page = found.page;
		locals.person = locals.suspended ? null : person;
	}
}

// A backend that does not answer leaves the reader unknown: closed pages answer 503, public ones go on.
async function orSilent(
	event: RequestEvent,
	work: (event: RequestEvent) => Promise<void>
): Promise<void> {
	try {
		await work(event);
	} catch (thrown) {
		if (!(thrown instanceof Unavailable)) throw thrown;
		event.locals.silent = true;
	}
}
