import { jwtVerify } from 'jose';
import type { Claims } from '$lib/platform/db/backend';

/** Verifies the access tokens that this instance has signed; any other algorithm is refused. */
export function tokenVerifier(jwtSecret: string): (token: string) => Promise<Claims | null> {
	const secret = new TextEncoder().encode(jwtSecret);
	return async (token) => {
		try {
			const { payload } = await jwtVerify<{ email?: string }>(token, secret, {
				algorithms: ['HS256'],
				audience: 'authenticated',
				requiredClaims: ['exp', 'sub', 'session_id']
			});
			return { sub: payload.sub, email: payload.email, exp: payload.exp! };
		} catch {
			return null;
		}
	};
}
