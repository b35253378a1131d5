import { describe, expect, test } from 'vitest';
import {
	byRank,
	draft,
	firstOf,
	hasWarnings,
	isBlocked,
	isWhole,
	missing,
	spoken,
	warningOf,
	type Gaps
} from '../../src/lib/reports/rules';
import {
	correctionSchema,
	publicationSchema,
	reportSchema,
	snapshotSchema,
	type Vote,
	type Snapshot
} from '../../src/lib/reports/schema';
import { emptyHeadings, previewOf } from '../../src/lib/reports/view.server';
import { proseParts } from '../../src/lib/platform/text/markdown.server';

const both = (en: string, fr = en) => ({ en, fr });

const vote: Vote = {
	id: 'r',
	title: both('A vote', 'Un vote'),
	closes_at: '2016-12-15T22:00:00+00:00',
	voters_count: 42,
	ballots_cast: 31,
	quorum: 21,
	sectors: [both('youth', 'jeunesse')],
	sample: false
};

function facts(about: Partial<Snapshot> = {}): Snapshot {
	const point = (title: string, rank: number | null, tied = false) => ({
		id: title,
		title: both(title),
		points: [],
		rank,
		picks: rank && 9 - rank,
		tied: rank && tied
	});
	return snapshotSchema.parse({
		forum: {
			name: both('National Forum', 'Forum pancanadien'),
			place: both('Montreal', 'Montréal'),
			beside: both(''),
			starts_on: '2016-11-23',
			ends_on: '2016-11-23',
			date_precision: 'day',
			time_zone: 'America/Toronto',
			objectives: [both('Compare', 'Comparer')],
			territory: both(''),
			participants: 60,
			qualifier: 'over',
			provinces: ['QC'],
			sectors: [both('youth', 'jeunesse')],
			funder: both('')
		},
		sessions: [
			{ kind: 'breakout', title: both('Data', 'Données') },
			{ kind: 'panel', title: both('Regions', 'Régions') },
			{ kind: 'breakout', title: both('Law', 'Droit') }
		],
		areas: [
			{
				name: both('Services'),
				editorial: false,
				priorities: [point('C', 3, true), point('A', 1)]
			},
			{
				name: both('Policy', 'Politiques'),
				editorial: false,
				priorities: [point('B', 2), point('D', 3, true)]
			},
			{ name: both('Empty'), editorial: false, priorities: [] }
		],
		vote,
		...about
	});
}

describe('the draft', () => {
	test('says in each language what is known, and leaves the words to be written', () => {
		const english = draft(facts(), 'en');
		expect(english.title).toBe('Highlights: National Forum');
		expect(english.body).toBe('## Our objectives\n\n- Compare\n\n## What was said\n');
		const french = draft(facts(), 'fr');
		expect(french.title).toBe('Faits saillants\u00a0: Forum pancanadien');
		expect(french.body).toContain('- Comparer');
		expect(emptyHeadings({ body_en: english.body, body_fr: french.body })).toEqual([
			{ lang: 'en', heading: 'What was said' },
			{ lang: 'fr', heading: 'Ce qui a été dit' }
		]);
	});

	test('of a forum without figures, program or list is still a draft', () => {
		const { forum } = facts();
		const bare = { ...forum, participants: null, qualifier: null, objectives: [] };
		const empty = draft(facts({ forum: bare, sessions: [], areas: [], vote: null }), 'en');
		expect(empty.body).toBe('## What was said\n');
	});

	test('takes a name with stars and brackets as a name', () => {
		const { forum } = facts();
		const body = draft(facts({ forum: { ...forum, objectives: [both('*a* [b](c) <d>')] } }), 'en');
		expect(body.body).toContain('- \\*a\\* \\[b\\](c) \\<d\\>');
	});

	test('has a title that fits its column', () => {
		const { forum } = facts();
		const name = both('n'.repeat(160));
		expect(draft(facts({ forum: { ...forum, name } }), 'fr').title).toBe(name.fr);
	});
});

describe('a text', () => {
	const read = (markdown: string) =>
		proseParts(markdown).map(({ heading, html }) => [heading?.text ?? null, html]);

	test('is cut at its main headings, and not inside code', () => {
		expect(
			read('Before\r\n\r\n## One\r\ntext\n### Under\n```\n## no\n```\n# Two #\n\n## *Three*\nx')
		).toEqual([
			[null, '<p>Before</p>'],
			['One', '<p>text</p>\n<h3>Under</h3>\n<pre><code>## no\n</code></pre>'],
			['Two', ''],
			['Three', '<p>x</p>']
		]);
		expect(read(' \n')).toEqual([]);
		expect(read('##\n\n> ## quoted')).toEqual([
			[null, '<blockquote>\n<h2>quoted</h2>\n</blockquote>']
		]);
		expect(proseParts('## [a][1]\n\n## B\n\n[1]: https://example.org')[0]!.heading!.html).toContain(
			'href="https://example.org"'
		);
	});

	test.each([
		[
			'a link',
			'See [the report](https://example.org) of C',
			'See the report of C',
			'>the report</a>'
		],
		['code', 'Use `x_y`', 'Use x_y', '<code>x_y</code>'],
		['an entity', 'Law &amp; order', 'Law & order', 'Law &amp; order'],
		['a final sharp', 'Notes in C#', 'Notes in C#', 'Notes in C#'],
		['closing sharps', 'Two ##', 'Two', 'Two'],
		['an escaped star', '2 \\* 3', '2 * 3', '2 * 3'],
		// Once this took seconds, since the work grew with the square of the sharps.
		['many sharps', `a${' #'.repeat(28_000)}`, `a${' #'.repeat(27_999)}`, `a${' #'.repeat(27_999)}`]
	])('with %s in a heading reads the same wherever it is shown', (_, typed, text, html) => {
		const body = `## ${typed}\n`;
		expect(emptyHeadings({ body_en: body, body_fr: '' })).toEqual([{ lang: 'en', heading: text }]);
		const [part] = proseParts(`${body}\nwords`);
		expect(part!.heading!.text).toBe(text);
		expect(part!.heading!.html).toContain(html);
		const texts = { title_en: 'T', title_fr: '', body_en: `${body}\nwords`, body_fr: '' };
		const page = previewOf(texts, facts({ vote: null, areas: [] }), '2016', false);
		expect(page).toContain(part!.heading!.html);
	});

	const texts = { title_en: 'T', title_fr: '', body_en: 'a\r\nb', body_fr: ' \n' };

	test('that is missing is named, and read in the other language with its name', () => {
		expect(missing(texts)).toEqual(['title_fr', 'body_fr']);
		expect(spoken(texts, 'body', 'fr')).toEqual({ text: 'a\r\nb', lang: 'en' });
		expect(spoken({ ...texts, body_fr: 'x' }, 'body', 'fr')).toEqual({ text: 'x', lang: 'fr' });
	});

	test('is taken with plain line ends, and not when it is too long', () => {
		const sent = { version: '3', report: crypto.randomUUID(), ...texts };
		expect(reportSchema.parse(sent)).toMatchObject({ version: 3, body_en: 'a\nb' });
		for (const wrong of [
			{ body_fr: 'a'.repeat(60_001) },
			{ title_en: 'a'.repeat(161) },
			{ version: 'x' },
			{ version: '-1' },
			{ version: '99999999999' }
		]) {
			expect(reportSchema.safeParse({ ...sent, ...wrong }).success, Object.keys(wrong)[0]).toBe(
				false
			);
		}
	});
});

describe('before publishing', () => {
	const none: Gaps = { hidden: false, waiting: [], missing: [], empty: [], vote: null };
	const waiting = [{ vote_id: 'r', open: false, closes: '' }];
	const heading = { lang: 'fr' as const, heading: 'Ici' };

	test.each<[string, Partial<Gaps>, { blocked: boolean; warned: boolean }]>([
		['nothing', {}, { blocked: false, warned: false }],
		['the forum’s page', { hidden: true }, { blocked: true, warned: false }],
		['a count', { waiting }, { blocked: true, warned: false }],
		['a title', { missing: ['title_fr'] }, { blocked: false, warned: true }],
		['a part of each', { missing: ['title_fr', 'body_en'] }, { blocked: true, warned: true }],
		['words under a heading', { empty: [heading] }, { blocked: false, warned: true }],
		['a quorum', { vote: 'indicative' }, { blocked: false, warned: true }]
	])('when %s is missing', (_, gaps, { blocked, warned }) => {
		expect(isBlocked({ ...none, ...gaps })).toBe(blocked);
		expect(hasWarnings({ ...none, ...gaps })).toBe(warned);
	});

	test('a vote is warned of by what the report will say of it', () => {
		expect(warningOf(null)).toBeNull();
		expect(warningOf(vote)).toBeNull();
		expect(warningOf({ ...vote, quorum: 32 })).toBe('indicative');
		expect(warningOf({ ...vote, ballots_cast: 4, quorum: 32 })).toBe('few');
	});

	test('a language is whole with a title and a text', () => {
		const texts = { title_en: 'T', body_en: ' \n', title_fr: 'T', body_fr: 'x' };
		expect([isWhole(texts, 'en'), isWhole(texts, 'fr')]).toEqual([false, true]);
	});

	test('what was warned of has to be meant', () => {
		const sent = { version: '3', report: crypto.randomUUID(), warned: true, sure: false };
		const refused = publicationSchema.safeParse(sent);
		expect(refused.error?.issues.map(({ path }) => path)).toEqual([['sure']]);
		expect(publicationSchema.safeParse({ ...sent, sure: true }).success).toBe(true);
		expect(publicationSchema.safeParse({ ...sent, warned: false }).success).toBe(true);
	});
});

test('a correction says in each language that can be read what was corrected', () => {
	const typed = {
		report: '7a1e6a52-3d27-4b0e-8f52-0f7f1b6a9d10',
		version: '1',
		title_en: 'Highlights',
		title_fr: 'Faits saillants',
		body_en: 'Housing.',
		body_fr: 'Le logement.',
		note_en: 'Wages.',
		note_fr: ' '
	};
	const faults = (correction: object) =>
		correctionSchema.safeParse(correction).error?.issues.map(({ path }) => path) ?? [];
	expect(faults(typed)).toEqual([['note_fr']]);
	expect(faults({ ...typed, note_fr: 'Les salaires.' })).toEqual([]);
	expect(faults({ ...typed, title_fr: '', body_fr: '' })).toEqual([]);
});

test('the list is in the order of the vote, and what nobody chose has no rank', () => {
	const { areas } = facts();
	const [services] = areas;
	const extra = (title: string, rank: number | null) => ({
		...services!.priorities[0]!,
		id: title,
		rank,
		picks: rank && 0
	});
	const full = facts({
		areas: [
			{ ...services!, priorities: [...services!.priorities, extra('E', 5), extra('F', null)] },
			areas[1]!
		]
	});
	const { ranked, unchosen, unranked } = byRank(full);
	expect(ranked.map(({ id, rank, tie }) => [id, rank, tie])).toEqual([
		['A', 1, undefined],
		['B', 2, undefined],
		['C', 3, 'first'],
		['D', 3, 'last']
	]);
	expect(ranked.map(({ area }) => area.en)).toEqual(['Services', 'Policy', 'Services', 'Policy']);
	expect([unchosen, unranked].map((some) => some.map(({ id }) => id))).toEqual([['E'], ['F']]);
	expect(firstOf(full)).toHaveLength(4);
});
