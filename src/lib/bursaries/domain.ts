import type { Domain } from '$lib/platform/domain';
import { emails } from './emails';
import { forumLines, needs } from './gathered';
import { acts } from './words';

/** What bursaries contribute to the parts that gather. */
export const bursaries: Domain = { name: 'bursaries', acts, emails, needs, forumLines };
