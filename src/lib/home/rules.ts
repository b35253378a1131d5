import type { ForumAhead, MyTasks, Thread, Vote } from './schema';

/** More than these, and a list would be kinder than lanes. */
const MOST_NEEDS = 6;

export type MyTask =
	| { kind: 'vote'; id: string; vote: Vote }
	| { kind: 'register'; id: string; forum: ForumAhead }
	| { kind: 'threads'; id: string; threads: Thread[] };

/**
 * What needs the person, most pressing first: what closes soonest, then what is unread. Votes cast
 * and forums registered for need nobody; unread threads are one need together.
 */
export function needsOf({ votes, forums, threads }: MyTasks): MyTask[] {
	const closing = [
		...votes
			.filter(({ has_voted }) => !has_voted)
			.map((vote) => ({
				at: Date.parse(vote.closes_at),
				need: { kind: 'vote', id: vote.vote_id, vote } as const
			})),
		...forums
			.filter(({ registration_open, status }) => registration_open && status === null)
			.map((forum) => ({
				at: Date.parse(forum.registration_closes_at ?? forum.starts_on),
				need: { kind: 'register', id: forum.forum_id, forum } as const
			}))
	].sort((a, b) => a.at - b.at);
	const pressing: MyTask[] = closing.map(({ need }) => need).slice(0, MOST_NEEDS - 1);
	return threads.length > 0 ? [...pressing, { kind: 'threads', id: 'threads', threads }] : pressing;
}
