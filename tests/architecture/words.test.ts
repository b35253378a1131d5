import { describe, expect, test } from 'vitest';
import { domains } from '../../src/lib/domains';
import { exists, filesUnder, namesIn, textOf } from './tree';
import { faults } from './typography';
import { countsInPlural, ending, needsElision, retired } from './wording';

// The messages, in two languages: the same ones, well set, and all of them used.

/** Messages of no domain: what several domains share. */
const withoutTables = ['shared'];

type Message = string | { declarations?: string[]; match: Record<string, string> }[];
type Messages = Record<string, Message>;

/** What is only said of several: sessions side by side, people at a forum, ballots once there are five. */
const alwaysSeveral = new Set([
	'forums_people_about',
	'forums_people_over',
	'home_since_about',
	'home_since_over',
	'priorities_ranked',
	'priorities_ranked_tied',
	'priorities_share',
	'reports_vote_quorum_missed',
	'sessions_at_once',
	'sessions_day_label_parallel',
	'sessions_day_parallel',
	'shared_errors',
	'threads_joint_many',
	'votes_figures',
	'votes_history_none',
	'votes_history_rank',
	'votes_history_tied',
	'votes_refusal_too_many_picks',
	'votes_rule_none_text'
]);

const folder = 'src/lib/platform/text/i18n/messages';
const files = namesIn(`${folder}/en`).map((name) => name.replace('.json', ''));
const sources = filesUnder('src').filter((path) => /\.(ts|js|svelte)$/.test(path));
const code = sources.map(textOf).join('\n');
const keys = files.flatMap((domain) => Object.keys(messages('en', domain)));

function messages(language: 'en' | 'fr', domain: string): Messages {
	return JSON.parse(textOf(`${folder}/${language}/${domain}.json`)) as Messages;
}

function sentences(message: Message): string[] {
	return typeof message === 'string'
		? [message]
		: message.flatMap(({ match }) => Object.values(match));
}

/** What a message has to be given: its `{name}`s, without those it computes itself. */
function parameters(message: Message): string[] {
	const said = sentences(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)]);
	const declared =
		typeof message === 'string' ? [] : message.flatMap(({ declarations = [] }) => declarations);
	const named = (kind: string) =>
		declared.filter((line) => line.startsWith(kind)).map((line) => line.split(/[\s=]+/)[1] ?? '');
	const computed = named('local');
	const all = [...said.map(([, name]) => name ?? ''), ...named('input')];
	return [...new Set(all)].filter((name) => !computed.includes(name)).sort();
}

test('both languages have the same files, and the project reads them all', () => {
	expect(namesIn(`${folder}/fr`)).toEqual(namesIn(`${folder}/en`));
	const project = textOf('src/lib/platform/text/i18n/project.inlang/settings.json');
	expect(files.filter((domain) => !project.includes(`{locale}/${domain}.json`))).toEqual([]);
	expect(
		files.filter(
			(domain) => ![...domains.map(({ name }) => name), ...withoutTables].includes(domain)
		)
	).toEqual([]);
});

describe.each(files)('the words of %s', (domain) => {
	const en = messages('en', domain);
	const fr = messages('fr', domain);

	test('are there in both languages, under names that begin with the domain', () => {
		expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
		expect(Object.keys(en).filter((key) => !key.startsWith(`${domain}_`))).toEqual([]);
	});

	test('ask for the same things in both languages', () => {
		const asked = (words: Messages) =>
			Object.fromEntries(Object.entries(words).map(([key, value]) => [key, parameters(value)]));
		expect(asked(fr)).toEqual(asked(en));
	});

	test.each(['en', 'fr'] as const)('are well set (%s)', (language) => {
		const wrong = Object.entries(language === 'en' ? en : fr).flatMap(([key, message]) =>
			sentences(message).flatMap((text) =>
				faults(language, text).map((fault) => `${key}: ${fault}: ${text}`)
			)
		);
		expect(wrong).toEqual([]);
	});

	test.each(['en', 'fr'] as const)('are those of the glossary (%s)', (language) => {
		const wrong = Object.entries(language === 'en' ? en : fr).flatMap(([key, message]) =>
			sentences(message).flatMap((text) =>
				retired(language, domain, text).map((word) => `${key}: ${word}`)
			)
		);
		expect(wrong).toEqual([]);
	});

	test('end alike in both languages', () => {
		const endings = (message: Message) => [...new Set(sentences(message).map(ending))];
		expect(
			Object.keys(en).filter((key) => endings(en[key]!).join() !== endings(fr[key]!).join())
		).toEqual([]);
	});

	test('never need an elision before a name, nor a plural for 0 or 1, in French', () => {
		const wrong = Object.entries(fr).flatMap(([key, message]) => [
			...(sentences(message).some(needsElision) ? [`${key}: elision`] : []),
			...(typeof message === 'string' && countsInPlural(message) && !alwaysSeveral.has(key)
				? [`${key}: plural`]
				: [])
		]);
		expect(wrong).toEqual([]);
	});
});

// Sentences of refusals are compared with what the database raises: see db/rules/words.ts.
test('no message is left over', () => {
	const named = new Set(code.match(/\w+/g));
	// `directory_province_${code}`: the whole family is in use.
	const families = [...code.matchAll(/[`]([a-z]+_[a-z_]+_)\$\{/g)].map(([, head]) => head ?? '');
	const isUsed = (key: string) =>
		named.has(key) || /^[a-z]+_refusal_/.test(key) || families.some((head) => key.startsWith(head));
	expect(keys.filter((key) => !isUsed(key))).toEqual([]);
});

test('the sample network is well set', () => {
	const path = 'supabase/seed/network.json';
	const wrong = exists(path) ? wrongPairs(JSON.parse(textOf(path))) : ['no sample network'];
	expect(wrong).toEqual([]);
});

/** Faults in the lines of texts whose name says their language: `title_fr`, or `{ en, fr }`. */
function wrongPairs(value: unknown, name = ''): string[] {
	if (typeof value === 'string') {
		const language = /(?:^|_)(en|fr)$/.exec(name)?.[1] as 'en' | 'fr' | undefined;
		if (!language) return [];
		const lines = value.split('\n').map((line) => line.trim());
		return lines.flatMap((line) => faults(language, line).map((fault) => `${fault}: ${line}`));
	}
	if (Array.isArray(value)) return value.flatMap((item) => wrongPairs(item, name));
	if (value === null || typeof value !== 'object') return [];
	return Object.entries(value).flatMap(([key, inner]) => wrongPairs(inner, key));
}

test.each([
	['en', 'Don\u2019t wait: 5% of \u201cseats\u201d are left at 6:30 p.m.', []],
	['en', "Don't", ['straight apostrophe']],
	['en', 'signups : 3', ['space before a colon']],
	['en', 'Welcome!', ['exclamation mark']],
	['fr', 'Réunion\u00a0: 18\u00a0h\u00a030, 5\u00a0%, «\u00a0oui\u00a0», 1\u00a0200\u00a0$', []],
	['fr', 'Voir https://example.org/fr', []],
	['fr', 'la Nation kanien\u2019kehá:ka', []],
	['fr', 'Réunion: demain', ['no no-break space before a colon']],
	['fr', 'Réunion : demain', ['no no-break space before a colon']],
	['fr', 'à 18 h 30', ['hour with a breaking space']],
	['fr', '{hour} h', ['hour with a breaking space']],
	['fr', '5 %', ['no no-break space before % or $']],
	['fr', '5%', ['no no-break space before % or $']],
	['fr', 'Vraiment ?', ['space before ; or ?']],
	['fr', '«oui»', ['no no-break space after «', 'no no-break space before »']],
	['fr', 'l\u2019“atelier”', ['English quotation marks outside of « »']],
	['fr', '1 200 places', ['thousands with a breaking space']]
] as const)('the setter reads %s: %s', (language, sentence, expected) => {
	expect(faults(language, sentence)).toEqual(expected);
});

test.each([
	['en', 'forums', 'Go to the desk', 1],
	['en', 'forums', 'All spots are taken.', 0],
	['en', 'committees', 'Regional seats', 0],
	['en', 'sessions', 'NGOs only', 1],
	['fr', 'forums', 'Aller au bureau', 1],
	['fr', 'threads', 'Publier votre réponse', 1],
	['fr', 'reports', 'Publier le rapport', 0],
	['fr', 'threads', 'Les membres voient les mêmes réponses.', 0]
] as const)('the reader of words finds in %s (%s): %s', (language, domain, sentence, count) => {
	expect(retired(language, domain, sentence)).toHaveLength(count);
});

test.each([
	['Les heures sont celles de {city}.', true],
	['l’équipe d’{city}', true],
	['Lieu\u00a0: {place}.', false],
	['En personne, à {city}', false],
	['les {voters} personnes', false]
])('an elision may be needed in: %s', (sentence, expected) => {
	expect(needsElision(sentence)).toBe(expected);
});

test.each([
	['{count} bulletins', true],
	['{count}\u00a0personnes ont voté', true],
	['Jusqu’à {choices} choix', false],
	['{voted} des {of} personnes', false],
	['Bulletins\u00a0: {count}', false]
])('a count of 0 or 1 would be wrong in: %s', (sentence, expected) => {
	expect(countsInPlural(sentence)).toBe(expected);
});
