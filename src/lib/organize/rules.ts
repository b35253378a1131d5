import { isOver } from '$lib/forums/rules';
import {
	cycle,
	weights,
	type Domain,
	type ForumLine,
	type Stage,
	type Step
} from '$lib/platform/domain';
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

/** The step with the first weight; one without a stage takes that of the step after it. */
function first(steps: Step[]): Step | null {
	const byWeight = steps.toSorted((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight));
	const [step] = byWeight;
	if (!step) return null;
	return { ...step, stage: byWeight.find(({ stage }) => stage !== null)?.stage ?? null };
}

export type Progress = 'done' | 'now' | 'ahead';

/** The stages of the cycle, each done, now or ahead; one that no domain carries is never done. */
export function progress(
	at: Step['stage'] | undefined,
	domains: readonly Domain[]
): [Stage, Progress][] {
	const carried = domains.flatMap(({ stages }) => stages ?? []);
	const reached = at === 'all' ? cycle.length : cycle.findIndex((stage) => stage === at);
	return cycle.map((stage, index) => {
		if (stage === at) return [stage, 'now'];
		return [stage, index < reached && carried.includes(stage) ? 'done' : 'ahead'];
	});
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
