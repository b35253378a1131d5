import type { Reroute } from '@sveltejs/kit';
import { deLocalizeUrl } from '$lib/platform/text/i18n/paraglide/runtime';

/** The language is the first part of the address; routes know nothing of it. */
export const reroute: Reroute = ({ url }) => deLocalizeUrl(url).pathname;
