import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Accounts with a session, signed in without the 3,000 emails that it would take otherwise.
 *
 * @typedef {{ id: string, email: string, session: string }} Account
 */

const lifetime = 12 * 60 * 60;

/**
 * The cookie of each account: a session in the form of `@supabase/ssr`, whose access token is signed
 * with the secret of the data folder. Depends on `platform/db/client.server.ts` and on nothing else.
 * @param {string} data the data folder
 * @returns {(account: Account) => string} the value of the cookie header
 */
export function cookiesOf(data) {
	const { jwtSecret } = JSON.parse(readFileSync(join(data, 'secrets.json'), 'utf8'));
	const now = Math.floor(Date.now() / 1000);
	return ({ id, email, session }) => {
		const claims = {
			sub: id,
			aud: 'authenticated',
			role: 'authenticated',
			email,
			session_id: session,
			aal: 'aal1',
			is_anonymous: false,
			iat: now,
			exp: now + lifetime
		};
		const stored = {
			access_token: sign(claims, jwtSecret),
			// Never used: the token outlives the bench.
			refresh_token: 'none',
			expires_at: now + lifetime,
			expires_in: lifetime,
			token_type: 'bearer',
			user: { id, email, aud: 'authenticated', role: 'authenticated' }
		};
		return `convergence=base64-${base64url(JSON.stringify(stored))}`;
	};
}

/**
 * @param {object} claims
 * @param {string} secret
 */
function sign(claims, secret) {
	const head = base64url(JSON.stringify({ alg: 'HS256', typ: 'JWT' }));
	const signed = `${head}.${base64url(JSON.stringify(claims))}`;
	return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** @param {string} text */
function base64url(text) {
	return Buffer.from(text).toString('base64url');
}
