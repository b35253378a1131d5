// Words that left the messages, each with what to say instead. A thing has one word in each language: the
// glossary in src/README.md decides.

interface Retired {
	pattern: RegExp;
	instead: string;
	/** Domains where the word has its proper meaning. */
	except?: string[];
	/** The one domain where it has not. */
	only?: string;
}

const english: Retired[] = [
	{ pattern: /\bdesk\b/i, instead: 'Organize' },
	{ pattern: /\bseats?\b/i, instead: 'spot; a seat is of a committee', except: ['committees'] },
	{ pattern: /\bplaces? (left|online|in (person|line))\b/i, instead: 'spot' },
	{ pattern: /\broll\b|\belectorate\b/i, instead: 'voters’ list' },
	{ pattern: /\bNGOs?\b/, instead: 'closed to government and police: others than NGOs may enter' },
	{ pattern: /\blaw enforcement\b/i, instead: 'police', except: ['directory'] },
	{ pattern: /\bprogramme\b/i, instead: 'program' },
	{ pattern: /\b(fr[eo]ez|froze)/i, instead: 'lock' },
	{ pattern: /\bseal(s|ed|ing)?\b/i, instead: 'make anonymous' },
	{ pattern: /\bwithdr[ae]w/i, instead: 'cancel, delete' },
	{ pattern: /\beras(e|es|ed|ing)\b/i, instead: 'delete' },
	{ pattern: /\balong\b/i, instead: 'download your data' },
	{ pattern: /\bformer participant\b/i, instead: 'deleted account' },
	{ pattern: /\bfingerprint/i, instead: 'code: readers may fear the police' },
	{ pattern: /\b(stands?|stood)\b/i, instead: 'is, appears' },
	{ pattern: /\bat once\b/i, instead: 'right away, or: at the same time' },
	{ pattern: /\bby (itself|themselves)\b/i, instead: 'automatically' },
	{ pattern: /\banew\b|\bonce more\b(?! before)/i, instead: 'again' },
	{ pattern: /\b(meanwhile|whoever|need not)\b/i, instead: 'a plain sentence with a subject' },
	{ pattern: /(^|\. )Should /, instead: 'if' },
	{ pattern: /\btick(s|ed)?\b/i, instead: 'check' },
	{ pattern: /\bnot here, or\b|\bis not here\b/i, instead: 'We cannot find …' },
	{ pattern: /\b(my|mine|me)\b/i, instead: 'your: the site speaks to the person' },
	{ pattern: /\bunwanted mail\b|\bplain subject/i, instead: 'spam, discreet' }
];

const french: Retired[] = [
	{ pattern: /\bbureau\b/i, instead: 'Organisation' },
	{ pattern: /\bsi[eè]ges?\b/i, instead: 'place', except: ['committees'] },
	{ pattern: /\bONG\b/, instead: 'fermé au gouvernement et à la police' },
	{ pattern: /\bforces? de l’ordre\b/i, instead: 'police', except: ['directory'] },
	{ pattern: /\beffac/i, instead: 'supprimer' },
	{ pattern: /\bemport/i, instead: 'télécharger' },
	{ pattern: /\bdésist/i, instead: 'annuler l’inscription' },
	{ pattern: /\b(se )?fig(e|ent|é|ée|és|ées)\b/i, instead: 'verrouiller' },
	{ pattern: /\bscell/i, instead: 'rendre anonyme' },
	{ pattern: /ayant quitté le réseau/i, instead: 'compte supprimé' },
	{ pattern: /\bempreinte/i, instead: 'code : on pense à la police' },
	{ pattern: /\bcompte(nt)? comme\b/i, instead: 'avoir valeur de' },
	{ pattern: /\battend(ent|re)? (son|sa|ses)\b/i, instead: 'être prêt à' },
	{ pattern: /\bd’elles?-mêmes?\b|\bde lui-même\b/i, instead: 'automatiquement' },
	{ pattern: /jamais refusé|pour le monde entier/i, instead: 'ce que fait le site, sans emphase' },
	{
		pattern: /(?<!\p{L})(mon|ma|mes)(?!\p{L})|^(Me |M’|J’)/u,
		instead: 'votre : le site parle à la personne'
	},
	{
		pattern: /\bpubli(er|ez|é|cation)/i,
		instead: 'envoyer : un fil n’est pas public',
		only: 'threads'
	}
];

/** What a sentence of a domain says in words that were left behind, and the word to use. */
export function retired(language: 'en' | 'fr', domain: string, sentence: string): string[] {
	const text = sentence.replaceAll(/\{\w+\}/g, '…');
	return (language === 'fr' ? french : english)
		.filter(
			({ pattern, except = [], only = domain }) =>
				only === domain && !except.includes(domain) && pattern.test(text)
		)
		.map(({ pattern, instead }) => `${pattern.exec(text)?.[0]}: ${instead}`);
}

// Names that people or organizers choose: one that begins with a vowel would need an elision.
const names =
	'area|areas|city|committees|forum|heading|name|organization|place|provinces|regions|sectors|session|title';
const elided = new RegExp(
	`(?:\\b(?:de|que|le|la|du|au|si)[ \\u00a0]|[dlq]u?’)\\{(?:${names})\\}`,
	'iu'
);

/** Whether a French sentence puts a small word before a name, which may have to lose its vowel. */
export const needsElision = (sentence: string) => elided.test(sentence);

/** Whether a French sentence counts in the plural, which is wrong for 0 and 1. */
export const countsInPlural = (sentence: string) =>
	/\{(?:count|voted|cast|quorum|picks|picked|people|stars|choices)\}[ \u00a0](?!(?:choix|sur|des)\b)\p{L}+[sx]\b/u.test(
		sentence
	);

/** How a sentence ends: a point, a question, an opening to what follows, or nothing. */
export const ending = (sentence: string) => /[.?:;,]$/.exec(sentence.trim())?.[0] ?? 'nothing';
