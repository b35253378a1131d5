import { date } from '$lib/platform/text/dates';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';
import type { CorrectionView } from './parts/ReportCorrections.svelte';

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
