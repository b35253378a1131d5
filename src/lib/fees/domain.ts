import type { Domain } from '$lib/platform/domain';
import { forumLines } from './gathered';
import { acts } from './words';

/** What fees contributes to the parts that gather. */
export const fees: Domain = { name: 'fees', acts, forumLines };
