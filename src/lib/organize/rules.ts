import { isOver } from '$lib/forums/rules';
import { weights, type Domain, type ForumLine, type Stage, type Step } from '$lib/platform/domain';
import type { OrganizedForum } from './schema';

/** A forum with what each domain says of it: lines, and the step that comes next. */
export interface ListedForum extends OrganizedForum {
	lines: ForumLine[];
	step: Step | null;
}

/** What the domains say of a forum, in the reader's language. */
export function listed(forum: OrganizedForum, domains: readonly Domain[], now: Date): ListedForum {
	return {
		...forum,
		lines: domains.flatMap(({ forumLines }) => forumLines?.(forum, now) ?? []),
		step: first(domains.flatMap(({ step }) => step?.(forum, now) ?? []))
	};
}

/** The step with the first weight. */
function first(steps: Step[]): Step | null {
	const byWeight = steps.toSorted((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight));
	return byWeight[0] ?? null;
}

/** How far a forum is in each stage of the cycle; none of one that is cancelled or older than the site. */
export function stagesOf(forum: OrganizedForum, domains: readonly Domain[], now: Date): Stage[] {
	const isOfSite = forum.registration_opens_at !== null || !isOver(forum, now);
	if (forum.cancelled || !isOfSite) return [];
	return domains.flatMap(({ stage }) => stage?.(forum, now) ?? []);
}

export interface Task {
	forum: ListedForum;
	step: Step;
}

/**
 * What the organizers' home opens with: the forum that comes next (or was last), and the steps that wait for
 * an organizer: what is overdue, then the newest forum first.
 */
export function agenda(
	forums: ListedForum[],
	now: Date
): { coming: ListedForum | null; tasks: Task[] } {
	const tasks = forums
		.flatMap((forum) => (forum.step?.waits ? [{ forum, step: forum.step }] : []))
		.sort(
			(a, b) =>
				Number(b.step.weight === 'overdue') - Number(a.step.weight === 'overdue') ||
				b.forum.starts_on.localeCompare(a.forum.starts_on)
		);
	const held = forums
		.filter(({ cancelled }) => !cancelled)
		.sort((a, b) => a.starts_on.localeCompare(b.starts_on));
	const ahead = held.filter((forum) => !isOver(forum, now));
	return { coming: ahead[0] ?? held.at(-1) ?? null, tasks };
}

/** From so many people on, a tile is tinted, or filled. */
const SOME = 5;
export const MANY = 15;

/** How full a province's tile is drawn. */
export function fill(people: number): 'none' | 'few' | 'some' | 'many' {
	if (people >= MANY) return 'many';
	if (people >= SOME) return 'some';
	return people > 0 ? 'few' : 'none';
}
