import type { Enums } from '$lib/platform/db/types';
import type { ActWords } from '$lib/platform/domain';
import { hour, shortMoment } from '$lib/platform/text/dates';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const statuses: Record<Enums<'note_status'>, () => string> = {
	writing: m.notes_status_writing,
	ready: m.notes_status_ready,
	reviewed: m.notes_status_reviewed
};

/** "Being written"; without notes, "Not begun". */
export function statusName(status: Enums<'note_status'> | null): string {
	return status ? statuses[status]() : m.notes_status_none();
}

/** "November 24 at 1:30 p.m. · Room B": when and where a session is, as far as it is known. */
export function placeAndTime(
	session: { starts_at: string | null; room_en: string; room_fr: string },
	zone: string
): string {
	const when = session.starts_at && shortMoment(session.starts_at, zone);
	return [when, pair(session, 'room')].filter(Boolean).join(' · ');
}

/** "Saved at 1:42 p.m." */
export function savedAt(when: string, zone: string): string {
	return m.notes_saved_at({ at: hour(when, zone) });
}

/** The acts of this domain in the audit. */
export const acts: Record<string, ActWords> = {
	review_note: () => m.notes_act_review(),
	reopen_note: () => m.notes_act_reopen(),
	redact_note: () => m.notes_act_redact(),
	delete_note: () => m.notes_act_delete(),
	save_note_prompts: () => m.notes_act_prompts(),
	name_note_taker: () => m.notes_act_name(),
	end_note_taker: () => m.notes_act_end()
};
