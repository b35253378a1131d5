/** Posts on one page of a thread. Numbers never change, so a post stays on its page for good. */
const POSTS_A_PAGE = 50;
/** What a title and a post hold, in characters; the constraints say the same. */
export const LENGTHS = { title: 140, body: 10_000 };

const DAY = 24 * 60 * 60 * 1000;

/** The page, from 1, that the post with this number is on. */
export function pageOf(number: number): number {
	return Math.max(1, Math.ceil(number / POSTS_A_PAGE));
}

/** A page's number as an address says it; 1 for anything that is none. */
export function readPage(said: string | null): number {
	return said && /^[1-9]\d{0,5}$/.test(said) ? Number(said) : 1;
}

/** Where a page of a list begins: after a thread (its last post's moment and its id), or by counting. */
export interface Place {
	before?: string;
	before_thread?: string;
	page?: number;
}

const PLACE = /^(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))_([0-9a-f-]{36})$/;

/** A place as an address says it: `?after=<moment>_<id>`, or `?page=2` of older links. */
export function readPlace(query: URLSearchParams): Place {
	const [, before, before_thread] = PLACE.exec(query.get('after') ?? '') ?? [];
	return before ? { before, before_thread } : { page: readPage(query.get('page')) };
}

/** The address of the page that follows a thread. */
export function after(thread: { last_post_at: string; thread_id: string }): `?after=${string}` {
	return `?after=${encodeURIComponent(`${thread.last_post_at}_${thread.thread_id}`)}`;
}

/** Whether the author may still change a post; afterwards the verb refuses. */
export function mayEdit(createdAt: string, now = Date.now()): boolean {
	return now - Date.parse(createdAt) < DAY;
}

/** A thread as long as this is read from its beginning again. */
const SHORT = 5;

/**
 * Where a thread goes on for a reader: at the first post that is new; at its last post, when all were read; at its
 * beginning, when none was, or when it is short.
 */
export function entrance(thread: {
	thread_id: string;
	posts_count: number;
	read: number;
	unread: number;
}): `/${string}` {
	const { thread_id, posts_count, read, unread } = thread;
	const address = `/threads/${thread_id}` as const;
	if (read === 0) return address;
	if (unread > 0) return `${address}${query(pageOf(read + 1))}#new`;
	return posts_count > SHORT ? permalink(thread_id, posts_count) : address;
}

/** Those with new posts first, in the order of the list otherwise. */
export function newsFirst<Thread extends { unread: number }>(threads: Thread[]): Thread[] {
	return [
		...threads.filter(({ unread }) => unread > 0),
		...threads.filter(({ unread }) => unread === 0)
	];
}

const WORDS = 110;

/** The first words of a post for a list: without marks of Markdown or of direction, cut between two words. */
export function firstWords(body: string): string {
	const plain = body
		.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replaceAll(/^\s*(?:>|#{1,6}\s|[-*+]\s)\s*/gm, '')
		.replaceAll(/[*_`]{1,3}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
		.replaceAll(/\s+/g, ' ')
		.trim();
	if (plain.length <= WORDS) return plain;
	const cut = plain.slice(0, WORDS + 1);
	const end = cut.lastIndexOf(' ');
	return `${cut.slice(0, end > WORDS / 2 ? end : WORDS).replace(/[\s,;:.–—-]+$/, '')}…`;
}

/** The address of a post, which never changes. */
export function permalink(thread: string, number: number): `/${string}` {
	return `/threads/${thread}${query(pageOf(number))}#post-${number}`;
}

/** `?page=3`, and nothing for the first page. */
export function query(page: number): '' | `?page=${number}` {
	return page > 1 ? `?page=${page}` : '';
}

/** Classes of the line along a thread, as strong as the committees that share it, three at the most. */
export function lineOf(committees: number) {
	const lines = Math.min(Math.max(committees, 1), 3);
	const line = [
		'before:left-[13px] before:border-l-2',
		'before:left-[12px] before:border-l-4',
		'before:left-[11px] before:border-l-6'
	][lines - 1]!;
	return {
		lines,
		along: `relative pl-[45px] before:absolute before:top-0 before:-bottom-px before:border-line before:content-[""] ${line}`,
		sum: ['border-t-2', 'border-t-4', 'border-t-6'][lines - 1]!,
		stroke: ['', 'stroke-4', 'stroke-6'][lines - 1]!
	};
}
