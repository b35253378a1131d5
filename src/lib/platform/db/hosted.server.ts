import type { Settings } from '../settings.server';
import type { Backend } from './backend';

const patience = 3_000;

/**
 * A Supabase project, hosted or self-hosted: for production. Migrations are applied to it by
 * `supabase db push`; nothing is opened here, so nothing can fail before the first request.
 */
export function openHosted({ url, publishableKey, secretKey }: NonNullable<Settings['supabase']>) {
	return {
		kind: 'supabase',
		url,
		publishableKey,
		secretKey,
		sample: false,
		fetch: (input, init) => {
			const limit = AbortSignal.timeout(patience);
			const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
			return globalThis.fetch(input, { ...init, signal });
		},
		close: async () => {}
	} satisfies Backend;
}
