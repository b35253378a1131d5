import type { Domain } from '$lib/platform/domain';
import { acts } from './words';

/** What visibility contributes to the parts that gather. */
export const visibility: Domain = { name: 'visibility', acts };
