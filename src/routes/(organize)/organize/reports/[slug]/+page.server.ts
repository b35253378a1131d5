import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as reports from '$lib/reports/data.server';
import {
	draft,
	emptyHeadings,
	missing,
	warningOf,
	type Gaps,
	type Texts
} from '$lib/reports/rules';
import {
	correctionSchema,
	publicationSchema,
	reportSchema,
	startSchema,
	takingDownSchema
} from '$lib/reports/schema';
import { correctionViews } from '$lib/reports/view.server';
import { publishedSentence } from '$lib/reports/words';
import { action, formOf } from '$lib/platform/http/action.server';
import { moment } from '$lib/platform/text/dates';
import type { FormResult } from '$lib/platform/http/form';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { prose } from '$lib/platform/text/markdown.server';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent } from './$types';

type Event = RequestEvent<{ slug: string }>;
type Organize = NonNullable<Awaited<ReturnType<typeof reports.organize>>>;

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const forum = found(await reports.organize(locals.db, params.slug));
	const { report } = forum;
	const published = report?.published_at
		? publishedSentence(report.published_at, report.published_precision)
		: null;
	const draft = published ? null : report;
	const ask = url.searchParams.get('ask');
	return {
		forum,
		report,
		published,
		corrections: correctionViews(report?.corrections ?? []),
		gaps: draft && gapsOf(forum, draft, (await reports.facts(locals.db, forum.forum_id)).vote),
		asks: {
			publish: draft && ask === 'publish' ? previewOf(draft) : null,
			correct: ask === 'correct',
			unpublish: ask === 'take-down'
		},
		done: said(url.searchParams.get('done'), published !== null)
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

function previewOf({ title_en, title_fr, body_en, body_fr }: Texts) {
	return {
		en: { title: title_en, html: prose(body_en) },
		fr: { title: title_fr, html: prose(body_fr) }
	};
}

// Addresses are bookmarked and sent: what they say was done is only repeated where it can be so.
function said(done: string | null, published: boolean): FormResult | null {
	switch (done && `${done}, ${published ? 'published' : 'a draft'}`) {
		case 'published, published':
			return { id: 'published', done: m.reports_publish_done() };
		case 'corrected, published':
			return { id: 'corrected', done: m.reports_correct_done() };
		case 'started, a draft':
			return { id: 'started', done: m.reports_compose_started() };
		case 'saved, a draft':
			return { id: 'report', done: m.reports_compose_saved() };
		case 'taken-down, a draft':
			return { id: 'taken-down', done: m.reports_down_done() };
	}
	return null;
}

async function idOf({ locals, params }: Event): Promise<string> {
	const forum = found(await reports.organize(locals.db, params.slug));
	return found(forum.report).report_id;
}

function leadTo({ params }: Event, query = ''): never {
	redirect(303, link(`/organize/reports/${params.slug}`) + query);
}

export const actions = {
	start: action(
		startSchema,
		async (_, event: Event) => {
			const { db } = event.locals;
			const { forum_id } = found(await reports.organize(db, event.params.slug));
			const facts = await reports.facts(db, forum_id);
			const [en, fr] = [draft(facts, 'en'), draft(facts, 'fr')];
			await reports.start(db, forum_id, {
				title_en: en.title,
				title_fr: fr.title,
				body_en: en.body,
				body_fr: fr.body
			});
			leadTo(event, '?done=started');
		},
		{ id: 'start' }
	),
	save: action(
		reportSchema,
		async (edit, event: Event) => {
			await reports.save(event.locals.db, await idOf(event), edit);
			leadTo(event, '?done=saved');
		},
		{ id: 'report' }
	),
	// What is in the fields is what the question shows, and what is published.
	review: action(
		reportSchema,
		async (edit, event: Event) => {
			await reports.save(event.locals.db, await idOf(event), edit);
			leadTo(event, '?ask=publish');
		},
		{ id: 'report' }
	),
	publish: action(
		publicationSchema,
		async ({ version, sure }, event: Event) => {
			await reports.publish(event.locals.db, await idOf(event), version, sure);
			leadTo(event, '?done=published');
		},
		{ id: 'publish' }
	),
	correct: action(
		correctionSchema,
		async (correction, event: Event) => {
			await reports.correct(event.locals.db, await idOf(event), correction);
			leadTo(event, '?done=corrected');
		},
		{ id: 'report' }
	),
	unpublish: action(
		takingDownSchema,
		async ({ version }, event: Event) => {
			await reports.unpublish(event.locals.db, await idOf(event), version);
			leadTo(event, '?done=taken-down');
		},
		{ id: 'down' }
	),
	// Nothing is checked or saved: it shows what was typed, however long.
	preview: async (event) => {
		const form = await formOf(event);
		const names = Object.keys(correctionSchema.shape);
		const values = Object.fromEntries(names.map((name) => [name, String(form.get(name) ?? '')]));
		return { id: 'report', values, preview: previewOf(values as unknown as Texts) };
	}
} satisfies Actions;
