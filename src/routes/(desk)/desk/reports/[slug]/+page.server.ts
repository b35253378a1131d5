import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as reports from '$lib/reports/data.server';
import { draft, emptyHeadings, missing, type Texts } from '$lib/reports/rules';
import { publicationSchema, reportSchema, startSchema } from '$lib/reports/schema';
import { action, formOf } from '$lib/shared/action.server';
import { link } from '$lib/shared/i18n/link';
import { m } from '$lib/shared/i18n/paraglide/messages';
import { getLocale } from '$lib/shared/i18n/paraglide/runtime';
import { prose } from '$lib/shared/markdown.server';
import { found, page } from '$lib/shared/page.server';
import type { Actions, PageServerLoadEvent } from './$types';

type Event = RequestEvent<{ slug: string }>;

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const forum = found(await reports.desk(locals.db, params.slug));
	return {
		forum,
		report: forum.report,
		waiting: forum.rounds.filter(({ counted_at }) => counted_at === null),
		missing: forum.report ? missing(forum.report) : [],
		empty: forum.report ? emptyHeadings(forum.report[`body_${getLocale()}`]) : []
	};
});

async function draftOf({ locals, params }: Event) {
	const forum = found(await reports.desk(locals.db, params.slug));
	return found(forum.report);
}

export const actions = {
	start: action(
		startSchema,
		async (_, { locals, params }: Event) => {
			const { forum_id } = found(await reports.desk(locals.db, params.slug));
			const facts = await reports.facts(locals.db, forum_id);
			const [en, fr] = [draft(facts, 'en'), draft(facts, 'fr')];
			await reports.start(locals.db, forum_id, {
				title_en: en.title,
				title_fr: fr.title,
				body_en: en.body,
				body_fr: fr.body
			});
			return m.reports_compose_started();
		},
		{ id: 'start' }
	),
	save: action(
		reportSchema,
		async (edit, event: Event) => {
			const { report_id } = await draftOf(event);
			await reports.save(event.locals.db, report_id, edit);
			return m.reports_compose_saved();
		},
		{ id: 'report' }
	),
	publish: action(
		publicationSchema,
		async ({ one_language, ...edit }, event: Event) => {
			const { report_id } = await draftOf(event);
			// What stands in the fields is what gets published; refused, it is saved all the same.
			const version = await reports.save(event.locals.db, report_id, edit);
			await reports.publish(event.locals.db, report_id, version, one_language);
			redirect(303, link(`/desk/reports/${event.params.slug}`));
		},
		{ id: 'report' }
	),
	// Nothing is checked or kept: it shows what was typed, however long.
	preview: async (event) => {
		const form = await formOf(event);
		const names = ['version', 'title_en', 'title_fr', 'body_en', 'body_fr'] as const;
		const values = Object.fromEntries(names.map((name) => [name, String(form.get(name) ?? '')]));
		const texts = values as Record<keyof Texts, string>;
		return {
			id: 'report',
			values,
			preview: {
				en: { title: texts.title_en, html: prose(texts.body_en) },
				fr: { title: texts.title_fr, html: prose(texts.body_fr) }
			}
		};
	}
} satisfies Actions;
