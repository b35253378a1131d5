import { date, day, hour, NETWORK_ZONE } from '$lib/platform/text/dates';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { post as rendered } from '$lib/platform/text/markdown.server';
import type { Thread } from './data.server';
import { mayEdit, pageOf } from './rules';
import type { Gap, OpenForm, Post, ThreadPage } from './view';

/** Who reads, and what the address asks for. */
interface Reader {
	personId: string;
	organizer: boolean;
	page: number;
	/** Number of the post that stands open to be changed; 0 for none. */
	editing: number;
	/** Number of the post that is about to be deleted; 0 for none. */
	removing: number;
}

/**
 * What a thread's page gets to know: rendered text, moments in words, no ids of people, and of a
 * deleted post nothing but its place.
 */
export function threadView(thread: Thread, reader: Reader): ThreadPage {
	const { thread_id, title, language, closed_to_government, closed_at, posts_count, committees } =
		thread;
	const unread = thread.unread ?? 0;
	const duties = committees.flatMap(({ memberships }) => memberships);
	const canModerate = reader.organizer || duties.some(({ duty }) => duty === 'chair');
	return {
		thread_id,
		title,
		language,
		closed_to_government,
		closed: closed_at ? date(closed_at) : '',
		posts_count,
		unread,
		firstUnread: posts_count - unread + 1,
		canModerate,
		committees: committees.map(({ slug, name_en, name_fr }) => ({ slug, name_en, name_fr })),
		page: reader.page,
		pages: pageOf(posts_count),
		posts: thread.posts.map((post) => postView(post, reader, canModerate))
	};
}

function postView(post: Thread['posts'][number], reader: Reader, canModerate: boolean): Post | Gap {
	const { number, language, created_at, edited_at, author } = post;
	if (post.deleted_at) return { number, posted: day(created_at), deleted: true };
	const mine = post.author_id === reader.personId;
	const editable = mine && mayEdit(created_at);
	const removable = mine || canModerate;
	return {
		number,
		language,
		created_at,
		posted: `${day(created_at)}, ${hour(created_at, NETWORK_ZONE)}`,
		edited: edited_at
			? m.threads_edited({ date: day(edited_at), hour: hour(edited_at, NETWORK_ZONE) })
			: '',
		author,
		html: rendered(post.body),
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
