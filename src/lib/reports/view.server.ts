import { render } from 'svelte/server';
import { provinceList, sectorList, type Sector } from '$lib/directory/words';
import type { Figures } from '$lib/coverage/schema';
import { date } from '$lib/platform/text/dates';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';
import { inWords } from '$lib/platform/text/lists';
import { proseParts } from '$lib/platform/text/markdown.server';
import { Rendered } from '$lib/platform/text/rendered';
import ReportBody from './parts/ReportBody.svelte';
import type { CorrectionView } from './parts/ReportCorrections.svelte';
import ReportGaps from './parts/ReportGaps.svelte';
import { spoken, type Gaps, type Texts } from './rules';
import type { FiguresView, Snapshot } from './schema';

interface Correction {
	correction_id: string;
	made_at: string;
	version: number;
	note_en: string;
	note_fr: string;
}

/** Corrections for readers: each with its day, in the reader's language or else in the other. */
export function correctionViews(corrections: Correction[]): CorrectionView[] {
	const locale = getLocale();
	const other = locale === 'fr' ? 'en' : 'fr';
	return [...corrections]
		.sort((a, b) => a.version - b.version)
		.map((correction) => {
			const own = correction[`note_${locale}`];
			return {
				id: correction.correction_id,
				day: date(correction.made_at),
				note: own || correction[`note_${other}`],
				lang: own ? undefined : other
			};
		});
}

/** Headings without text, in both languages. */
export function emptyHeadings(texts: Pick<Texts, 'body_en' | 'body_fr'>): Gaps['empty'] {
	return (['en', 'fr'] as const).flatMap((lang) =>
		proseParts(texts[`body_${lang}`]).flatMap(({ heading, html }) =>
			heading !== null && html === '' ? [{ lang, heading: heading.text }] : []
		)
	);
}

/**
 * A draft as its readers would see it under its title, in the language of the page.
 * @param inDocument whether the HTML is sent as a document, which holds it already
 */
export function previewOf(texts: Texts, snapshot: Snapshot, slug: string, inDocument: boolean) {
	const body = spoken(texts, 'body', getLocale());
	const props = {
		snapshot,
		slug,
		parts: proseParts(body.text),
		lang: body.lang === getLocale() ? undefined : body.lang,
		published: m.reports_publish_does_locked()
	};
	return rendered(render(ReportBody, { props }).body, inDocument);
}

/** What a draft still needs, as HTML: no form of the page is in it. */
export function gapsInWords(gaps: Gaps, inDocument: boolean) {
	return rendered(render(ReportGaps, { props: { gaps } }).body, inDocument);
}

/**
 * The figures of people that a report will show, a line each.
 * @param counted what the registrations of the forum say; null when there are none
 */
export function figuresView(
	{ forum }: Snapshot,
	counted: Figures | null,
	sectors: readonly Sector[]
): FiguresView {
	const locale = getLocale();
	const shown = figureLines(
		forum.participants,
		forum.qualifier,
		provinceList(forum.provinces),
		inWords(forum.sectors.map((name) => name[locale]))
	);
	const other =
		counted &&
		figureLines(
			counted.participants,
			counted.participants_qualifier,
			provinceList(counted.provinces),
			sectorList(sectors, counted.sectors)
		);
	return { shown, counted: other && String(other) !== String(shown) ? other : null };
}

function figureLines(
	count: number | null,
	qualifier: Snapshot['forum']['qualifier'],
	provinces: string,
	sectors: string
): string[] {
	const say = qualifier === 'over' ? m.forums_people_over : m.forums_people_about;
	return [
		...(count === null ? [] : [say({ count })]),
		...(provinces ? [m.reports_figures_provinces({ list: provinces })] : []),
		...(sectors ? [m.reports_figures_sectors({ list: sectors })] : [])
	];
}

function rendered(body: string, inDocument: boolean) {
	const html = body.replaceAll(/<!--.*?-->/g, '');
	return inDocument ? new Rendered(html) : html;
}
