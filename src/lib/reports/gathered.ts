import { z } from 'zod';
import { isOver } from '$lib/forums/rules';
import { Constants } from '$lib/platform/db/types';
import type { ForumLine, Stage, Step } from '$lib/platform/domain';
import { partialDate } from '$lib/platform/text/dates';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** What `private.reports_organize` answers: the report of a forum; without a precision its date is not known. */
const forumSchema = z.object({
	report: z
		.object({
			report_id: z.string(),
			published_at: z.string().nullable(),
			published_precision: z.enum(Constants.public.Enums.date_precision).nullable()
		})
		.nullable()
});

const lineSchema = forumSchema.extend({ slug: z.string(), time_zone: z.string() });

/** How far the highlights of a forum are, with the way to write them. */
export function forumLines(gathered: unknown): ForumLine[] {
	const { report, slug, time_zone } = lineSchema.parse(gathered);
	return [{ text: status(report, time_zone), path: `/organize/reports/${slug}` }];
}

function status(report: z.output<typeof forumSchema>['report'], zone: string): string {
	if (!report) return m.organize_row_report_none();
	const { published_at, published_precision: precision } = report;
	if (!published_at) return m.organize_row_report_draft();
	if (precision === null) return m.organize_row_report_undated();
	const date = partialDate(published_at, precision, zone);
	return precision === 'day'
		? m.organize_row_report_published({ date })
		: m.organize_row_report_published_in({ date });
}

// A draft is prepared from the list, so the step reads what that domain says of the forum.
const stepSchema = lineSchema.extend({
	ends_on: z.iso.date(),
	priorities: z.number().int().nonnegative()
});

/** Highlights to start, to finish, or published. */
export function step(gathered: unknown, now: Date): Step | null {
	const forum = stepSchema.parse(gathered);
	const { report, slug } = forum;
	if (!isOver(forum, now)) return null;
	if (report?.published_at) {
		return {
			weight: 'ended',
			title: m.organize_step_published(),
			text: m.organize_step_published_text(),
			button: { text: m.organize_step_published_do(), path: `/reports/${slug}` },
			waits: false
		};
	}
	const path = `/organize/reports/${slug}` as const;
	if (report) {
		return {
			weight: 'begun',
			title: m.organize_step_finish_report(),
			text: m.organize_step_finish_report_text(),
			button: { text: m.organize_step_finish_report_do(), path },
			waits: true
		};
	}
	if (forum.priorities === 0) return null;
	return {
		weight: 'next',
		title: m.organize_step_start_report(),
		text: m.organize_step_start_report_text(),
		button: { text: m.organize_step_start_report_do(), path },
		waits: true
	};
}

/** The highlights report: not started, a draft, or published. */
export function stage(gathered: unknown): Stage {
	const { report, slug, time_zone } = lineSchema.parse(gathered);
	const about = { name: m.home_stage_report(), path: `/organize/reports/${slug}` as const };
	if (!report) return { ...about, state: 'ahead' };
	const isPublished = report.published_at !== null;
	return { ...about, state: isPublished ? 'done' : 'now', note: status(report, time_zone) };
}
