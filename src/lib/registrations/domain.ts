import type { Domain } from '$lib/platform/domain';
import { emails } from './emails';
import { forumLines, stage, step } from './gathered';

/** What registrations contributes to the parts that gather. */
export const registrations: Domain = {
	name: 'registrations',
	forumLines,
	step,
	stage,
	emails,
	beforeProfile: ['/(member)/forums/[slug]/register']
};
