import type { Enums } from '$lib/platform/db/types';
import { day, zoneName } from '$lib/platform/text/dates';
import type { ActWords } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { closesAt, modesOf, phaseOf, ZONES, type Gap, type Mode, type Places } from './rules';

const formats: Record<Enums<'format'>, () => string> = {
	in_person: m.forums_format_in_person,
	online: m.forums_format_online,
	hybrid: m.forums_format_hybrid
};

const kinds: Record<Enums<'forum_kind'>, () => string> = {
	national: m.forums_kind_national,
	regional: m.forums_kind_regional,
	consultation: m.forums_kind_consultation,
	workshop: m.forums_kind_workshop,
	webinar: m.forums_kind_webinar
};

/** "Regional meeting". */
export function kindName(kind: Enums<'forum_kind'>): string {
	return kinds[kind]();
}

/** The kind of a meeting where readers need it; nothing for a national forum. */
export function kindBeside({ kind }: { kind: Enums<'forum_kind'> }): string {
	return kind === 'national' ? '' : kindName(kind);
}

/** The kinds of meeting, for a list. */
export function kindChoices() {
	return (Object.keys(kinds) as Enums<'forum_kind'>[]).map((value) => ({
		value,
		label: kindName(value)
	}));
}

/** "In person and online". */
export function formatName(format: Enums<'format'>): string {
	return formats[format]();
}

/** The formats, for a question. */
export function formatChoices() {
	return (['in_person', 'online', 'hybrid'] as const).map((value) => ({
		value,
		label: formatName(value)
	}));
}

/** "Central Time (Winnipeg)", "Heure du Centre (Winnipeg)"; for a zone outside the list, its name alone. */
export function zoneChoice(zone: string): string {
	const name = zoneName(zone);
	const title = name.charAt(0).toUpperCase() + name.slice(1);
	const city = (ZONES as Record<string, string>)[zone];
	return city ? m.forums_edit_zone_option({ zone: title, city }) : title;
}

/** The zones of Canada for a list, and the one that is stored. */
export function zoneChoices(stored?: string) {
	const zones = Object.keys(ZONES);
	return [...new Set([...zones, ...(stored ? [stored] : [])])].map((value) => ({
		value,
		label: zoneChoice(value)
	}));
}

const gaps: Record<Gap, () => string> = {
	place_en: m.forums_gap_place_en,
	place_fr: m.forums_gap_place_fr,
	objectives_en: m.forums_gap_objectives_en,
	objectives_fr: m.forums_gap_objectives_fr,
	beside_en: m.forums_gap_beside_en,
	beside_fr: m.forums_gap_beside_fr,
	territory_en: m.forums_gap_territory_en,
	territory_fr: m.forums_gap_territory_fr,
	funders_en: m.forums_gap_funders_en,
	funders_fr: m.forums_gap_funders_fr,
	registration_opens_at: m.forums_gap_registration_opens_at,
	registration_closes_at: m.forums_gap_registration_closes_at,
	capacity: m.forums_gap_capacity
};

/** What is missing, in words. */
export function gapName(gap: Gap): string {
	return gaps[gap]();
}

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
			return m.forums_status_closed(on(closesAt(forum)));
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

/** The fields of the organizers' form, in its order. */
export function labels() {
	return {
		kind: m.forums_kind(),
		name_en: m.forums_edit_name_en(),
		name_fr: m.forums_edit_name_fr(),
		city: m.forums_edit_city(),
		format: m.forums_how(),
		time_zone: m.forums_edit_zone(),
		starts_on: m.forums_edit_starts_on(),
		ends_on: m.forums_edit_ends_on(),
		slug: m.forums_edit_slug(),
		place_en: m.forums_edit_place_en(),
		place_fr: m.forums_edit_place_fr(),
		objectives_en: m.forums_edit_objectives_en(),
		objectives_fr: m.forums_edit_objectives_fr(),
		registration_opens_at: m.forums_edit_opens(),
		registration_closes_at: m.forums_edit_closes(),
		capacity_in_person: m.forums_edit_in_person(),
		capacity_online: m.forums_edit_online()
	};
}

/** What a figure of people is, for a list. */
export function qualifierChoices() {
	return [
		{ value: 'about', label: m.forums_past_about() },
		{ value: 'over', label: m.forums_past_over() }
	];
}

const roles: Record<Enums<'forum_role'>, () => string> = {
	needs_reader: m.forums_role_needs_reader,
	check_in: m.forums_role_check_in,
	notes: m.forums_role_notes
};

/** "Needs reader", "Check-in". */
export function roleName(role: Enums<'forum_role'>): string {
	return roles[role]();
}

/** The acts of organizers about forums and their roles. */
export const acts: Record<string, ActWords> = {
	create_forum: () => m.forums_act_create_forum(),
	save_forum: () => m.forums_act_save_forum(),
	publish_forum: () => m.forums_act_publish_forum(),
	unpublish_forum: () => m.forums_act_unpublish_forum(),
	cancel_forum: () => m.forums_act_cancel_forum(),
	reopen_forum: () => m.forums_act_reopen_forum(),
	delete_forum: () => m.forums_act_delete_forum(),
	close_registration: () => m.forums_act_close_registration(),
	reopen_registration: () => m.forums_act_reopen_registration(),
	archive_forum: () => m.forums_act_archive_forum(),
	unarchive_forum: () => m.forums_act_unarchive_forum(),
	save_forum_facts: () => m.forums_act_save_forum_facts(),
	save_past_forum: () => m.forums_act_save_past_forum(),
	clone_forum: () => m.forums_act_clone_forum(),
	name_role: ([role]) =>
		role
			? m.forums_act_name_role_of({ role: roleName(role as Enums<'forum_role'>) })
			: m.forums_act_name_role(),
	end_role: ([role]) =>
		role
			? m.forums_act_end_role_of({ role: roleName(role as Enums<'forum_role'>) })
			: m.forums_act_end_role()
};
