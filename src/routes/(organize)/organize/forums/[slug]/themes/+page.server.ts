import * as confirmations from '$lib/confirmations/data.server';
import * as notes from '$lib/notes/data.server';
import { draftOf, heardIn, withParagraph } from '$lib/notes/rules';
import { listedSchema, noThemeSchema, placeSchema, themeSchema } from '$lib/notes/schema';
import { LENGTHS as ofList } from '$lib/priorities/rules';
import * as reports from '$lib/reports/data.server';
import { LENGTHS as ofReport } from '$lib/reports/rules';
import { reportSchema } from '$lib/reports/schema';
import type { Db } from '$lib/platform/db/client.server';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { z } from 'zod';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { themes, pairs, ...rest } = found(await notes.themes(locals.db, params.slug));
	const results = await confirmations.byPair(locals.db, params.slug);
	const chosen = url.searchParams.get('theme');
	return {
		...rest,
		results,
		// Pairs of a theme that is not shown are without theme for this organizer.
		unthemed: pairs.filter((pair) => !themes.some(({ theme_id }) => theme_id === pair.theme_id)),
		themes: themes.map((theme) => {
			const own = pairs.filter(({ theme_id }) => theme_id === theme.theme_id);
			return {
				...theme,
				pairs: own,
				heard: heardIn(own),
				used: theme.theme_id === chosen,
				paragraphs: { text_en: draftOf(own, 'en'), text_fr: draftOf(own, 'fr') }
			};
		}),
		newTheme: crypto.randomUUID(),
		limits: { title: ofList.title, text: ofReport.body }
	};
});

const { body_en: text_en, body_fr: text_fr } = reportSchema.shape;
const paragraphSchema = z
	.object({ theme: z.uuid(), text_en, text_fr })
	.refine(({ text_en, text_fr }) => text_en !== '' || text_fr !== '', {
		path: ['text_en'],
		error: () => m.notes_report_empty()
	});

/** The draft of the highlights with a paragraph more; it is begun when there is none. */
async function addToReport(db: Db, slug: string, texts: { text_en: string; text_fr: string }) {
	const { report, ...forum } = found(await reports.organize(db, slug));
	const { report_id, version = 0, title_en, title_fr, body_en = '', body_fr = '' } = report ?? {};
	const edit = {
		title_en: title_en ?? forum.name_en,
		title_fr: title_fr ?? forum.name_fr,
		body_en: withParagraph(body_en, texts.text_en),
		body_fr: withParagraph(body_fr, texts.text_fr)
	};
	if (!report_id) await reports.start(db, forum.forum_id, edit);
	else if (edit.body_en !== body_en || edit.body_fr !== body_fr)
		await reports.save(db, { report: report_id, version, ...edit });
}

export const actions = {
	add: action(
		themeSchema,
		async (theme, event: RequestEvent) => {
			await notes.addTheme(event.locals.db, theme);
			back(event, 'notes_done_theme');
		},
		{ id: 'add' }
	),
	place: action(
		placeSchema,
		async ({ pair, theme }, event: RequestEvent) => {
			await notes.place(event.locals.db, pair, theme);
			back(event, 'notes_done_placed');
		},
		{ id: 'place' }
	),
	delete: action(
		noThemeSchema,
		async ({ theme }, event: RequestEvent) => {
			await notes.removeTheme(event.locals.db, theme);
			back(event, 'notes_done_theme_deleted');
		},
		{ id: 'place' }
	),
	list: action(
		listedSchema,
		async ({ theme, area, ...titles }, event: RequestEvent) => {
			await notes.toList(event.locals.db, theme, area, titles);
			back(event, 'notes_done_listed');
		},
		{ id: 'list', beside: { area_not_found: 'area' } }
	),
	report: action(
		paragraphSchema,
		async (texts, event: RequestEvent) => {
			await addToReport(event.locals.db, event.params.slug, texts);
			back(event, 'notes_done_reported');
		},
		{ id: 'report' }
	)
} satisfies Actions;
