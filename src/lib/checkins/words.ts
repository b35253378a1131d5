import type { ActWords } from '$lib/platform/domain';
import { shortMoment } from '$lib/platform/text/dates';
import { figure } from '$lib/platform/text/figures';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { CheckInPage, Scan } from './schema';

/** "Checked in: 87. Registered in person: 120." */
export function attendanceWords({
	attended,
	registered,
	registered_online
}: CheckInPage['attendance']): string {
	const counts = { attended: figure(attended), registered: figure(registered) };
	const online = figure(registered_online);
	return registered_online > 0
		? m.checkins_attendance_both({ ...counts, online })
		: m.checkins_attendance(counts);
}

const reasons: Record<NonNullable<Scan['reason']>, () => string> = {
	unknown_code: m.checkins_reason_unknown_code,
	other_forum: m.checkins_reason_other_forum,
	cancelled: m.checkins_reason_cancelled,
	waitlisted: m.checkins_reason_waitlisted,
	pending: m.checkins_reason_pending,
	refused: m.checkins_reason_refused
};

/** Why somebody is not checked in. */
export function reasonWords(reason: NonNullable<Scan['reason']>): string {
	return reasons[reason]();
}

/** "Checked in", "Already in: today, 9:04 a.m.", "Not checked in". */
export function outcomeWords({ outcome, at, undone, time_zone }: Scan): string {
	if (undone) return m.checkins_outcome_undone();
	if (outcome === 'already') {
		return m.checkins_outcome_already({ moment: shortMoment(at!, time_zone) });
	}
	return outcome === 'in' ? m.checkins_outcome_in() : m.checkins_outcome_no();
}

/** The acts of this domain in the audit. */
export const acts: Record<string, ActWords> = {
	add_walk_in: () => m.checkins_act_walk_in(),
	check_in_list: () => m.checkins_act_list(),
	undo_check_in: () => m.checkins_act_undo()
};
