import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import * as directory from '$lib/directory/data.server';
import * as coverage from '$lib/coverage/data.server';
import * as reports from '$lib/reports/data.server';
import { draft, missing, warningOf, type Gaps, type Texts } from '$lib/reports/rules';
import {
	correctionSchema,
	publicationSchema,
	reportSchema,
	startSchema,
	takingDownSchema,
	typedCorrectionSchema
} from '$lib/reports/schema';
import {
	correctionViews,
	emptyHeadings,
	figuresView,
	gapsInWords,
	previewOf
} from '$lib/reports/view.server';
import { publishedSentence } from '$lib/reports/words';
import type { Db } from '$lib/platform/db/client.server';
import { action, preview } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { moment } from '$lib/platform/text/dates';
import { link } from '$lib/platform/text/i18n/link';
import { prose } from '$lib/platform/text/markdown.server';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent } from './$types';

type Event = RequestEvent<{ slug: string }>;
type Organize = NonNullable<Awaited<ReturnType<typeof reports.organize>>>;

export const load = page(async ({ locals, params, url, isDataRequest }: PageServerLoadEvent) => {
	const forum = found(await reports.organize(locals.db, params.slug));
	const { report } = forum;
	const published = report?.published_at
		? publishedSentence(report.published_at, report.published_precision)
		: null;
	const draft = published ? null : report;
	const ask = url.searchParams.get('ask');
	const facts = draft && (await reports.facts(locals.db, forum.forum_id));
	const counted = draft && (await coverage.figures(locals.db, forum.forum_id));
	const gaps = draft && gapsOf(forum, draft, facts!.vote);
	return {
		forum,
		report,
		published,
		corrections: correctionViews(report?.corrections ?? []),
		gaps,
		figures: draft && figuresView(facts!, counted ?? null, await directory.sectors()),
		needed: gaps && gapsInWords(gaps, !isDataRequest),
		asks: {
			publish:
				draft && ask === 'publish'
					? {
							page: previewOf(draft, facts!, forum.slug, !isDataRequest),
							body_en: prose(draft.body_en),
							body_fr: prose(draft.body_fr)
						}
					: null,
			correct: ask === 'correct',
			unpublish: ask === 'take-down'
		}
	};
});

function gapsOf(forum: Organize, texts: Texts, vote: Parameters<typeof warningOf>[0]): Gaps {
	return {
		hidden: forum.published_at === null,
		waiting: forum.votes
			.filter(({ counted_at }) => counted_at === null)
			.map(({ vote_id, closes_at }) => ({
				vote_id,
				open: new Date(closes_at) > new Date(),
				closes: moment(closes_at, forum.time_zone)
			})),
		missing: missing(texts),
		empty: emptyHeadings(texts),
		vote: warningOf(vote)
	};
}

const here = ({ params }: Event) => link(`/organize/reports/${params.slug}`);

/** An action that changes the report, says so, and shows the page again. */
function changing<Schema extends z.ZodObject>(
	schema: Schema,
	verb: (db: Db, input: z.output<Schema>) => Promise<unknown>,
	id: string,
	done: Parameters<typeof flash>[1]
) {
	return action(
		schema,
		async (input, event: Event) => {
			await verb(event.locals.db, input);
			flash(event, done);
			redirect(303, here(event));
		},
		{ id, stored }
	);
}

// Forms without texts have no use for it: their page shows the new version.
async function stored(input: object, { locals }: Event) {
	return 'body_en' in input && 'report' in input
		? reports.stored(locals.db, String(input.report))
		: null;
}

export const actions = {
	start: changing(startSchema, startWithDraft, 'start', 'reports_done_started'),
	save: changing(reportSchema, reports.save, 'report', 'reports_done_saved'),
	figures: action(
		startSchema,
		async (input, event: Event) => {
			await coverage.takeFigures(event.locals.db, input.forum);
			flash(event, 'reports_done_figures');
			redirect(303, here(event));
		},
		{ id: 'figures' }
	),
	// What is in the fields is what the question shows, and what is published.
	review: action(
		reportSchema,
		async (edit, event: Event) => {
			await reports.save(event.locals.db, edit);
			redirect(303, `${here(event)}?ask=publish`);
		},
		{ id: 'report', stored }
	),
	publish: changing(publicationSchema, reports.publish, 'publish', 'reports_done_published'),
	correct: changing(correctionSchema, reports.correct, 'report', 'reports_done_corrected'),
	unpublish: changing(takingDownSchema, reports.unpublish, 'down', 'reports_done_taken_down'),
	preview: preview(typedCorrectionSchema, ['body_en', 'body_fr'], prose, { id: 'report' })
} satisfies Actions;

/** A draft from the forum's facts, in both languages. */
async function startWithDraft(db: Db, { forum }: z.output<typeof startSchema>) {
	const facts = await reports.facts(db, forum);
	const [en, fr] = [draft(facts, 'en'), draft(facts, 'fr')];
	await reports.start(db, forum, {
		title_en: en.title,
		title_fr: fr.title,
		body_en: en.body,
		body_fr: fr.body
	});
}
