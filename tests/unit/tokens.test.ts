import { SignJWT } from 'jose';
import { expect, test, vi } from 'vitest';
import { literal } from '../../src/lib/embedded/patches.server';
import { tokenVerifier } from '../../src/lib/embedded/tokens.server';

const secret = 'a secret of this instance, forty characters';
const verify = tokenVerifier(secret);
const claims = {
	sub: '1b4e28ba-2fa1-4d12-883f-0016d3cca427',
	email: 'amira@example.org',
	session_id: '2c4e28ba-2fa1-4d12-883f-0016d3cca427',
	aud: 'authenticated',
	role: 'authenticated'
};

function sign(
	{ key = secret, expires = '10m', ...changes }: Record<string, unknown> = {},
	alg = 'HS256'
) {
	const token = new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg });
	if (expires) token.setExpirationTime(expires as string);
	return token.sign(new TextEncoder().encode(key as string));
}

test('a token of this instance gives its claims', async () => {
	expect(await verify(await sign())).toEqual({ ...claims, exp: expect.any(Number) });
});

test.each([
	[
		'signed with another secret',
		() => sign({ key: 'a secret of some other instance, of its own' })
	],
	['over', () => sign({ expires: '-1s' })],
	['for another audience', () => sign({ aud: 'somebody-else' })],
	['without an end', () => sign({ expires: null })],
	['of the server’s own role', () => sign({ role: 'service_role' })],
	['of a role of the database', () => sign({ role: 'postgres' })],
	['without a role', () => sign({ role: undefined })],
	['without a session', () => sign({ session_id: undefined })],
	['without a person', () => sign({ sub: undefined })],
	['signed in another way', () => sign({}, 'HS512')],
	[
		'without a signature',
		async () => {
			const [, body] = (await sign()).split('.');
			return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
		}
	],
	[
		'with changed claims',
		async () => {
			const [head, , signature] = (await sign()).split('.');
			const body = Buffer.from(JSON.stringify({ ...claims, exp: 9e9 })).toString('base64url');
			return `${head}.${body}.${signature}`;
		}
	],
	['no token at all', async () => 'a.b.c']
])('a token that is %s is refused', async (_, make) => {
	expect(await verify(await make())).toBeNull();
});

test('a token ends when it says, however often it was seen before', async () => {
	const token = await sign({ expires: '1m' });
	expect(await verify(token)).not.toBeNull();
	vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] });
	try {
		expect(await verify(token)).toBeNull();
	} finally {
		vi.useRealTimers();
	}
});

test.each([
	["O'Brien", "'O''Brien'"],
	['', "''"],
	['back\\slash', " e'back\\\\slash'"],
	["\\'; drop table x; --", " e'\\\\''; drop table x; --'"],
	['nul\0', "'nul'"]
])('%j becomes one literal', (text, expected) => {
	expect(literal(text)).toBe(expected);
});
