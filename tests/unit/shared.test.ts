import { isActionFailure, type RequestEvent } from '@sveltejs/kit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { emailSchema } from '$lib/people/schema';
import { action, preview } from '$lib/platform/http/action.server';
import { link } from '$lib/platform/text/i18n/link';
import { inLanguage } from '$lib/platform/text/i18n/language.server';
import { pair } from '$lib/platform/text/i18n/pair';
import type { FormResult } from '$lib/platform/http/form';
import { found, page } from '$lib/platform/http/load.server';
import { Refusal, Unavailable } from '$lib/platform/db/refusal';
import { sentence } from '$lib/platform/db/refusals.server';

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
	const act = action(schema, async () => ({ done: 'Done.' }), { id: 'it' });
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
		values: { name: 'far too long', picks: ['a'], sure: '', code: '1234' },
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

test('a refusal about one field is said beside that field', async () => {
	const act = action(
		schema,
		async () => {
			throw new Refusal('code_not_good', 422);
		},
		{ beside: { code_not_good: 'code' } }
	);
	const answer = await act(submitted([...whole, ['code', '00000000']]));
	expect(isActionFailure(answer) && answer.data).toMatchObject({
		values: { code: '00000000' },
		errors: { code: expect.stringContaining('This code does not work') }
	});
	expect(isActionFailure(answer) && answer.data).not.toHaveProperty('refusal');
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
	const act = action(schema, async () => ({ done: 'Done.' }));
	const many = Array.from({ length: 501 }, (_, nth): Fields[number] => [`f${nth}`, '']);
	await expect(act(submitted(many))).rejects.toMatchObject({ status: 400 });
});

test('a form that is larger than the server takes says so', async () => {
	const act = action(schema, async () => {});
	const request = { formData: () => Promise.reject(Object.assign(new Error(), { status: 413 })) };
	await expect(act({ request } as unknown as RequestEvent)).rejects.toMatchObject({
		status: 413,
		body: { message: expect.stringContaining('too large') }
	});
});

describe('a form with files', () => {
	const withFiles = z.object({
		title: z.string().min(1),
		paper: z.file().max(2_000_000).mime(['application/pdf', 'image/png']).optional(),
		photos: z.array(z.file().max(1_000))
	});
	const paper = new File(['%PDF'], 'paper.pdf', { type: 'application/pdf' });
	const none = new File([], '', { type: 'application/octet-stream' });

	function sent(fields: [string, string | File][], headers: HeadersInit = {}): RequestEvent {
		const body = new FormData();
		for (const [name, value] of fields) body.append(name, value);
		const request = new Request('http://localhost/', { method: 'POST', body, headers });
		return { request } as RequestEvent;
	}
	const answerTo = async (fields: [string, string | File][], headers?: HeadersInit) => {
		const answer: unknown = await action(withFiles, async () => {})(sent(fields, headers));
		return isActionFailure(answer) ? (answer.data as unknown as FormResult) : undefined;
	};

	test('takes what was chosen; a field without a file is empty', async () => {
		let got: z.output<typeof withFiles> | undefined;
		const act = action(withFiles, async (input) => void (got = input));
		await act(
			sent([
				['title', 'One'],
				['paper', paper],
				['photos', none]
			])
		);
		expect(got?.paper?.name).toBe('paper.pdf');
		expect(got?.photos).toEqual([]);
		await act(
			sent([
				['title', 'One'],
				['paper', none],
				['paper', 'not a file']
			])
		);
		expect(got?.paper).toBeUndefined();
	});

	test('refuses what is too large or of another type, in the reader’s language', async () => {
		const large = new File(['x'.repeat(2_000_001)], 'x.pdf', { type: 'application/pdf' });
		const page = new File(['<script>'], 'x.html', { type: 'text/html' });
		const script = { 'x-sveltekit-action': 'true' };
		const refused = (file: File) =>
			answerTo(
				[
					['title', 'One'],
					['paper', file]
				],
				script
			);
		expect(await refused(large)).toMatchObject({
			values: { title: 'One' },
			errors: { paper: 'This file is too large. The limit is 2 MB.' }
		});
		expect((await refused(page))?.errors?.paper).toContain('PDF, PNG');
		expect((await inLanguage('fr', () => refused(large)))?.errors?.paper).toContain('2\u00a0Mo');
	});

	test('says without script that a file has to be chosen again, and keeps every text', async () => {
		const fields: [string, string | File][] = [
			['title', ''],
			['paper', paper]
		];
		expect((await answerTo(fields))?.errors).toMatchObject({
			title: 'Fill in this field.',
			paper: expect.stringContaining('again')
		});
		expect((await answerTo(fields, { 'x-sveltekit-action': 'true' }))?.errors).not.toHaveProperty(
			'paper'
		);
	});
});

describe('a verb that somebody else’s change came before', () => {
	const refusing = (key: string) =>
		action(
			schema,
			async () => {
				throw new Refusal(key, 409);
			},
			{ stored: async ({ name }) => ({ version: 4, name: `${name} of before` }) }
		);

	test('answers with what is saved now', async () => {
		const answer = await refusing('post_changed')(submitted(whole));
		expect(isActionFailure(answer) && answer.status).toBe(409);
		expect(isActionFailure(answer) && answer.data).toMatchObject({
			values: { name: ' Ida ' },
			stored: { version: 4, name: 'Ida of before' }
		});
	});

	test('that says no for another reason has nothing to show', async () => {
		const answer = await refusing('thread_closed')(submitted(whole));
		expect(isActionFailure(answer) && answer.data).not.toHaveProperty('stored');
	});
});

describe('a preview', () => {
	const shows = preview(schema, ['name'], (text) => `<b>${text}</b>`, { id: 'it' });

	test('shows one text and gives everything back, whatever else is missing', async () => {
		expect(await shows(submitted([['name', ' Ida ']]))).toEqual({
			id: 'it',
			values: { name: ' Ida ', picks: [], sure: '' },
			preview: { name: '<b>Ida</b>' }
		});
	});

	test('of a text that cannot be saved says why', async () => {
		const answer = await shows(submitted([['name', 'far too long']]));
		expect(isActionFailure(answer) && answer.data).toMatchObject({
			values: { name: 'far too long' },
			errors: { name: expect.stringContaining('too long') }
		});
	});
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

test.each([
	['/', '/fr'],
	['/?page=2', '/fr?page=2'],
	['/#top', '/fr#top'],
	['/forums/2027', '/fr/forums/2027'],
	['/forums?x=1#y', '/fr/forums?x=1#y'],
	['/fraser', '/fr/fraser']
] as const)('%s is %s in French, an address without a redirect', (path, french) => {
	expect(link(path, 'fr')).toBe(french);
	expect(link(path, 'en')).toBe(path);
});
