import type { Domain } from '$lib/platform/domain';
import { forumLines, homeParts } from './gathered';
import { acts } from './words';

/** What needs contributes to the parts that gather. */
export const needs: Domain = { name: 'needs', acts, forumLines, homeParts };
