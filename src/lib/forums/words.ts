import { day } from '$lib/platform/text/dates';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { modesOf, phaseOf, type Mode, type Places } from './rules';

/** How far a forum is, in a sentence. */
export function statusOf(forum: Parameters<typeof phaseOf>[0], now = new Date()): string {
	const on = (when: string | null) => ({ day: when ? day(when, forum.time_zone) : '' });
	switch (phaseOf(forum, now)) {
		case 'cancelled':
			return m.forums_status_cancelled();
		case 'over':
			return m.forums_status_over();
		case 'under_way':
			return m.forums_status_under_way();
		case 'open':
			return forum.registration_closes_at
				? m.forums_status_open(on(forum.registration_closes_at))
				: m.forums_status_open_ended();
		case 'soon':
			return m.forums_status_soon(on(forum.registration_opens_at));
		case 'closed':
			return m.forums_status_closed(on(forum.registration_closes_at));
		case 'unannounced':
			return m.forums_status_unannounced();
	}
}

/** What is still free, in one sentence and without figures; empty when nothing is offered. */
export function spotsSentence(forum: Places): string {
	const modes = modesOf(forum);
	const free = modes.filter(({ left }) => left !== 'full').map(({ mode }) => mode);
	if (modes.length === 0) return '';
	if (free.length === 0) return m.forums_lead_none();
	if (free.length === 2) return m.forums_lead_both();
	const only = modes.length === 2;
	if (free[0] === 'online') return only ? m.forums_lead_online_only() : m.forums_lead_online();
	return only ? m.forums_lead_in_person_only() : m.forums_lead_in_person();
}

/** What a button does that leads to the form, or sends it: a place, the waitlist, or one of the two. */
export function registerWords(forum: Places): string {
	const full = modesOf(forum).map(({ left }) => left === 'full');
	if (!full.includes(true)) return m.forums_register();
	return full.includes(false) ? m.forums_register_either() : m.forums_register_waitlist();
}

const places: Record<Mode, Record<'open' | 'few' | 'full', () => string>> = {
	in_person: {
		open: m.forums_spots_in_person_open,
		few: m.forums_spots_in_person_few,
		full: m.forums_spots_in_person_full
	},
	online: {
		open: m.forums_spots_online_open,
		few: m.forums_spots_online_few,
		full: m.forums_spots_online_full
	}
};

/** One sentence for each way of taking part. */
export function spotsByMode(forum: Places): string[] {
	return modesOf(forum).map(({ mode, left }) => places[mode][left]());
}

type ByDays = {
	today: () => string;
	tomorrow: () => string;
	days: (in_: { days: number }) => string;
};

/** The sentence for a number of calendar days ahead; past days count as today. */
export function inDays(days: number, { today, tomorrow, days: say }: ByDays): string {
	if (days <= 0) return today();
	return days === 1 ? tomorrow() : say({ days });
}

/** "Registration closes tomorrow", by calendar days. */
export function registrationCloses(days: number): string {
	return inDays(days, {
		today: m.forums_registration_closes_today,
		tomorrow: m.forums_registration_closes_tomorrow,
		days: m.forums_registration_closes_days
	});
}
