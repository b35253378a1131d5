import { m } from './text/i18n/paraglide/messages';
import { getLocale } from './text/i18n/paraglide/runtime';

/** Whose site this is, as the settings say it. */
export interface Network {
	en?: string;
	fr?: string;
	address?: string;
	contact?: string;
}

/** What the network calls itself in the reader's language, or what it is. */
export function networkName(network: Network): string {
	return network[getLocale()] ?? m.shared_network();
}
