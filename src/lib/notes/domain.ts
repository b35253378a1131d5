import type { Domain } from '$lib/platform/domain';
import { forumLines, homeParts, needs } from './gathered';
import { acts } from './words';

/** What notes contributes to the parts that gather. */
export const notes: Domain = { name: 'notes', acts, forumLines, homeParts, needs };
