import type { Domain } from '$lib/platform/domain';
import { emails } from './emails';
import { forumLines, needs, stage, step } from './gathered';
import { jobs } from './jobs.server';

/** What registrations contributes to the parts that gather. */
export const registrations: Domain = {
	name: 'registrations',
	forumLines,
	step,
	stage,
	emails,
	jobs,
	needs,
	beforeProfile: ['/(member)/forums/[slug]/register']
};
