import { day, moment } from '$lib/platform/text/dates';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { StepName, Task } from './rules';

interface Words {
	title: () => string;
	text: (said: { at: string }) => string;
	button: () => string;
	/** Where the button leads, without language. */
	path: (slug: string, vote: string | null) => `/${string}`;
}

const forum = (slug: string) => `/forums/${slug}` as const;
const program = (slug: string) => `/forums/${slug}/program` as const;
const compose = (slug: string) => `/organize/reports/${slug}` as const;
const vote = (_: string, vote: string | null) => `/organize/votes/${vote ?? ''}` as const;

// Named one by one, so that the script of the organizers' page has these sentences and no others.
const words: Record<StepName, Words> = {
	publish_forum: {
		title: m.organize_step_publish_forum,
		text: m.organize_step_publish_forum_text,
		button: m.organize_step_publish_forum_do,
		path: forum
	},
	dates: {
		title: m.organize_step_dates,
		text: m.organize_step_dates_text,
		button: m.organize_step_dates_do,
		path: forum
	},
	opening: {
		title: m.organize_step_opening,
		text: m.organize_step_opening_text,
		button: m.organize_step_opening_do,
		path: forum
	},
	registering: {
		title: m.organize_step_registering,
		text: m.organize_step_registering_text,
		button: m.organize_step_registering_do,
		path: forum
	},
	preparing: {
		title: m.organize_step_preparing,
		text: m.organize_step_preparing_text,
		button: m.organize_step_preparing_do,
		path: program
	},
	meeting: {
		title: m.organize_step_meeting,
		text: m.organize_step_meeting_text,
		button: m.organize_step_meeting_do,
		path: program
	},
	list: {
		title: m.organize_step_list,
		text: m.organize_step_list_text,
		button: m.organize_step_list_do,
		path: (slug) => `/organize/priorities/${slug}`
	},
	open_vote: {
		title: m.organize_step_open_vote,
		text: m.organize_step_open_vote_text,
		button: m.organize_step_open_vote_do,
		path: (slug) => `/organize/votes/new?forum=${slug}`
	},
	voting: {
		title: m.organize_step_voting,
		text: m.organize_step_voting_text,
		button: m.organize_step_voting_do,
		path: vote
	},
	count: {
		title: m.organize_step_count,
		text: m.organize_step_count_text,
		button: m.organize_step_count_do,
		path: vote
	},
	start_report: {
		title: m.organize_step_start_report,
		text: m.organize_step_start_report_text,
		button: m.organize_step_start_report_do,
		path: compose
	},
	finish_report: {
		title: m.organize_step_finish_report,
		text: m.organize_step_finish_report_text,
		button: m.organize_step_finish_report_do,
		path: compose
	},
	published: {
		title: m.organize_step_published,
		text: m.organize_step_published_text,
		button: m.organize_step_published_do,
		path: (slug) => `/reports/${slug}`
	},
	archived: {
		title: m.organize_step_archived,
		text: m.organize_step_archived_text,
		button: m.organize_step_archived_do,
		path: forum
	},
	cancelled: {
		title: m.organize_step_cancelled,
		text: m.organize_step_cancelled_text,
		button: m.organize_step_cancelled_do,
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
		path: path(slug, step.vote)
	};
}

// A moment has an hour; a day has none.
function said(at: string | null, zone: string): string {
	if (at === null) return '';
	return at.includes('T') ? moment(at, zone) : day(at);
}
