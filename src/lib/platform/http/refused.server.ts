import { isHttpError } from '@sveltejs/kit';
import { Refusal, Unavailable } from '../db/refusal';
import { sentence } from '../db/refusals.server';
import { m } from '../text/i18n/paraglide/messages';

/** A no that was expected, as pages, forms and endpoints say it. */
export interface Refused {
	status: number;
	key: string;
	sentence: string;
}

/** What was thrown as a status and a sentence in the reader's language; null for a bug or a redirect. */
export function refusedBy(thrown: unknown): Refused | null {
	if (thrown instanceof Refusal) {
		return { status: thrown.status, key: thrown.key, sentence: sentence(thrown) };
	}
	if (thrown instanceof Unavailable) {
		return { status: 503, key: 'unavailable', sentence: m.shared_error_503_text() };
	}
	if (isHttpError(thrown, 429)) {
		return { status: 429, key: 'too_many', sentence: thrown.body.message };
	}
	return null;
}
