import * as reports from '$lib/reports/data.server';
import { sections, spoken } from '$lib/reports/rules';
import { correctionViews } from '$lib/reports/view.server';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';
import { prose } from '$lib/platform/text/markdown.server';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const [report, all] = await Promise.all([
		reports.bySlug(locals.db, params.slug),
		reports.list(locals.db)
	]);
	const { title_en, title_fr, body_en, body_fr, corrections, ...shown } = found(report);
	const texts = { title_en, title_fr, body_en, body_fr };
	const body = spoken(texts, 'body', getLocale());
	const place = all.findIndex(({ forum }) => forum.slug === params.slug);
	return {
		report: shown,
		corrections: correctionViews(corrections),
		title: spoken(texts, 'title', getLocale()),
		lang: body.lang,
		parts: sections(body.text).map(({ heading, text }) => ({ heading, html: prose(text) })),
		later: all[place - 1]?.forum,
		earlier: place < 0 ? undefined : all[place + 1]?.forum
	};
});
