import { z } from 'zod';
import { isOver } from '$lib/forums/rules';
import { registrationCloses } from '$lib/forums/words';
import type { ForumLine, HomePart, Need, Stage, Step } from '$lib/platform/domain';
import { changeLines, changeTitle } from './emails';
import { freeTimes } from './rules';
import { aheadSchema, openChangeSchema } from './schema';
import { placeOf, stillFree } from './words';
import { dates, day, dayIn, hour, moment } from '$lib/platform/text/dates';
import { daysUntil, isSoon } from '$lib/platform/text/days';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/**
 * What `private.sessions_tasks` answers: spots that are offered, what changed about the sessions a person chose; the
 * forums ahead, with their registration and sessions.
 */
export const tasksSchema = z.object({
	session_offers: z.array(
		z.object({
			session_id: z.string(),
			title_en: z.string(),
			title_fr: z.string(),
			slug: z.string(),
			until: z.string(),
			zone: z.string()
		})
	),
	session_changes: z.array(openChangeSchema),
	forums: z.array(aheadSchema)
});
type Offer = z.output<typeof tasksSchema>['session_offers'][number];
type Change = z.output<typeof openChangeSchema>;
type ForumAhead = z.output<typeof tasksSchema>['forums'][number];

/**
 * Spots in sessions that are offered, what changed about chosen sessions, and forums that are open for registration,
 * without those that the person registered for or cancelled.
 */
export function needs(gathered: unknown): Need[] {
	const { session_offers: offers, session_changes: changes, forums } = tasksSchema.parse(gathered);
	return [...offers.map(offered), ...changes.map(changed), ...toRegister(forums)];
}

function changed(change: Change): Need {
	const { change_id: id, slug, what, session_id } = change;
	const stays = what === 'moved';
	return {
		id,
		title: changeTitle(change),
		lines: changeLines(change, change.zone),
		button: {
			text: stays ? m.sessions_change_see() : m.sessions_change_choose(),
			path: stays ? `/forums/${slug}/program#s-${session_id}` : `/forums/${slug}/program`
		}
	};
}

function offered({ session_id, slug, until, zone, ...session }: Offer): Need {
	return {
		id: `session-${session_id}`,
		title: m.sessions_home_offer({ session: pair(session, 'title') }),
		closes: {
			at: until,
			text: m.registrations_home_offer_until({ until: moment(until, zone) }),
			soon: isSoon(until, zone)
		},
		button: {
			text: m.registrations_home_offer_do(),
			path: `/forums/${slug}/program#s-${session_id}`
		}
	};
}

function toRegister(forums: ForumAhead[]): Need[] {
	return forums
		.filter(
			({ registration_open, status, cancelled }) =>
				registration_open && status === null && !cancelled
		)
		.map((forum) => {
			const { registration_closes_at: at, time_zone: zone } = forum;
			const when = dates(forum.starts_on, forum.ends_on);
			return {
				id: forum.forum_id,
				title: at ? registrationCloses(daysUntil(at, zone)) : m.home_register_open(),
				lines: [m.home_register_text({ forum: pair(forum, 'name'), dates: when })],
				closes: at
					? { at, text: m.home_register_until({ at: moment(at, zone) }), soon: isSoon(at, zone) }
					: undefined,
				button: { text: m.home_next_register(), path: `/forums/${forum.slug}/register` }
			};
		});
}

/** The person's own registration for each forum ahead: their status first, then when, where, what. */
export function homeParts(gathered: unknown): HomePart[] {
	const { forums } = tasksSchema.parse(gathered);
	const left = forums.filter(({ status, cancelled }) => status === null && cancelled);
	return [
		...registeredFor(forums.filter(({ status }) => status !== null)),
		...left.map((forum) => ({
			id: forum.forum_id,
			title: m.home_forum(),
			text: m.home_forum_cancelled({ forum: pair(forum, 'name') }),
			buttons: forum.registration_open
				? [
						{
							text: m.home_forum_again(),
							path: `/forums/${forum.slug}/register` as const,
							variant: 'text' as const
						}
					]
				: []
		}))
	];
}

function registeredFor(forums: ForumAhead[]): HomePart[] {
	return forums.map((forum) => ({
		id: forum.forum_id,
		title: m.home_forum(),
		lead: registered(forum),
		facts: [
			{
				term: m.home_forum_name(),
				values: [{ text: pair(forum, 'name'), path: `/forums/${forum.slug}` }]
			},
			{
				term: m.home_forum_when(),
				values: [{ text: dates(forum.starts_on, forum.ends_on) }]
			},
			{ term: m.home_forum_where(), values: [{ text: pair(forum, 'place') }] },
			...(forum.status === 'confirmed' ? [chosen(forum)] : [])
		],
		buttons: [
			{ text: m.home_forum_day(), path: `/forums/${forum.slug}/program`, variant: 'text' },
			{ text: m.home_forum_mine(), path: `/forums/${forum.slug}/registration`, variant: 'text' }
		]
	}));
}

function registered(forum: ForumAhead): string {
	if (forum.status === 'pending') return m.registrations_pending_text();
	if (forum.status === 'refused') return m.registrations_refused_text();
	if (forum.status === 'waitlisted') {
		return m.home_forum_waitlisted({ place: forum.waitlist_position ?? 1 });
	}
	return forum.mode === 'online'
		? m.home_forum_confirmed_online()
		: m.home_forum_confirmed_in_person();
}

function chosen({ sessions, choices, mode, slug, time_zone }: ForumAhead) {
	const lines = sessions.map((session) => {
		const words = { title: pair(session, 'title'), hour: hour(session.starts_at, time_zone) };
		const room = placeOf(session, mode ?? 'in_person');
		return room ? m.home_forum_session_room({ ...words, room }) : m.home_forum_session(words);
	});
	// What is closed to the person is not among the choices.
	const reader = { confirmed: true, mode, governmental: false, approved: true, waits: [] };
	const free = freeTimes(choices, { ...reader, signups: sessions });
	const values: { text: string; path?: `/${string}` }[] = (
		lines.length > 0 ? lines : [m.home_forum_no_sessions()]
	).map((text) => ({ text }));
	if (free.length > 0)
		values.push({ text: stillFree(free, time_zone), path: `/forums/${slug}/program` });
	return { term: m.home_forum_sessions({ count: lines.length || 2 }), values };
}

const lineSchema = z.object({
	slug: z.string(),
	published: z.boolean(),
	sessions: z.number(),
	program_drafts: z.number()
});

/** The way to the program of a forum, with how many sessions it has and what is not released. */
export function forumLines(gathered: unknown): ForumLine[] {
	const { slug, published, sessions: count, program_drafts: waiting } = lineSchema.parse(gathered);
	return [
		{
			text: m.sessions_row({ count }),
			path: `/organize/forums/${slug}/sessions`,
			note: published && waiting > 0 ? m.sessions_row_waiting({ count: waiting }) : undefined
		}
	];
}

const stepSchema = z.object({
	slug: z.string(),
	starts_on: z.iso.date(),
	ends_on: z.iso.date(),
	time_zone: z.string()
});

/** A forum that is coming up or under way. */
export function step(gathered: unknown, now: Date): Step | null {
	const forum = stepSchema.parse(gathered);
	if (isOver(forum, now)) return null;
	const path = `/forums/${forum.slug}/program` as const;
	if (forum.starts_on > dayIn(forum.time_zone, now)) {
		return {
			weight: 'next',
			title: m.organize_step_preparing(),
			text: m.organize_step_preparing_text({ at: day(forum.starts_on) }),
			button: { text: m.organize_step_preparing_do(), path },
			waits: false
		};
	}
	return {
		weight: 'next',
		title: m.organize_step_meeting(),
		text: m.organize_step_meeting_text({ at: day(forum.ends_on) }),
		button: { text: m.organize_step_meeting_do(), path },
		waits: false
	};
}

/** The days of the forum itself. */
export function stage(gathered: unknown, now: Date): Stage {
	const forum = stepSchema.parse(gathered);
	const isAhead = forum.starts_on > dayIn(forum.time_zone, now);
	return {
		name: m.home_stage_breakouts(),
		state: isOver(forum, now) ? 'done' : isAhead ? 'ahead' : 'now',
		note: dates(forum.starts_on, forum.ends_on),
		path: `/organize/forums/${forum.slug}/sessions`
	};
}
