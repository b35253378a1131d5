import { error } from '@sveltejs/kit';
import { readSettings } from '$lib/platform/settings.server';
import type { RequestHandler } from './$types';

const { network } = readSettings();
const QUARTER = 90 * 24 * 60 * 60_000;

/** Whom to tell of a way to break in (RFC 9116); nothing while no mailbox is set. */
export const GET: RequestHandler = ({ url }) => {
	if (!network.contact) error(404, 'Not found');
	const lines = [
		`Contact: mailto:${network.contact}`,
		`Expires: ${new Date(Date.now() + QUARTER).toISOString()}`,
		'Preferred-Languages: en, fr',
		`Canonical: ${url.origin}/.well-known/security.txt`,
		''
	];
	return new Response(lines.join('\n'), {
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'max-age=3600' }
	});
};
