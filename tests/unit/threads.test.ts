import { describe, expect, test } from 'vitest';
import {
	entrance,
	firstWords,
	mayEdit,
	newsFirst,
	pageOf,
	permalink,
	query,
	readPage,
	readPlace,
	after
} from '$lib/threads/rules';
import { replySchema, threadSchema } from '$lib/threads/schema';
import { exists, importsOf } from '../architecture/tree';

const key = '1b4e28ba-2fa1-4d12-883f-0016d3cca427';

describe('the pages of a thread', () => {
	test.each([
		[1, 1],
		[50, 1],
		[51, 2],
		[100, 2],
		[101, 3]
	])('post %i is on page %i', (number, page) => {
		expect(pageOf(number)).toBe(page);
	});

	test('an empty thread has one page', () => {
		expect(pageOf(0)).toBe(1);
	});

	test.each([
		['3', 3],
		['1', 1],
		[null, 1],
		['', 1],
		['0', 1],
		['-2', 1],
		['1e9', 1],
		['9'.repeat(30), 1],
		['2; drop', 1]
	])('the address says %j: page %i', (said, page) => {
		expect(readPage(said)).toBe(page);
	});

	test('the first page has no number in its address', () => {
		expect(query(1)).toBe('');
		expect(permalink('t', 50)).toBe('/threads/t#post-50');
		expect(permalink('t', 51)).toBe('/threads/t?page=2#post-51');
	});
});

describe('a page of a list', () => {
	const thread = {
		thread_id: '1b4e28ba-2fa1-4d12-883f-0016d3cca427',
		last_post_at: '2027-01-02T03:04:05.678901+00:00'
	};

	test('begins after the thread that its address names', () => {
		expect(readPlace(new URLSearchParams(after(thread)))).toEqual({
			before: thread.last_post_at,
			before_thread: thread.thread_id
		});
	});

	test.each([
		['', { page: 1 }],
		['page=3', { page: 3 }],
		['after=', { page: 1 }],
		["after=now'_x", { page: 1 }],
		[`after=2027-01-02T03:04:05Z_${'-'.repeat(36)}x`, { page: 1 }]
	])('is counted for %j', (asked, place) => {
		expect(readPlace(new URLSearchParams(asked))).toEqual(place);
	});
});

describe('a thread is entered', () => {
	const thread = (posts_count: number, read: number, unread = posts_count - read) =>
		entrance({ thread_id: 't', posts_count, read, unread });

	test('at its beginning by someone who never read it, or when it is short', () => {
		expect(thread(70, 0)).toBe('/threads/t');
		expect(thread(5, 5)).toBe('/threads/t');
	});

	test('at its last post by someone who has read it all', () => {
		expect(thread(6, 6)).toBe('/threads/t#post-6');
		expect(thread(70, 70)).toBe('/threads/t?page=2#post-70');
		expect(thread(70, 68, 0)).toBe('/threads/t?page=2#post-70');
	});

	test('at the first new post, on its page', () => {
		expect(thread(70, 65)).toBe('/threads/t?page=2#new');
		expect(thread(70, 50)).toBe('/threads/t?page=2#new');
		expect(thread(70, 49)).toBe('/threads/t#new');
	});
});

test('threads with new posts come first, in the order of the list', () => {
	const list = [0, 2, 0, 1].map((unread, place) => ({ unread, place }));
	expect(newsFirst(list).map(({ place }) => place)).toEqual([1, 3, 0, 2]);
});

test.each([
	['Two lines\n\nand **strong** words', 'Two lines and strong words'],
	['> quoted\n\n# Title\n- item\n[a link](https://example.org)', 'quoted Title item a link'],
	['\u202eturned', 'turned'],
	[`${'word '.repeat(40)}`, `${'word '.repeat(22).trim()}…`],
	['x'.repeat(200), `${'x'.repeat(110)}…`]
])('a list shows of %j its first words', (body, words) => {
	expect(firstWords(body)).toBe(words);
});

test('a post may be edited for one day', () => {
	const posted = Date.parse('2026-03-01T10:00:00Z');
	const at = new Date(posted).toISOString();
	expect(mayEdit(at, posted + 86_399_000)).toBe(true);
	expect(mayEdit(at, posted + 86_400_000)).toBe(false);
});

describe('what is typed', () => {
	const reply = (body: string) => replySchema.safeParse({ body, language: 'en', key });

	test('counts as a person counts', () => {
		expect(reply('\u{1f600}'.repeat(10_000)).success).toBe(true);
		expect(reply('\u{1f600}'.repeat(10_001)).success).toBe(false);
		expect(reply(`a${'\r\n'.repeat(9_998)}b`).data?.body).toHaveLength(10_000);
	});

	test.each(['', '   ', '\r\n\r\n', '\u200b\u200b', '\u00a0', '\0'])('%j is nothing', (body) => {
		expect(reply(body).success).toBe(false);
	});

	test('loses what no database takes, and nothing else', () => {
		expect(reply('  a\0b <i> **c**  ').data?.body).toBe('ab <i> **c**');
	});

	test('is a thread with one line for a title, and each committee once', () => {
		const thread = {
			title: ' Two\r\n lines ',
			body: 'Text',
			language: 'fr',
			committees: ['south', 'north', 'south'],
			closed_to_government: false,
			key
		};
		expect(threadSchema.parse(thread)).toMatchObject({
			title: 'Two lines',
			committees: ['south', 'north']
		});
		expect(
			threadSchema.parse({ ...thread, title: `abc\u202ed e\u0301${'\u0301'.repeat(99)}` })
		).toMatchObject({
			title: `abcd \u00e9${'\u0301'.repeat(4)}`
		});
		expect(threadSchema.safeParse({ ...thread, title: '\u200b\u200b\u200b' }).success).toBe(false);
		expect(threadSchema.safeParse({ ...thread, title: '\u202e  \u202d ' }).success).toBe(false);
		expect(threadSchema.safeParse({ ...thread, committees: [] }).success).toBe(false);
		expect(threadSchema.safeParse({ ...thread, title: 'ab' }).success).toBe(false);
		expect(threadSchema.safeParse({ ...thread, key: 'again' }).success).toBe(false);
	});
});

describe('pages that hydrate', () => {
	/** All modules of ours that a page brings into the browser. */
	function reached(path: string, seen = new Set<string>()): Set<string> {
		const file = exists(path) && /\.\w+$/.test(path) ? path : `${path}.ts`;
		if (seen.has(file) || !exists(file) || file.includes('/paraglide/')) return seen;
		seen.add(file);
		for (const imported of importsOf(file)) reached(imported, seen);
		return seen;
	}

	// Browsers and the server do not agree about the hours of Manitoba, Alberta and British Columbia.
	test.each(['threads/[thread]', 'committees/[slug]/new'])(
		'%s leaves moments to the server',
		(at) => {
			const modules = [...reached(`src/routes/(member)/${at}/+page.svelte`)];
			expect(modules).toContain('src/lib/threads/rules.ts');
			expect(modules).not.toContain('src/lib/platform/text/dates.ts');
		}
	);
});
