import type { Domain } from '$lib/platform/domain';
import { forumLines } from './gathered';
import { jobs } from './jobs.server';
import { acts } from './words';

/** What materials contributes to the parts that gather. */
export const materials: Domain = {
	name: 'materials',
	acts,
	jobs,
	forumLines,
	takesFiles: ['/(organize)/organize/forums/[slug]/materials'],
	cached: { '/(public)/forums/[slug]/materials': { tags: ['forums', 'materials', 'sessions'] } }
};
