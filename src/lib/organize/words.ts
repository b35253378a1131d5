import type { ActWords } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/**
 * An act of the audit: "Approved", "Role given: Check-in". An act of an earlier version of the site may have no words.
 * @param acts the words of all domains
 */
export function actWords(
	acts: Record<string, ActWords>,
	action: string,
	fields: readonly string[] = []
): string {
	return acts[action]?.(fields) ?? m.organize_act_other();
}

/** The acts by their words, for a question. */
export function actChoices(acts: Record<string, ActWords>) {
	return Object.keys(acts)
		.map((value) => ({ value, label: actWords(acts, value) }))
		.sort((a, b) => a.label.localeCompare(b.label));
}
