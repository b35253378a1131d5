import { createClient } from '@supabase/supabase-js';
import type { Settings } from '../settings.server';
import type { Backend } from './backend';

const patience = 3_000;

/**
 * A Supabase project, hosted or self-hosted: for production. Migrations are applied to it by
 * `supabase db push`; nothing is opened here, so nothing can fail before the first request.
 */
export function openHosted({ url, publishableKey, secretKey }: NonNullable<Settings['supabase']>) {
	const { auth } = createClient(url, publishableKey, {
		auth: { persistSession: false, autoRefreshToken: false },
		// Node 20 has no WebSocket, and realtime is not used.
		realtime: { transport: function () {} as unknown as typeof WebSocket }
	});
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
		// By the project's public keys, which the library fetches once and keeps; a project with the older
		// shared secret is asked each time a token is new.
		async verify(token) {
			const { data } = await auth.getClaims(token);
			return data ? { sub: data.claims.sub, email: data.claims.email, exp: data.claims.exp } : null;
		},
		close: async () => {}
	} satisfies Backend;
}
