import type { Domain } from '$lib/platform/domain';
import { forumLines, homeParts } from './gathered';
import { acts } from './words';

/** What checkins contribute to the parts that gather. */
export const checkins: Domain = { name: 'checkins', acts, forumLines, homeParts };
