import { z } from 'zod';
import { line, pair } from '$lib/platform/text/fields';
import { LENGTHS } from './rules';

const titles = pair('title', line({ least: 3, most: LENGTHS.title }));

/** A new point of an area, or a part of another point. */
export const pointSchema = z.object({
	area: z.uuid(),
	under: z.union([z.uuid(), z.literal('')]),
	...titles
});

/** Other words for a point. */
export const wordingSchema = z.object({ point: z.uuid(), ...titles });

/** Which point goes. */
export const removalSchema = z.object({ point: z.uuid() });

/** A new area of a forum's list. */
export const areaSchema = z.object({
	forum: z.uuid(),
	...pair('name', line({ least: 2, most: LENGTHS.name }))
});
