import * as reports from '$lib/reports/data.server';
import { spoken } from '$lib/reports/rules';
import { correctionViews } from '$lib/reports/view.server';
import { dates } from '$lib/platform/text/dates';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';
import { proseParts } from '$lib/platform/text/markdown.server';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const [report, all] = await Promise.all([
		reports.bySlug(locals.db, params.slug),
		reports.list(locals.db)
	]);
	const byDate = all.toSorted((a, b) => b.forum.starts_on.localeCompare(a.forum.starts_on));
	const { title_en, title_fr, body_en, body_fr, corrections, ...shown } = found(report);
	const texts = { title_en, title_fr, body_en, body_fr };
	const body = spoken(texts, 'body', getLocale());
	const { forum } = shown.snapshot;
	const when = dates(forum.starts_on, forum.ends_on, forum.date_precision);
	const title = spoken(texts, 'title', getLocale());
	locals.running = `${title.text} · ${when}`;
	const place = byDate.findIndex(({ forum }) => forum.slug === params.slug);
	return {
		report: shown,
		corrections: correctionViews(corrections),
		title,
		lang: body.lang,
		parts: proseParts(body.text),
		later: byDate[place - 1]?.forum,
		earlier: place < 0 ? undefined : byDate[place + 1]?.forum
	};
});
