import type { RequestEvent } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { flash, flashes, hasFlash } from '$lib/platform/http/flash.server';
import { inLanguage } from '$lib/platform/text/i18n/language.server';

type Details = { origin?: string; method?: string; isDataRequest?: boolean };

/** A browser with its cookies, in front of the hook alone. */
function browser(jar = new Map<string, string>()) {
	const asked = ({ origin = 'http://localhost', method = 'GET', isDataRequest }: Details = {}) =>
		({
			url: new URL('/somewhere', origin),
			request: new Request(`${origin}/somewhere`, { method }),
			isDataRequest: isDataRequest ?? false,
			locals: {},
			cookies: {
				get: (name: string) => jar.get(name),
				set: (name: string, value: string, options: object) =>
					jar.set(name, value) && settings.push(options),
				serialize: (name: string, value: string, options: object) =>
					`${name}=${value}; ${JSON.stringify(options)}`
			}
		}) as unknown as RequestEvent;
	const settings: object[] = [];
	const open = async (answer: (event: RequestEvent) => Response, details?: Details) => {
		const response = await flashes({
			event: asked(details),
			resolve: async (event) => answer(event)
		});
		const gone = /^([\w-]+)=;/.exec(response.headers.get('set-cookie') ?? '')?.[1];
		if (gone) jar.delete(gone);
		return response;
	};
	/** What the page says. */
	const reads = async (details?: Details) => {
		let said: unknown;
		const response = await open((event) => {
			said = event.locals.takeFlash();
			return new Response('page');
		}, details);
		return { said, response };
	};
	return { jar, settings, event: asked(), asked, open, reads };
}

test('what was done is said once, on the next page, and is nobody else’s page', async () => {
	const { event, reads, settings, jar } = browser();
	flash(event, 'votes_done_cast');
	expect(settings).toEqual([
		expect.objectContaining({ httpOnly: true, sameSite: 'lax', maxAge: 60 })
	]);
	expect(hasFlash(event)).toBe(true);
	const first = await reads();
	expect(first.said).toMatchObject({
		key: 'votes_done_cast',
		sentence: expect.stringContaining('Your ballot is saved.')
	});
	expect(first.response.headers.get('cache-control')).toBe('private, no-store');
	expect(jar.size).toBe(0);
	const second = await reads();
	expect(second.said).toBeNull();
	expect(second.response.headers.get('cache-control')).toBeNull();
});

test('it is said in the language of the page that says it', async () => {
	const { event, reads } = browser();
	inLanguage('en', () => flash(event, 'people_done_profile'));
	const { said } = await inLanguage('fr', () => reads());
	expect(said).toMatchObject({ sentence: 'Votre profil est enregistré.' });
});

test('it names its place, and carries ids and counts only', async () => {
	const { event, reads, jar } = browser();
	flash(event, 'priorities_done_added', { at: 'add', values: { priority: 'a-1', count: 3 } });
	expect(() =>
		flash(event, 'priorities_done_added', { values: { title: 'Somebody’s words' } })
	).toThrow('title');
	expect([...jar.values()].join()).not.toContain('words');
	expect((await reads()).said).toMatchObject({
		at: 'add',
		values: { priority: 'a-1', count: '3' }
	});
});

test.each<[string, (event: RequestEvent) => Response, Details?]>([
	['a redirect', () => new Response(null, { status: 303 })],
	[
		'a redirect that script asked for',
		() => Response.json({ type: 'redirect', location: '/' }),
		{ isDataRequest: true }
	],
	['an error', () => new Response('down', { status: 503 })],
	['a page that does not ask', () => new Response('robots')],
	['a form', () => new Response('page'), { method: 'POST' }]
])('%s on the way does not lose it', async (_, answer, details) => {
	const { event, open, reads } = browser();
	flash(event, 'votes_done_cast');
	await open((event) => {
		if (!answer(event).ok || details) event.locals.takeFlash();
		return answer(event);
	}, details);
	expect((await reads()).said).toMatchObject({ key: 'votes_done_cast' });
});

test.each([
	'key=never_heard_of',
	'key=shared_site',
	'key=votes_refusal_vote_closed',
	'key=votes_done_cast&at=%3Cscript%3E',
	'key=priorities_done_added&title=Some words',
	'%%%',
	''
])('a cookie written by hand says nothing: %s', async (cookie) => {
	const { event, reads } = browser(new Map([['flash', cookie]]));
	expect(hasFlash(event)).toBe(false);
	expect((await reads()).said).toBeNull();
});

test('on https its name is one that no other host can set', () => {
	const { asked, jar } = browser();
	flash(asked({ origin: 'https://example.org' }), 'votes_done_cast');
	expect([...jar.keys()]).toEqual(['__Host-flash']);
});
