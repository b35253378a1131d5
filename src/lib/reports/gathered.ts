import { z } from 'zod';
import type { ForumLine } from '$lib/platform/domain';
import { date } from '$lib/platform/text/dates';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** What `private.reports_organize` answers: the report of a forum. */
export const forumSchema = z.object({
	report: z.object({ report_id: z.string(), published_at: z.string().nullable() }).nullable()
});

const lineSchema = forumSchema.extend({ slug: z.string(), time_zone: z.string() });

/** How far the highlights of a forum are, with the way to write them. */
export function forumLines(gathered: unknown): ForumLine[] {
	const { report, slug, time_zone } = lineSchema.parse(gathered);
	return [{ text: status(report, time_zone), path: `/organize/reports/${slug}` }];
}

function status(report: z.output<typeof forumSchema>['report'], zone: string): string {
	if (!report) return m.organize_row_report_none();
	return report.published_at
		? m.organize_row_report_published({ date: date(report.published_at, zone) })
		: m.organize_row_report_draft();
}
