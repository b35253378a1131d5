import { render } from 'svelte/server';
import { date, day, dayAndHour, isToday, shortMoment } from '$lib/platform/text/dates';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { post as rendered } from '$lib/platform/text/markdown.server';
import { Rendered } from '$lib/platform/text/rendered';
import PostRows from './parts/PostRows.svelte';
import { entrance, mayEdit, pageOf } from './rules';
import type { Thread, Gap, OpenForm, Post, ThreadPage } from './schema';

/** Who reads, and what the address asks for. */
interface Reader {
	page: number;
	/** Number of the post that is open for editing; 0 for none. */
	editing: number;
	/** Number of the post that is about to be deleted; 0 for none. */
	removing: number;
}

/**
 * What a thread's page gets to know: rendered posts, moments in words, no ids of people, and of a deleted
 * post nothing but its place. The one post whose form is open stays apart, for the browser to hydrate.
 * @param inDocument whether the HTML is sent as a document, which holds the posts already
 */
export function threadView(thread: Thread, reader: Reader, inDocument: boolean): ThreadPage {
	const { thread_id, title, language, closed_to_government, closed_at, posts_count, unread, read } =
		thread;
	const canModerate = thread.can_moderate;
	const posts = thread.posts.map((post, index) =>
		postView(post, thread.posts[index - 1], reader, canModerate)
	);
	const at = posts.findIndex((post) => 'open' in post && post.open);
	const isWhereNewBegin = read > 0 && pageOf(read + 1) === reader.page;
	const facts = {
		thread_id,
		unread,
		firstUnread: isWhereNewBegin
			? (posts.find((post) => post.number > read && !('deleted' in post))?.number ?? 0)
			: 0,
		committees: thread.committees,
		page: reader.page
	};
	const rows = (some: (Post | Gap)[]) => {
		// Comments mark places for hydration; an empty one would end the HTML too early for Svelte.
		const html = some.length
			? render(PostRows, { props: { posts: some, thread: facts } }).body.replaceAll(
					/<!--.*?-->/g,
					''
				)
			: '<!-- -->';
		return inDocument ? new Rendered(html) : html;
	};
	return {
		...facts,
		title,
		language,
		closed_to_government,
		closed: closed_at ? date(closed_at) : '',
		posts_count,
		posts_shown: thread.posts_shown,
		toNew: unread > 0 && read > 0 ? entrance(thread) : undefined,
		next: thread.next,
		canModerate,
		pages: pageOf(posts_count),
		before: rows(at < 0 ? posts : posts.slice(0, at)),
		open: at < 0 ? undefined : (posts[at] as Post),
		after: rows(at < 0 ? [] : posts.slice(at + 1)),
		last: posts.at(-1)?.number
	};
}

type Row = Thread['posts'][number];

function postView(
	post: Row,
	above: Row | undefined,
	reader: Reader,
	canModerate: boolean
): Post | Gap {
	const { number, language, created_at, edited_at, author } = post;
	if (post.deleted_at) return { number, posted: day(created_at), deleted: true };
	const mine = post.mine ?? false;
	const editable = mine && mayEdit(created_at);
	const removable = mine || canModerate;
	return {
		number,
		language,
		created_at,
		posted: shortMoment(created_at),
		printed: isToday(created_at) ? dayAndHour(created_at) : undefined,
		goesOn:
			above?.deleted_at === null &&
			author !== null &&
			above.author?.name === author.name &&
			above.author.organization_name === author.organization_name,
		edited: edited_at ? m.threads_edited({ at: shortMoment(edited_at) }) : '',
		author,
		html: rendered(post.body, `${post.post_id} ${post.version}`),
		mine,
		editable,
		removable,
		open: openForm()
	};

	// Only the one form that is open has to know which post it is about.
	function openForm(): OpenForm | undefined {
		if (editable && reader.editing === number) {
			return { form: 'edit', post: post.post_id, version: post.version, body: post.body };
		}
		if (removable && reader.removing === number) return { form: 'delete', post: post.post_id };
		return undefined;
	}
}
