import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const titles = z.enum(Constants.public.Enums.calendar_titles, {
	error: () => m.calendars_error_titles()
});

/** What the entries of one's calendar are called. */
export const titlesSchema = z.object({ titles });

/** What `my_calendar` answers. */
export const mineSchema = z.object({
	discreet: z.boolean(),
	titles: titles.nullable(),
	made_at: z.string().nullable()
});

const day = z.iso.date();
// Null unless the person chose names.
const name = z.string().nullable();

/** What `calendar_feed` answers. */
export const feedSchema = z.object({
	titles,
	forums: z.array(
		z.object({
			registration_id: z.string(),
			calendar_sequence: z.number(),
			name_en: name,
			name_fr: name,
			starts_on: day,
			ends_on: day,
			time_zone: z.string().nullable(),
			sessions: z.array(
				z.object({
					session_id: z.string(),
					version: z.number(),
					title_en: name,
					title_fr: name,
					starts_at: z.string(),
					ends_at: z.string()
				})
			)
		})
	)
});
