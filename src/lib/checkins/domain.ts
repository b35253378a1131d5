import type { Domain } from '$lib/platform/domain';
import { acts } from './words';

/** What checkins contribute to the parts that gather. */
export const checkins: Domain = { name: 'checkins', acts };
