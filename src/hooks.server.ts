import { building } from '$app/environment';
import { sequence } from '@sveltejs/kit/hooks';
import { startBackground } from '$lib/background.server';
import { domains } from '$lib/domains';
import * as people from '$lib/people/data.server';
import { openAtStart } from '$lib/platform/db/client.server';
import { bodies } from '$lib/platform/http/bodies.server';
import { compressed } from '$lib/platform/http/compress.server';
import { logError } from '$lib/platform/http/errors.server';
import { flashes } from '$lib/platform/http/flash.server';
import { gate } from '$lib/platform/http/gate.server';
import { headers } from '$lib/platform/http/headers.server';
import { identity } from '$lib/platform/http/identity.server';
import { locale } from '$lib/platform/http/locale.server';
import { redirectMoved } from '$lib/platform/http/moved.server';
import { pageCache } from '$lib/platform/http/pages.server';
import { noindex } from '$lib/platform/http/robots.server';
import { timed } from '$lib/platform/http/timing.server';
import { startOrExit } from '$lib/platform/process.server';

export async function init() {
	if (building) return;
	await startOrExit(openAtStart, startBackground);
}

export const handle = sequence(
	headers,
	bodies(domains),
	compressed,
	redirectMoved,
	timed,
	locale,
	noindex(domains),
	identity(domains, people.who),
	gate,
	flashes,
	pageCache(domains)
);

export const handleError = logError;
