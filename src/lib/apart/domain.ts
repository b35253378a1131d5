import type { Domain } from '$lib/platform/domain';
import { needs } from './gathered';
import { acts } from './words';

/** What requests to be apart contribute to the parts that gather. */
export const apart: Domain = { name: 'apart', acts, needs };
