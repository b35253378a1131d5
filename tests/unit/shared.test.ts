import { isActionFailure, type RequestEvent } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { emailSchema } from '$lib/people/schema';
import { action } from '$lib/platform/http/action.server';
import { inLanguage } from '$lib/platform/text/i18n/language.server';
import { pair } from '$lib/platform/text/i18n/pair';
import { oneLine } from '$lib/platform/text/line';
import { found, page } from '$lib/platform/http/load.server';
import { Refusal, Unavailable } from '$lib/platform/db/refusal';
import { sentence } from '$lib/platform/db/refusals.server';
import { names } from '../names';

const schema = z.object({
	name: z.string().trim().min(1).max(5),
	picks: z.array(z.string()),
	sure: z.boolean(),
	code: z.string().optional()
});

type Fields = [string, string][];
function submitted(fields: Fields): RequestEvent {
	const body = new FormData();
	for (const [name, value] of fields) body.append(name, value);
	return { request: new Request('http://localhost/', { method: 'POST', body }) } as RequestEvent;
}

const whole: Fields = [
	['name', ' Ida '],
	['picks', 'a'],
	['picks', 'b'],
	['sure', 'on']
];

test('a form is read by its shape: texts, lists, boxes', async () => {
	let got: unknown;
	const act = action(schema, async (input) => void (got = input));
	expect(await act(submitted(whole))).toEqual({ id: undefined });
	expect(got).toEqual({ name: 'Ida', picks: ['a', 'b'], sure: true });
});

test('what is wrong is said field by field, and everything typed comes back', async () => {
	const act = action(schema, async () => 'done', { id: 'it', secret: ['code'] });
	const answer = await act(
		submitted([
			['name', 'far too long'],
			['picks', 'a'],
			['code', '1234']
		])
	);
	expect(isActionFailure(answer) && answer.status).toBe(400);
	expect(isActionFailure(answer) && answer.data).toEqual({
		id: 'it',
		values: { name: 'far too long', picks: ['a'], sure: '' },
		errors: { name: 'This text is too long: the limit is 5 characters. Nothing was cut.' }
	});
});

test.each([
	[new Refusal('sector_needs_organizer', 403), 403, 'sector_needs_organizer'],
	[new Unavailable(), 503, 'unavailable']
])('%s becomes a status and a sentence, and the text stays', async (thrown, status, key) => {
	const act = action(schema, async () => {
		throw thrown;
	});
	const answer = await act(submitted(whole));
	expect(isActionFailure(answer) && answer.status).toBe(status);
	expect(isActionFailure(answer) && answer.data).toMatchObject({
		values: { name: ' Ida ' },
		refusal: { key, sentence: expect.stringMatching(/\.$/) }
	});
});

test('a bug stays a bug', async () => {
	const act = action(schema, async () => {
		throw new TypeError('oops');
	});
	await expect(act(submitted(whole))).rejects.toThrow('oops');
});

test('a refusal speaks the reader’s language and tells its figures', () => {
	const closed = new Refusal(
		'registration_closed',
		409,
		JSON.stringify({ at: '2027-11-13T05:59:00Z', zone: 'America/Winnipeg' })
	);
	expect(inLanguage('en', () => sentence(closed))).toContain('Friday, November\u00a012, 2027');
	expect(inLanguage('fr', () => sentence(closed))).toContain('vendredi 12\u00a0novembre 2027');
	expect(inLanguage('fr', () => sentence(new Refusal('never_heard_of', 422)))).toContain('rien');
});

test('a pair is read in the reader’s language', () => {
	const row = { name_en: 'Forum', name_fr: 'Forum pancanadien', year: 2027 };
	expect(inLanguage('fr', () => pair(row, 'name'))).toBe('Forum pancanadien');
	expect(inLanguage('en', () => pair(row, 'name'))).toBe('Forum');
});

test.each([
	[new Refusal('organizers_only', 403), 403],
	[new Unavailable(), 503]
])('on a page %s becomes that status, with its sentence', async (thrown, status) => {
	const load = page(async () => {
		throw thrown;
	});
	const event = { locals: { identify: async () => {} } } as { locals: App.Locals };
	await expect(load(event)).rejects.toMatchObject({
		status,
		body: { message: expect.stringMatching(/\.$/) }
	});
});

test('what is not found is a 404, and nothing is something', () => {
	expect(() => found(null)).toThrow(expect.objectContaining({ status: 404 }));
	expect(found(0)).toBe(0);
});

test('no text carries a NUL into the database, and line ends are the same everywhere', async () => {
	let got: unknown;
	const act = action(schema, async (input) => void (got = input));
	await act(
		submitted([
			['name', 'a\0b'],
			['picks', 'a\r\nb']
		])
	);
	expect(got).toMatchObject({ name: 'ab', picks: ['a\nb'] });
});

test('a form with more fields than any of ours is none', async () => {
	const act = action(schema, async () => 'done');
	const many = Array.from({ length: 501 }, (_, nth): Fields[number] => [`f${nth}`, '']);
	await expect(act(submitted(many))).rejects.toMatchObject({ status: 400 });
});

test.each(names)('of a name, what %s', (_, typed, expected) => {
	expect(oneLine(typed)).toBe(expected);
});

test('a name as long as a form may be is trimmed before anybody tires', () => {
	expect(oneLine(`a${' '.repeat(500_000)}b`)).toHaveLength(500_002);
	expect(oneLine('\u200d\u115f\u2800')).toBe('');
});

test.each([
	['/forums/winnipeg/register', '/forums/winnipeg/register'],
	['/threads/x?page=2#post-51', '/threads/x?page=2#post-51'],
	['/→', ''],
	['/\\evil.example', ''],
	['//evil.example', ''],
	['https://evil.example', ''],
	['/a b', '']
])('after signing in, %s leads to “%s”', (next, expected) => {
	expect(emailSchema.shape.next.parse(next)).toBe(expected);
});
