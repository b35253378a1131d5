import type { Domain } from '$lib/platform/domain';
import { emails } from './emails';
import { forumLines, step } from './gathered';

/** What registrations contributes to the parts that gather. */
export const registrations: Domain = {
	name: 'registrations',
	forumLines,
	step,
	stages: ['register'],
	emails,
	beforeProfile: ['/(member)/forums/[slug]/register']
};
