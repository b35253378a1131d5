import { isUnsent, Rendered } from '$lib/platform/text/rendered';
import type { Reroute, Transport } from '@sveltejs/kit';
import { deLocalizeUrl } from '$lib/platform/text/i18n/paraglide/runtime';

/** The language is the first part of the address; routes know nothing of it. */
export const reroute: Reroute = ({ url }) => deLocalizeUrl(url).pathname;

// Not sent for hydration: the document holds the HTML already, and Svelte keeps the server's nodes for any
// value that is not empty.
export const transport: Transport = {
	Rendered: {
		encode: (value) => value instanceof Rendered && 1,
		decode: () => new Rendered(' ')
	},
	Unsent: {
		encode: (value) => isUnsent(value) && 1,
		decode: () => ({})
	}
};
