import { dollarsTyped } from '$lib/platform/text/figures';
import type { Category } from './schema';

/** A category as the fields of its form have it; null without one. */
export function editedOf(categories: readonly Category[], id: string | null) {
	const found = categories.find(({ category_id }) => category_id === id);
	if (!found) return null;
	const { category_id, hidden, chosen_by, amount, version, name_en, name_fr } = found;
	const { about_en, about_fr } = found;
	const texts = { name_en, name_fr, about_en, about_fr, amount: dollarsTyped(amount) };
	return { id: category_id, hidden, chosen: chosen_by > 0, fields: { version, ...texts } };
}
