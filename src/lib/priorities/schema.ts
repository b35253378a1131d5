import { z } from 'zod';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { LIMITS } from './rules';

function words(least: number, most: number) {
	const error = () => m.priorities_error_length({ least, most });
	return z.string().trim().min(least, { error }).max(most, { error });
}

const titles = { title_en: words(3, LIMITS.title), title_fr: words(3, LIMITS.title) };

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

/** A new area. */
export const areaSchema = z.object({
	name_en: words(2, LIMITS.name),
	name_fr: words(2, LIMITS.name)
});
