import { jwtVerify, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';

/** What an access token of this backend says. */
export type Token = JWTPayload & { sub: string; session_id: string; exp: number; email?: string };

const MOST = 2_000;

/**
 * Verifies the access tokens that this instance has signed for a person; any other algorithm, and any other role,
 * is refused. A signature does not change, so a token is verified once; its end is looked at each time.
 */
export function tokenVerifier(jwtSecret: string): (token: string) => Promise<Token | null> {
	const secret = new TextEncoder().encode(jwtSecret);
	const verified = new LRUCache<string, Token>({ max: MOST });
	return async (token) => {
		const known = verified.get(token) ?? (await verify(token));
		if (!known || known.exp * 1000 <= Date.now()) return null;
		verified.set(token, known);
		return known;
	};

	async function verify(token: string): Promise<Token | null> {
		try {
			const { payload } = await jwtVerify<Token>(token, secret, {
				algorithms: ['HS256'],
				audience: 'authenticated',
				requiredClaims: ['exp', 'sub', 'session_id']
			});
			return payload.role === 'authenticated' ? payload : null;
		} catch {
			return null;
		}
	}
}
