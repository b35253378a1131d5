import type { Enums } from '$lib/platform/db/types';

/** What a person may write about what they need, in characters; the constraints say the same. */
export const LENGTHS = { language: 80, phone: 40, words: 1000, provided: 2000 };

export type Need = Enums<'need'>;

/** The needs to choose from, in the groups of the form. */
export const GROUPS = {
	access: ['step_free', 'captions', 'large_print', 'quiet_room'],
	diet: ['vegetarian', 'vegan', 'halal', 'kosher', 'gluten_free', 'lactose_free', 'allergy'],
	interpretation: ['asl', 'lsq', 'other_language'],
	other: ['childcare', 'travel_safety', 'call']
} as const satisfies Record<string, readonly Need[]>;
export type Group = keyof typeof GROUPS;
