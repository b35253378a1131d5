import { describe, expect, test } from 'vitest';
import { codeSchema, emailSchema } from '$lib/people/schema';

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
