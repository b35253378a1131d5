import { moment } from '../text/dates';
import * as messages from '../text/i18n/paraglide/messages';
import type { Refusal } from './refusal';

// A refusal is raised once, in the database, and gets its words here. Each domain keeps its own
// sentences: `<domain>_refusal_<key>`, where the key is what the database raised, or the name of the
// constraint that said no.
type Sentence = (details: Record<string, string>) => string;
const sentences = new Map(
	Object.entries(messages).flatMap(([name, sentence]) => {
		const key = /^[a-z]+_refusal_(.+)$/.exec(name)?.[1];
		return key ? [[key, sentence as Sentence] as const] : [];
	})
);

/** The sentence of a refusal in the reader's language; a plain one where the key has none. */
export function sentence({ key, details }: Refusal): string {
	const say = sentences.get(key) ?? messages.shared_refusal_unknown;
	return say(spoken(details));
}

// The database adds figures as JSON: {"at": "2027-11-12T…", "zone": "America/Winnipeg", "allowed": 4}.
function spoken(details: string | null): Record<string, string> {
	let facts: Record<string, unknown>;
	try {
		facts = JSON.parse(details ?? '{}') as Record<string, unknown>;
	} catch {
		return {};
	}
	const zone = typeof facts.zone === 'string' ? facts.zone : undefined;
	return Object.fromEntries(
		Object.entries(facts).map(([name, fact]) => [
			name,
			name === 'at' && typeof fact === 'string' ? moment(fact, zone) : String(fact)
		])
	);
}
