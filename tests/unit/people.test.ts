import { describe, expect, test, vi } from 'vitest';
import { enterWithCode } from '$lib/people/data.server';
import { codeSchema, emailList, emailSchema } from '$lib/people/schema';
import type { Db } from '$lib/platform/db/client.server';

describe('an address', () => {
	const read = (email: string) => emailSchema.safeParse({ email, next: '' }).data?.email;

	test.each([
		['Ida@Example.org', 'ida@example.org'],
		['\u200bida@example.org\u200b', 'ida@example.org'],
		['\u202aida@example.org\u202c', 'ida@example.org'],
		['<ida@example.org>', 'ida@example.org'],
		['Ida B. <ida@example.org>', 'ida@example.org'],
		['mailto:ida@example.org', 'ida@example.org'],
		['ida@example.org.', 'ida@example.org'],
		['ida@example.org,', 'ida@example.org'],
		['ida\uff20example.org', 'ida@example.org'],
		['jean@québec.ca', 'jean@xn--qubec-csa.ca'],
		['x@example.xn--p1ai', 'x@example.xn--p1ai'],
		["o'neil+forum@example.org", "o'neil+forum@example.org"],
		['r&d/a=b#c%d@example.org', 'r&d/a=b#c%d@example.org']
	])('%s is %s', (typed, address) => {
		expect(read(typed)).toBe(address);
	});

	test.each(['', 'ida', 'ida@', '@example.org', 'ida@example', 'ida b@example.org', 'a@b@c.org'])(
		'“%s” is none',
		(typed) => {
			expect(read(typed)).toBeUndefined();
		}
	);
});

test.each([
	['1234 5678', '12345678'],
	['1234\u00a0\u2013\u00a05678', '12345678'],
	['\uff18\uff12\uff13\uff16\uff12\uff16\uff18\uff18', '82362688'],
	['\u0662\u0664\u0662\u0661\u0667\u0665\u0660\u0669', '24217509'],
	['\u06f2\u06f4\u06f2\u06f1\u06f7\u06f5\u06f0\u06f9', '24217509']
])('the code %s is %s', (typed, code) => {
	expect(codeSchema.parse({ email: 'ida@example.org', code: typed }).code).toBe(code);
});

test.each([
	['/forums/winnipeg/register', '/forums/winnipeg/register'],
	['/fr/forums/winnipeg?x=1', '/forums/winnipeg?x=1'],
	['/fr', '/'],
	['/fr?x=1', '/?x=1'],
	['/friends', '/friends'],
	['//evil.example', ''],
	['/fr//evil.example', ''],
	['https://evil.example', '']
])('the path %s leads to “%s”, in whatever language', (sent, next) => {
	expect(emailSchema.shape.next.parse(sent)).toBe(next);
});

describe('a code that is sent twice at the same moment', () => {
	const browser = (verifyOtp: () => Promise<unknown>) => {
		const auth = { verifyOtp: vi.fn(verifyOtp), setSession: vi.fn(async () => ({})) };
		return { auth, db: { auth } as unknown as Db };
	};
	const session = { user: { email: 'ida@example.org' } };
	const enter = (db: Db, code: string, from = '192.0.2.1') =>
		enterWithCode(db, 'ida@example.org', code, from);
	const good = async () => ({ data: { session } });
	const wrong = async () => ({ data: { session: null } });

	test('is asked for once, and gives both the same session', async () => {
		const [one, two] = [browser(good), browser(wrong)];
		expect(await Promise.all([enter(one.db, '1'), enter(two.db, '1')])).toEqual([true, true]);
		expect(two.auth.verifyOtp).not.toHaveBeenCalled();
		expect(two.auth.setSession).toHaveBeenCalledWith(session);
	});

	test('is good for no other sender', async () => {
		expect(await enter(browser(good).db, '2')).toBe(true);
		expect(await enter(browser(wrong).db, '2', '192.0.2.2')).toBe(false);
	});

	test('that was wrong, or met a backend that is silent, is asked for again', async () => {
		const silent = async () => {
			throw new Error('silent');
		};
		await expect(enter(browser(silent).db, '3')).rejects.toThrow('backend_unavailable');
		expect(await enter(browser(wrong).db, '3')).toBe(false);
		expect(await enter(browser(good).db, '3')).toBe(true);
	});
});

test('a pasted list gives its addresses once each, and names the lines where there is none', () => {
	const list = emailList(3);
	const pasted =
		'Guest, First <A@example.org>\r\nb@example.org; B@example.org\n\n"Third" c@example.org.\n';
	expect(list.parse(pasted)).toEqual(['a@example.org', 'b@example.org', 'c@example.org']);
	const refused = (typed: string) => list.safeParse(typed).error?.issues[0]?.message;
	expect(refused('a@example.org\nName,Email')).toBe(
		'No email address could be read in this line: “Name,Email”. Correct it or remove it.'
	);
	expect(refused('x\ny\nz\nu@@v')).toContain('4 lines, such as “x”, “y” and “z”');
	expect(refused('  \n')).toBeTruthy();
	expect(refused('a@b.ca b@b.ca c@b.ca d@b.ca')).toContain('at most 3 addresses');
});
