import type { Domain } from '$lib/platform/domain';
import { forumLines, needs } from './gathered';
import { acts } from './words';

/** What feedback contributes to the parts that gather. */
export const feedback: Domain = { name: 'feedback', acts, needs, forumLines };
