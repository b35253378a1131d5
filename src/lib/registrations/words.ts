import { inProvince, sectorList, type Sector } from '$lib/directory/words';
import type { EmailFacts, EmailWords } from '$lib/platform/domain';
import { date, moment } from '$lib/platform/text/dates';
import { inWords } from '$lib/platform/text/lists';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { emails } from './emails';
import type { Act, Review } from './rules';
import type { HistoryEntry, Reserve, RosterRow } from './schema';

type Status = RosterRow['status'];
type Mode = RosterRow['mode'];

const statuses: Record<Status, () => string> = {
	pending: m.registrations_status_pending,
	confirmed: m.registrations_status_confirmed,
	waitlisted: m.registrations_status_waiting,
	refused: m.registrations_status_refused,
	cancelled: m.registrations_status_cancelled
};

const lists: Record<Status, () => string> = {
	pending: m.registrations_roster_pending,
	confirmed: m.registrations_roster_confirmed,
	waitlisted: m.registrations_roster_waitlisted,
	refused: m.registrations_roster_refused,
	cancelled: m.registrations_roster_cancelled
};

/** "To approve", "Waitlist": the registrations with one status; null are all but cancelled ones. */
export function listWords(status: Status | null): string {
	return (status ? lists[status] : m.registrations_roster_all)();
}

/** "In person", "En ligne". */
export function modeWords(mode: Mode): string {
	return mode === 'online' ? m.registrations_mode_online() : m.registrations_mode_in_person();
}

/** "Before January 6, 2027, some in-person spots are only for people in Quebec." */
export function reserveWords(reserve: Reserve, sectors: readonly Sector[], zone: string): string {
	const facts = {
		until: date(reserve.releases_at, zone),
		mode: reserve.mode,
		provinces: inWords(reserve.provinces.map((code) => inProvince(code))),
		sectors: sectorList(sectors, reserve.sectors)
	};
	if (reserve.sectors.length === 0) return m.registrations_reserved_provinces(facts);
	return reserve.provinces.length === 0
		? m.registrations_reserved_sectors(facts)
		: m.registrations_reserved_both(facts);
}

/** "Confirmed", "Waits at number 4", "Spot offered until …": what organizers read of a registration. */
export function statusWords(
	row: Pick<RosterRow, 'status' | 'over_capacity' | 'silent_since' | 'position' | 'offer'>,
	zone: string
): string {
	const { status, offer } = row;
	if (status === 'confirmed' && row.over_capacity) return m.registrations_status_over_capacity();
	if (status !== 'waitlisted') return statuses[status]();
	if (offer) {
		const until = moment(offer.until, zone);
		return offer.last_call
			? m.registrations_status_called({ until })
			: m.registrations_status_offered({ until });
	}
	const place = row.position ?? 1;
	return row.silent_since
		? m.registrations_status_silent({ place })
		: m.registrations_status_waitlisted({ place });
}

const acts: Record<string, (facts: HistoryEntry['facts']) => string> = {
	registered: ({ mode, status }) =>
		m.registrations_act_registered({
			mode: mode ? modeWords(mode) : '',
			status: status ? statuses[status]() : ''
		}),
	offered: ({ until = '' }) => m.registrations_act_offered({ until }),
	called: ({ until = '' }) => m.registrations_act_called({ until }),
	offer_expired: m.registrations_act_offer_expired,
	accepted: m.registrations_act_accepted,
	still_waits: m.registrations_act_still_waits,
	mode_changed: ({ mode }) =>
		m.registrations_act_mode_changed({ mode: mode ? modeWords(mode) : '' }),
	hand_over_offered: m.registrations_act_hand_over_offered,
	handed_over: m.registrations_act_handed_over,
	cancelled: m.registrations_act_cancelled,
	suspended: m.registrations_act_suspended,
	approved: ({ status }) =>
		m.registrations_act_approved({ status: status ? statuses[status]() : '' }),
	approved_over_capacity: m.registrations_act_approved_over_capacity,
	refused: m.registrations_act_refused,
	cancelled_by_organizer: m.registrations_act_cancelled_by_organizer,
	moved: ({ from = 1, to = 1 }) => m.registrations_act_moved({ from, to })
};

/** What happened, in a sentence; times in the zone of the forum. */
export function historyWords({ act, facts }: HistoryEntry, zone: string): string {
	const until = facts.until && moment(facts.until, zone);
	return (acts[act] ?? m.registrations_act_other)({ ...facts, until });
}

/** A forum as emails about it need it. */
interface Forum {
	slug: string;
	name_en: string;
	name_fr: string;
	place_en: string;
	place_fr: string;
	city: string | null;
	starts_on: string;
	ends_on: string;
}

/** The emails that a decision sends, in the reader's language; a position in line is not known before. */
export function emailsOf(act: Act, review: Review, forum: Forum, reason: string): EmailWords[] {
	if (review.changed.length === 0) return [];
	const about: EmailFacts = {
		slug: forum.slug,
		forum_en: forum.name_en,
		forum_fr: forum.name_fr,
		place_en: forum.place_en,
		place_fr: forum.place_fr,
		starts_on: forum.starts_on,
		ends_on: forum.ends_on,
		waitlist_position: '…',
		reason: reason.trim(),
		...(forum.city && { city: forum.city })
	};
	if (act === 'refuse') return [emails.registration_refused!(about)];
	if (act === 'cancel') return [emails.registration_cancelled_by_organizer!(about)];
	const modes: Mode[] = ['in_person', 'online'];
	return [
		...modes
			.filter((mode) => review.confirmed[mode] > 0)
			.map((mode) => emails.registration_confirmed!({ ...about, mode })),
		...(review.waitlisted > 0 ? [emails.registration_waitlisted!(about)] : [])
	];
}

type Count = (inputs: { count: number }) => string;

/** What a decision is about, and the button that carries it out; both count registrations. */
export const decisions: Record<Act, { says: Count; does: Count }> = {
	approve: { says: m.registrations_review_count_approve, does: m.registrations_review_do_approve },
	refuse: { says: m.registrations_review_count_refuse, does: m.registrations_review_do_refuse },
	cancel: { says: m.registrations_review_count_cancel, does: m.registrations_review_do_cancel },
	over_capacity: {
		says: m.registrations_review_count_over_capacity,
		does: m.registrations_review_do_over_capacity
	}
};

const outcomes: Record<string, Count> = {
	confirmed: m.registrations_outcome_confirmed,
	waitlisted: m.registrations_outcome_waitlisted,
	refused: m.registrations_outcome_refused,
	cancelled: m.registrations_outcome_cancelled,
	already: m.registrations_outcome_already
};

/** "2 registrations are confirmed. 1 is on the waitlist.": what a decision did, from its counts. */
export function outcomeWords(counts: Record<string, string>): string {
	return Object.entries(outcomes)
		.map(([name, say]) => [say, Number(counts[name] ?? 0)] as const)
		.filter(([, count]) => count > 0)
		.map(([say, count]) => say({ count }))
		.join(' ');
}
