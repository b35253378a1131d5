import { z } from 'zod';
import { isOver } from '$lib/forums/rules';
import { inDays } from '$lib/forums/words';
import type { ForumLine, HomePart, Need, Stage, Step } from '$lib/platform/domain';
import { date, moment } from '$lib/platform/text/dates';
import { daysUntil, isSoon } from '$lib/platform/text/days';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { mayVoteOn } from './rules';

const count = z.number().int().nonnegative();

/** What `private.votes_tasks` answers: the votes that are open to a person. */
export const tasksSchema = z.object({
	votes: z.array(
		z.object({
			vote_id: z.string(),
			title_en: z.string(),
			title_fr: z.string(),
			closes_at: z.string(),
			time_zone: z.string(),
			choices: count,
			has_voted: z.boolean()
		})
	)
});

/** What `private.votes_organize` answers: the votes of a forum. */
const forumSchema = z.object({
	votes: z.array(
		z.object({
			vote_id: z.string(),
			title_en: z.string(),
			title_fr: z.string(),
			opens_at: z.string(),
			closes_at: z.string(),
			counted_at: z.string().nullable(),
			turnout: count.nullable(),
			voters_count: count
		})
	)
});
type Vote = z.output<typeof forumSchema>['votes'][number];

/** Votes that wait for the person's ballot. */
export function needs(gathered: unknown): Need[] {
	return tasksSchema
		.parse(gathered)
		.votes.filter(({ has_voted }) => !has_voted)
		.map((vote) => ({
			id: vote.vote_id,
			title: inDays(daysUntil(vote.closes_at, vote.time_zone), {
				today: m.home_vote_today,
				tomorrow: m.home_vote_tomorrow,
				days: m.home_vote_days
			}),
			lines: [pair(vote, 'title'), m.home_vote_text({ count: vote.choices })],
			closes: {
				at: vote.closes_at,
				text: m.home_vote_until({ at: moment(vote.closes_at, vote.time_zone) }),
				soon: isSoon(vote.closes_at, vote.time_zone)
			},
			button: { text: m.home_vote_do(), path: `/votes/${vote.vote_id}` }
		}));
}

/** Open votes in which the person has voted. */
export function homeParts(gathered: unknown): HomePart[] {
	const voted = tasksSchema.parse(gathered).votes.filter(({ has_voted }) => has_voted);
	if (voted.length === 0) return [];
	const links = voted.map((vote) => ({
		text: pair(vote, 'title'),
		path: `/votes/${vote.vote_id}` as const,
		note: m.home_voted_text({ at: moment(vote.closes_at, vote.time_zone) })
	}));
	return [{ id: 'votes', title: m.home_voted(), links }];
}

// A vote needs a list and people who take part, so the line reads what those domains say of the forum.
const lineSchema = forumSchema.extend({
	slug: z.string(),
	time_zone: z.string(),
	ends_on: z.iso.date(),
	priorities: count,
	confirmed: count
});

/** Each vote of a forum, and whether another one can be opened. */
export function forumLines(gathered: unknown, now: Date): ForumLine[] {
	const forum = lineSchema.parse(gathered);
	const votes = forum.votes.map((vote) => ({
		text: pair(vote, 'title'),
		path: `/organize/votes/${vote.vote_id}` as const,
		note: status(vote, forum.time_zone, now)
	}));
	if (forum.votes.some(({ counted_at }) => counted_at === null)) return votes;
	// A forum that is older than the site: no list was written here, and nobody registered.
	if (isOver(forum, now) && forum.confirmed === 0 && forum.priorities === 0) return votes;
	return [...votes, nextVote(forum)];
}

function nextVote(forum: z.output<typeof lineSchema>): ForumLine {
	if (mayVoteOn(forum)) {
		return { text: m.organize_row_open_vote(), path: `/organize/votes/new?forum=${forum.slug}` };
	}
	return { text: forum.priorities > 1 ? m.organize_row_no_voters() : m.organize_row_no_list() };
}

function status(vote: Vote, zone: string, now: Date): string {
	const { counted_at, closes_at, turnout, voters_count: voters } = vote;
	if (counted_at) {
		const counted = { date: date(counted_at, zone), turnout: turnout ?? 0, voters };
		return m.organize_row_vote_counted(counted);
	}
	const closes = { date: date(closes_at, zone) };
	if (new Date(closes_at) <= now) return m.organize_row_vote_over(closes);
	return turnout === null
		? m.organize_row_vote_open(closes)
		: m.organize_row_vote_open_turnout({ ...closes, turnout, voters });
}

const stepSchema = lineSchema.extend({ cancelled: z.boolean() });

/** A vote to count, under way or to open. */
export function step(gathered: unknown, now: Date): Step | null {
	const forum = stepSchema.parse(gathered);
	const zone = forum.time_zone;
	const uncounted = forum.votes.filter(({ counted_at }) => counted_at === null);
	const over = uncounted.find(({ closes_at }) => new Date(closes_at) <= now);
	if (over) {
		return {
			weight: 'overdue',
			title: m.organize_step_count(),
			text: m.organize_step_count_text({ at: moment(over.closes_at, zone) }),
			button: { text: m.organize_step_count_do(), path: `/organize/votes/${over.vote_id}` },
			waits: true
		};
	}
	const held = isOver(forum, now);
	const [open] = uncounted;
	if (open && !forum.cancelled) {
		return {
			weight: 'begun',
			title: m.organize_step_voting(),
			text: m.organize_step_voting_text({ at: moment(open.closes_at, zone) }),
			button: { text: m.organize_step_voting_do(), path: `/organize/votes/${open.vote_id}` },
			waits: false
		};
	}
	if (!held || forum.votes.length > 0 || !mayVoteOn(forum)) return null;
	return {
		weight: 'next',
		title: m.organize_step_open_vote(),
		text: m.organize_step_open_vote_text(),
		button: {
			text: m.organize_step_open_vote_do(),
			path: `/organize/votes/new?forum=${forum.slug}`
		},
		waits: true
	};
}

/** The vote that is not counted, or the last one that was. */
export function stage(gathered: unknown, now: Date): Stage {
	const forum = stepSchema.parse(gathered);
	const zone = forum.time_zone;
	const vote = forum.votes.find(({ counted_at }) => counted_at === null) ?? forum.votes.at(-1);
	if (!vote) {
		const path = mayVoteOn(forum)
			? (`/organize/votes/new?forum=${forum.slug}` as const)
			: (`/organize/priorities/${forum.slug}` as const);
		return { name: m.home_stage_vote(), state: 'ahead', path };
	}
	const about = { name: m.home_stage_vote(), path: `/organize/votes/${vote.vote_id}` as const };
	if (vote.counted_at) return { ...about, state: 'done', note: date(vote.counted_at, zone) };
	const closes = { date: date(vote.closes_at, zone) };
	const isClosed = new Date(vote.closes_at) <= now;
	const note = isClosed ? m.organize_row_vote_over(closes) : m.organize_stage_until(closes);
	return { ...about, state: 'now', note };
}
