import type { RequestEvent } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Refusal, Unavailable } from '$lib/platform/db/refusal';
import { endpoint } from '$lib/platform/http/endpoint.server';
import { inLanguage } from '$lib/platform/text/i18n/language.server';

const schema = z.object({ name: z.string().min(1), tags: z.array(z.string()), sure: z.boolean() });
const input = { name: 'Ida', tags: ['a', 'b'], sure: true };

function asked(body?: unknown, query = '', silent = false) {
	const url = new URL(`http://localhost/it${query}`);
	const request =
		body === undefined
			? new Request(url)
			: new Request(url, { method: 'POST', body: JSON.stringify(body) });
	return { request, url, locals: { silent } } as unknown as RequestEvent;
}

const echo = endpoint(schema, async (sent) => sent, { headers: { 'x-kind': 'sample' } });

test.each([
	['the address of a read', asked(undefined, '?name=Ida&tags=a&tags=b&sure=on&more=1')],
	['a body of JSON', asked({ ...input, more: 1 })]
])('takes its input from %s, by its shape', async (_, event) => {
	const answer = await echo(event);
	expect(answer.headers.get('x-kind')).toBe('sample');
	expect(await answer.json()).toEqual(input);
});

test('nothing to say is null', async () => {
	const silent = endpoint(z.object({}), async () => {});
	expect(await (await silent(asked())).json()).toBeNull();
});

test.each([
	['of another shape', asked({ ...input, name: '' }), { name: 'Fill in this field.' }],
	['that holds no object', asked('text'), { '': expect.stringMatching(/\.$/) }]
])('a body %s is a 400 that says what is wrong', async (_, event, errors) => {
	await expect(echo(event)).rejects.toMatchObject({ status: 400, body: { errors } });
});

test('a body that is no JSON is a 400', async () => {
	const event = asked(input);
	const request = new Request('http://localhost/it', { method: 'POST', body: '{' });
	await expect(echo({ ...event, request })).rejects.toMatchObject({
		status: 400,
		body: { message: expect.stringMatching(/\.$/) }
	});
});

test.each([
	[new Refusal('sector_needs_organizer', 403), 403, 'sector_needs_organizer'],
	[new Unavailable(), 503, 'unavailable']
])('%s becomes a status and the sentence that a form would say', async (thrown, status, key) => {
	const refused = endpoint(schema, async () => {
		throw thrown;
	});
	await expect(refused(asked(input))).rejects.toMatchObject({
		status,
		body: { key, message: expect.stringMatching(/\.$/) }
	});
});

test('the sentence is in the reader’s language', async () => {
	const refused = endpoint(schema, async () => {
		throw new Refusal('not_allowed', 403);
	});
	await expect(inLanguage('fr', () => refused(asked(input)))).rejects.toMatchObject({
		body: { message: expect.stringContaining('accès') }
	});
});

test('a backend that did not say who asks is a 503', async () => {
	await expect(echo(asked(input, '', true))).rejects.toMatchObject({ status: 503 });
});

test('a bug stays a bug', async () => {
	const broken = endpoint(schema, async () => {
		throw new TypeError('oops');
	});
	await expect(broken(asked(input))).rejects.toThrow('oops');
});
