import type { Domain } from '$lib/platform/domain';
import { forumLines } from './gathered';

/** What questions contributes to the parts that gather. */
export const questions: Domain = { name: 'questions', forumLines };
