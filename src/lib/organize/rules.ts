import { isOver } from '$lib/forums/rules';
import { dayIn } from '$lib/platform/text/dates';
import { mayVoteOn } from '$lib/votes/rules';
import type { OrganizedForum } from './schema';

export const stages = [
	'register',
	'breakouts',
	'notes',
	'list',
	'vote',
	'report',
	'bulletin',
	'commitments'
] as const;
export type Stage = (typeof stages)[number];

/** Stages that the site does not carry yet: never done, never now. */
const notBuilt: Stage[] = ['notes', 'bulletin', 'commitments'];

// The steps that wait for an organizer, most pressing first; the others go on by themselves.
const waiting = [
	'count',
	'publish_forum',
	'dates',
	'finish_report',
	'start_report',
	'open_vote',
	'list'
] as const;
export type StepName =
	| (typeof waiting)[number]
	| 'opening'
	| 'registering'
	| 'preparing'
	| 'meeting'
	| 'voting'
	| 'published'
	| 'archived'
	| 'cancelled';

export interface Step {
	name: StepName;
	/** The stage of the cycle that the forum is in; null when the cycle is complete. */
	stage: Stage | null;
	/** The moment or the day that the sentence tells. */
	at: string | null;
	/** The vote that it is about. */
	vote: string | null;
}

/** The stage that a forum is in at the moment `now`, and its next step. */
export function nextStep(forum: OrganizedForum, now: Date): Step {
	const uncounted = forum.votes.filter(({ counted_at }) => counted_at === null);
	const over = uncounted.find(({ closes_at }) => Date.parse(closes_at) <= now.getTime());
	if (over) return step('count', 'vote', over.closes_at, over.vote_id);
	if (forum.cancelled) return step('cancelled', null);
	const open = uncounted[0];
	if (open) {
		// A vote before the forum is over leaves the cycle where its dates are.
		const stage = isOver(forum, now) ? 'vote' : stepBefore(forum, now).stage;
		return step('voting', stage, open.closes_at, open.vote_id);
	}
	return isOver(forum, now) ? stepAfter(forum) : stepBefore(forum, now);
}

function stepBefore(forum: OrganizedForum, now: Date): Step {
	const { registration_opens_at: opens, registration_closes_at: closes } = forum;
	if (!forum.published) return step('publish_forum', 'register');
	if (opens === null || closes === null) return step('dates', 'register');
	if (Date.parse(opens) > now.getTime()) return step('opening', 'register', opens);
	if (Date.parse(closes) > now.getTime()) return step('registering', 'register', closes);
	return forum.starts_on > dayIn(forum.time_zone, now)
		? step('preparing', 'breakouts', forum.starts_on)
		: step('meeting', 'breakouts', forum.ends_on);
}

function stepAfter(forum: OrganizedForum): Step {
	const { report, priorities, votes } = forum;
	if (report?.published_at) return step('published', null, report.published_at);
	if (report) return step('finish_report', 'report');
	// Nobody could register for it here: it is older than the site, and no list of it is at hand.
	if (priorities === 0 && forum.registration_opens_at === null) return step('archived', null);
	if (priorities === 0) return step('list', 'list');
	if (votes.length === 0 && mayVoteOn(forum)) return step('open_vote', 'vote');
	return step('start_report', 'report');
}

function step(
	name: StepName,
	stage: Stage | null,
	at: string | null = null,
	vote: string | null = null
): Step {
	return { name, stage, at, vote };
}

export type Progress = 'done' | 'now' | 'ahead';

/** The eight stages of the cycle, each done, now or ahead. */
export function cycle({ name, stage }: Pick<Step, 'name' | 'stage'>): [Stage, Progress][] {
	const reached =
		stage === null ? (name === 'published' ? stages.length : 0) : stages.indexOf(stage);
	return stages.map((one, index) => {
		if (one === stage) return [one, 'now'];
		return [one, index < reached && !notBuilt.includes(one) ? 'done' : 'ahead'];
	});
}

export interface Task {
	forum: OrganizedForum;
	step: Step;
}

/**
 * What the organizers' home opens with: the forum that comes next (or was last), the step to take first, and
 * those after it. Steps that go on by themselves wait for nobody.
 */
export function agenda(
	forums: OrganizedForum[],
	now: Date
): { coming: Task | null; tasks: Task[] } {
	const all = forums.map((forum) => ({ forum, step: nextStep(forum, now) }));
	const urgency = ({ step }: Task) => (waiting as readonly string[]).indexOf(step.name);
	const tasks = all
		.filter((task) => urgency(task) >= 0)
		.sort((a, b) => urgency(a) - urgency(b) || b.forum.starts_on.localeCompare(a.forum.starts_on));
	const held = all.filter(({ forum }) => !forum.cancelled);
	const byDay = (a: Task, b: Task) => a.forum.starts_on.localeCompare(b.forum.starts_on);
	const ahead = held.filter(({ forum }) => !isOver(forum, now)).sort(byDay);
	return { coming: ahead[0] ?? held.sort(byDay).at(-1) ?? null, tasks };
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
