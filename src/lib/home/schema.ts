import { z } from 'zod';
import type { Tables } from '$lib/platform/db/types';

/** What needs a person, under the keys of all domains; each domain reads its own. */
export const gatheredSchema = z.record(z.string(), z.unknown());

/** What `home_page` gives: who asks, and what needs them. */
export const pageSchema = z.object({ who: z.unknown(), page: gatheredSchema.nullable() });

/** A forum as the visitor's home shows it. */
export interface ForumSummary extends Pick<
	Tables<'forums'>,
	| 'slug'
	| 'name_en'
	| 'name_fr'
	| 'place_en'
	| 'place_fr'
	| 'city'
	| 'starts_on'
	| 'ends_on'
	| 'date_precision'
	| 'time_zone'
	| 'participants'
	| 'participants_qualifier'
	| 'registration_opens_at'
	| 'registration_closes_at'
	| 'registration_closed_at'
	| 'cancelled_at'
	| 'sample'
> {
	sessions: number;
	priorities: number;
	reported: boolean;
}

/** The head of a counted list. */
export interface First extends Pick<
	Tables<'votes'>,
	'vote_id' | 'title_en' | 'title_fr' | 'voters_count' | 'quorum' | 'sample'
> {
	ballots_cast: number;
	ranked: { priority_id: string; rank: number; title_en: string; title_fr: string }[];
}
