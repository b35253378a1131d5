import { answer, write, type Db } from '$lib/platform/db/client.server';
import { keyOf } from '$lib/platform/db/key.server';
import type { z } from 'zod';
import type { Place } from './rules';
import {
	committeePageSchema,
	threadPageSchema,
	unreadPageSchema,
	type editSchema,
	type replySchema,
	type threadSchema
} from './schema';

/**
 * Who asks, and a thread with one page of at most 50 posts and their authors (null once they left); `page`
 * is null when it is not the reader's to see.
 */
export async function page(db: Db, id: string, page: number) {
	return threadPageSchema.parse(
		await answer(db.rpc('thread_page', { thread_id: id, page }, { get: true }))
	);
}

/**
 * Who asks, and a committee; inside it, for members and organizers, its members and a page of at most 20
 * threads, pinned ones first, then by their last post. `page` is null when there is no such committee.
 */
export async function committeePage(db: Db, slug: string, place: Place) {
	return committeePageSchema.parse(
		await answer(db.rpc('committee_page', { slug, ...place }, { get: true }))
	);
}

/** Who asks, and a page of the threads of their committees that have new posts, by the last post. */
export async function unreadPage(db: Db, { before, before_thread }: Place) {
	return unreadPageSchema.parse(
		await answer(db.rpc('unread_page', { before, before_thread }, { get: true }))
	);
}

/** Opens a thread with its first post; the same form twice is the same thread. @returns its id */
export function start(db: Db, { key, ...thread }: z.output<typeof threadSchema>) {
	const client_key = keyOf(key, thread.title, thread.body);
	return write(db.rpc('start_thread', { ...thread, client_key }), []);
}

/** Adds a post; the same form twice is the same post. @returns its number */
export function reply(db: Db, id: string, { key, ...post }: z.output<typeof replySchema>) {
	const client_key = keyOf(key, post.body);
	return write(db.rpc('post_reply', { thread_id: id, ...post, client_key }), []);
}

/** Changes one's own post, within a day, if nobody changed it since that version. */
export function edit(db: Db, { post, version, body }: z.output<typeof editSchema>) {
	return write(db.rpc('edit_post', { post_id: post, version, body }), []);
}

/** The text of a post and its version; null when it is not the reader's to see. */
export function stored(db: Db, post: string) {
	return answer(
		db
			.from('posts')
			.select('body, version')
			.eq('post_id', post)
			.is('deleted_at', null)
			.maybeSingle()
	);
}

/** Deletes the text of a post; its number stays. */
export function remove(db: Db, post: string) {
	return write(db.rpc('delete_post', { post_id: post }), []);
}

/** Closes a thread to new posts, or opens it again. */
export function setClosed(db: Db, id: string, closed: boolean) {
	return write(db.rpc('set_thread_closed', { thread_id: id, closed }), []);
}

/** Remembers that the reader has seen the posts up to this number. */
export function markRead(db: Db, id: string, number: number) {
	return write(db.rpc('mark_read', { thread_id: id, number }), []);
}
