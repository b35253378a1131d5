import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileName, secureAddress } from '$lib/materials/rules';
import { fileSchema, type Material } from '$lib/materials/schema';
import { factsOf, groupsOf, roomWords } from '$lib/materials/words';
import { bodies } from '$lib/platform/http/bodies.server';
import { download } from '$lib/platform/http/file.server';
import type { RequestEvent } from '@sveltejs/kit';
import type { Domain } from '$lib/platform/domain';

const material: Material = {
	material_id: '1',
	session_id: null,
	session: null,
	audience: 'public',
	language: 'en',
	title_en: 'Slides',
	title_fr: 'Diapositives',
	url: null,
	type: 'pdf',
	bytes: 1_234_567,
	version: 1
};

test('the name of a download is made from its title, and is plain ASCII', () => {
	expect(fileName('Budget 2027 : l’été à Cœur')).toBe('budget-2027-l-ete-a-coeur');
	expect(fileName('../../etc/passwd')).toBe('etc-passwd');
	expect(fileName('a.pdf\u202efdp.exe')).toBe('a-pdf-fdp-exe');
	for (const title of ['', '李', '🍁', '…/..']) expect(fileName(title)).toBe('file');
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (title) => {
			expect(fileName(title)).toMatch(/^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?$/);
		})
	);
});

test('a link is https, without a password, to a host with a name', () => {
	expect(secureAddress('https://example.org/a b?c=é')).toBe('https://example.org/a%20b?c=%C3%A9');
	expect(secureAddress('https://exámple.org')).toBe('https://xn--exmple-qta.org/');
	for (const typed of [
		'http://example.org',
		'javascript:alert(1)',
		'https://me:secret@example.org',
		'https://localhost/',
		'https:',
		'example.org',
		''
	])
		expect(secureAddress(typed), typed).toBeNull();
});

test('a form takes 10 MB, and neither a byte more nor none', () => {
	const about = {
		material: crypto.randomUUID(),
		session: '',
		audience: 'public',
		language: 'en',
		title_en: 'Slides',
		title_fr: 'Diapositives'
	};
	const fits = (bytes: number) =>
		fileSchema.safeParse({ ...about, file: new File([new Uint8Array(bytes)], 'a') }).success;
	expect([fits(0), fits(1), fits(10_000_000), fits(10_000_001)]).toEqual([
		false,
		true,
		true,
		false
	]);
});

test('each line says what it is, how large and in which language', () => {
	expect(factsOf(material)).toBe('PDF, 1.2 MB, in English');
	expect(factsOf({ ...material, bytes: 12 })).toBe('PDF, 0.1 MB, in English');
	const link = { ...material, type: null, bytes: null, url: 'https://video.example.org/x' };
	expect(factsOf(link)).toBe('Link to the site video.example.org, in English');
	expect(roomWords(0, 200_000_000)).toBe('The files take 0 of 200 MB.');
});

test('groups are in the order of the program', () => {
	const session = { title_en: 'Housing', title_fr: 'Logement' };
	const of = { ...material, session_id: 's', session };
	expect(
		groupsOf([material, of, of]).map(({ title, materials }) => [title, materials.length])
	).toEqual([
		['The whole forum', 1],
		['Housing', 2]
	]);
});

test('a download is stored and never shown', async () => {
	const body = new Blob(['%PDF']).stream();
	const answer = await download({ type: 'pdf', body, bytes: 4 }, 'slides', 'GET');
	expect(answer.headers.get('content-disposition')).toBe('attachment; filename="slides.pdf"');
	expect(answer.headers.get('content-security-policy')).toContain('sandbox');
	expect(answer.headers.get('cache-control')).toBe('private, no-store');
	expect(await answer.text()).toBe('%PDF');
	const head = await download(
		{ type: 'pdf', body: new Blob(['%PDF']).stream(), bytes: 4 },
		'a',
		'HEAD'
	);
	expect(await head.text()).toBe('');
});

describe('a large body', () => {
	const domain = { name: 'x', takesFiles: ['/with'] } as Domain;
	/** How many bytes the route could read, or the status of the error. */
	async function readAt(route: string, bytes: number, headers: HeadersInit = {}) {
		const body = new Blob([new Uint8Array(bytes)]).stream();
		const request = new Request('http://localhost/', {
			method: 'POST',
			body,
			headers,
			duplex: 'half'
		} as RequestInit);
		const event = { request, route: { id: route } } as unknown as RequestEvent;
		const resolve = async () =>
			new Response(String((await event.request.arrayBuffer()).byteLength));
		const answer = Promise.resolve(bodies([domain])({ event, resolve: resolve as never }));
		return answer.then((one) => one.text()).catch((thrown: { status: number }) => thrown.status);
	}

	test('is read only where a form carries files', async () => {
		expect(await readAt('/with', 2_000_000)).toBe('2000000');
		expect(await readAt('/without', 500_000)).toBe('500000');
		expect(await readAt('/without', 2_000_000)).toBe(413);
		expect(await readAt('/without', 2_000_000, { 'content-length': '2000000' })).toBe(413);
	});
});
