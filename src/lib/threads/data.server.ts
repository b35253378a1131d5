import { answer, type Db } from '$lib/platform/db/client.server';
import type { z } from 'zod';
import { span, THREADS_A_PAGE } from './rules';
import type { editSchema, replySchema, threadSchema } from './schema';

const LINE =
	'thread_id, title, language, closed_to_government, pinned_at, closed_at, last_post_at, posts_count, unread, committees (slug, name_en, name_fr)';
const POST =
	'post_id, number, version, body, language, created_at, edited_at, deleted_at, author_id, author:people (name, organization_name)';

/**
 * A page of a committee's threads that the reader may see: pinned ones first, then by their last post.
 * @returns at most 20, and whether there are more
 */
export async function inCommittee(db: Db, slug: string, page: number) {
	const first = (page - 1) * THREADS_A_PAGE;
	const committee = await answer(
		db
			.from('committees')
			.select(`threads (${LINE})`)
			.eq('slug', slug)
			.order('pinned_at', { referencedTable: 'threads', ascending: false, nullsFirst: false })
			.order('last_post_at', { referencedTable: 'threads', ascending: false })
			.order('thread_id', { referencedTable: 'threads' })
			.range(first, first + THREADS_A_PAGE, { referencedTable: 'threads' })
			.maybeSingle()
	);
	const found = committee?.threads ?? [];
	return { threads: found.slice(0, THREADS_A_PAGE), more: found.length > THREADS_A_PAGE };
}

/**
 * A thread with one page of its posts, their authors (null once they left), and its committees, each
 * with the reader's own duties there. Null when it is not the reader's to see.
 */
export function byId(db: Db, id: string, page: number, personId: string) {
	const { first, last } = span(page);
	const now = new Date().toISOString();
	return answer(
		db
			.from('threads')
			.select(
				`thread_id, title, language, closed_to_government, closed_at, posts_count, unread,
				committees (slug, name_en, name_fr, memberships (duty)), posts (${POST})`
			)
			.eq('thread_id', id)
			.eq('committees.memberships.person_id', personId)
			.lte('committees.memberships.starts_at', now)
			.or(`ends_at.is.null,ends_at.gt.${now}`, { referencedTable: 'committees.memberships' })
			.gte('posts.number', first)
			.lte('posts.number', last)
			.order('position', { referencedTable: 'committees' })
			.order('number', { referencedTable: 'posts' })
			.limit(50, { referencedTable: 'committees' })
			.limit(50, { referencedTable: 'posts' })
			.maybeSingle()
	);
}

/** What `byId` finds. */
export type Thread = NonNullable<Awaited<ReturnType<typeof byId>>>;

/** Opens a thread with its first post; the same key twice is the same thread. @returns its id */
export function start(db: Db, { key, ...thread }: z.output<typeof threadSchema>) {
	return answer(db.rpc('start_thread', { ...thread, client_key: key }));
}

/** Adds a post; the same key twice is the same post. @returns its number */
export function reply(db: Db, id: string, { key, ...post }: z.output<typeof replySchema>) {
	return answer(db.rpc('post_reply', { thread_id: id, ...post, client_key: key }));
}

/** Changes one's own post, within a day, if nobody changed it since that version. */
export function edit(db: Db, { post, version, body }: z.output<typeof editSchema>) {
	return answer(db.rpc('edit_post', { post_id: post, version, body }));
}

/** The words of a post as they stand, and their version; null when it is not the reader's to see. */
export function standing(db: Db, post: string) {
	return answer(
		db
			.from('posts')
			.select('body, version')
			.eq('post_id', post)
			.is('deleted_at', null)
			.maybeSingle()
	);
}

/** Erases the words of a post. */
export function remove(db: Db, post: string) {
	return answer(db.rpc('delete_post', { post_id: post }));
}

/** Closes a thread to new posts, or opens it again. */
export function setClosed(db: Db, id: string, closed: boolean) {
	return answer(db.rpc('set_thread_closed', { thread_id: id, closed }));
}

/** Remembers that the reader has seen the posts up to this number. */
export function markRead(db: Db, id: string, number: number) {
	return answer(db.rpc('mark_read', { thread_id: id, number }));
}
