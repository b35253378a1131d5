import type { Domain } from '$lib/platform/domain';
import { emails } from './emails';
import { forumLines, needs } from './gathered';
import { acts } from './words';

/** What confirmations contributes to the parts that gather. */
export const confirmations: Domain = { name: 'confirmations', acts, emails, forumLines, needs };
