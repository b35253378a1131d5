import { day, moment } from '$lib/shared/dates';
import { m } from '$lib/shared/i18n/paraglide/messages';
import type { StepName, Task } from './rules';

interface Words {
	title: () => string;
	text: (said: { at: string }) => string;
	button: () => string;
	/** Where the button leads, without language. */
	path: (slug: string, round: string | null) => `/${string}`;
}

const forum = (slug: string) => `/forums/${slug}` as const;
const programme = (slug: string) => `/forums/${slug}/programme` as const;
const compose = (slug: string) => `/desk/reports/${slug}` as const;
const vote = (_: string, round: string | null) => `/desk/votes/${round ?? ''}` as const;

// Named one by one, so that the desk's script carries these sentences and no others.
const words: Record<StepName, Words> = {
	publish_forum: {
		title: m.home_step_publish_forum,
		text: m.home_step_publish_forum_text,
		button: m.home_step_publish_forum_do,
		path: forum
	},
	dates: {
		title: m.home_step_dates,
		text: m.home_step_dates_text,
		button: m.home_step_dates_do,
		path: forum
	},
	opening: {
		title: m.home_step_opening,
		text: m.home_step_opening_text,
		button: m.home_step_opening_do,
		path: forum
	},
	registering: {
		title: m.home_step_registering,
		text: m.home_step_registering_text,
		button: m.home_step_registering_do,
		path: forum
	},
	preparing: {
		title: m.home_step_preparing,
		text: m.home_step_preparing_text,
		button: m.home_step_preparing_do,
		path: programme
	},
	meeting: {
		title: m.home_step_meeting,
		text: m.home_step_meeting_text,
		button: m.home_step_meeting_do,
		path: programme
	},
	list: {
		title: m.home_step_list,
		text: m.home_step_list_text,
		button: m.home_step_list_do,
		path: (slug) => `/desk/lists/${slug}`
	},
	open_vote: {
		title: m.home_step_open_vote,
		text: m.home_step_open_vote_text,
		button: m.home_step_open_vote_do,
		path: (slug) => `/desk/votes/new?forum=${slug}`
	},
	voting: {
		title: m.home_step_voting,
		text: m.home_step_voting_text,
		button: m.home_step_voting_do,
		path: vote
	},
	count: {
		title: m.home_step_count,
		text: m.home_step_count_text,
		button: m.home_step_count_do,
		path: vote
	},
	start_report: {
		title: m.home_step_start_report,
		text: m.home_step_start_report_text,
		button: m.home_step_start_report_do,
		path: compose
	},
	finish_report: {
		title: m.home_step_finish_report,
		text: m.home_step_finish_report_text,
		button: m.home_step_finish_report_do,
		path: compose
	},
	published: {
		title: m.home_step_published,
		text: m.home_step_published_text,
		button: m.home_step_published_do,
		path: (slug) => `/reports/${slug}`
	},
	cancelled: {
		title: m.home_step_cancelled,
		text: m.home_step_cancelled_text,
		button: m.home_step_cancelled_do,
		path: forum
	}
};

/** A step in words: title, sentence, button, and where it leads. */
export function spoken({ forum: { slug, time_zone }, step }: Task) {
	const { title, text, button, path } = words[step.name];
	return {
		title: title(),
		text: text({ at: said(step.at, time_zone) }),
		button: button(),
		path: path(slug, step.round)
	};
}

// A moment has an hour; a day has none.
function said(at: string | null, zone: string): string {
	if (at === null) return '';
	return at.includes('T') ? moment(at, zone) : day(at);
}
