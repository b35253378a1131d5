import { encode } from 'uqr';
import { describe, expect, test } from 'vitest';
import { forumLines, homeParts } from '../../src/lib/checkins/gathered';
import { namesIn, spelled } from '../../src/lib/checkins/rules';
import { listSchema, sentSchema } from '../../src/lib/checkins/schema';
import { answerHtml, drawn } from '../../src/lib/checkins/view.server';
import type { Scan } from '../../src/lib/checkins/schema';

test('a pasted list gives its names, without numbers, bullets and empty lines', () => {
	const pasted = '1. Ada Lovelace\n2) Zoé\n\n - Li Wei\n•\tÀ Bé\n---\n12\n  3M Company  ';
	expect(namesIn(pasted)).toEqual(['Ada Lovelace', 'Zoé', 'Li Wei', 'À Bé', '3M Company']);
	expect(namesIn('x'.repeat(5000))[0]).toHaveLength(160);
});

test('a code is read aloud in two halves', () => {
	expect(spelled('4KXM9T2QWH')).toBe('4KXM9-T2QWH');
});

test('a code is drawn square by square, and holds nothing else', () => {
	const code = '4KXM9T2QWH';
	const { size, path } = drawn(code);
	const { data } = encode(code, { ecc: 'M', border: 4 });
	const squares = data.map((row) => row.map(() => false));
	for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
		for (let n = 0; n < Number(run); n++) squares[Number(y)]![Number(x) + n] = true;
	}
	expect(squares).toEqual(data);
	// The smallest kind of QR code has room for 14 of these signs at most.
	expect(size).toBe(21 + 8);
});

const scan: Scan = {
	scan_id: '0b8f2e4a-5c1d-4e7f-9a3b-6d2c1e0f4a5b',
	outcome: 'in',
	reason: null,
	at: '2027-01-27T15:04:00Z',
	undone: false,
	registration_id: 'r',
	name: '<b>Mimi</b>',
	organization_name: null,
	mode: 'in_person',
	time_zone: 'America/Winnipeg'
};

test.each<[string, Partial<Scan>, RegExp]>([
	['in', {}, /Checked in[^]*Mimi[^]*Undo the check-in/],
	['already', { outcome: 'already' }, /Already in: .*9:04/],
	['no', { outcome: 'no', reason: 'cancelled', at: null }, /Not checked in[^]*is cancelled/],
	['already', { undone: true }, /Check-in undone/]
])('an answer says in words what its colour says: %s', (look, more, said) => {
	const html = answerHtml({
		scan: { ...scan, ...more },
		here: '/forums/x/check-in',
		organize: null
	});
	expect(html).toMatch(said);
	expect(html).toContain(`data-outcome="${look}"`);
	expect(html).not.toContain('<b>Mimi</b>');
	expect(html.includes('Undo')).toBe(more.outcome !== 'no' && !more.undone);
});

test('what a device sends names its scan and both its times', () => {
	const sent = {
		forum_id: crypto.randomUUID(),
		scan_id: crypto.randomUUID(),
		code: 'x',
		at: new Date().toISOString(),
		sent_at: new Date().toISOString()
	};
	expect(sentSchema.safeParse(sent).success).toBe(true);
	for (const wrong of [{ at: 'infinity' }, { scan_id: '1' }, { code: 'x'.repeat(1001) }]) {
		expect(sentSchema.safeParse({ ...sent, ...wrong }).success).toBe(false);
	}
});

test('of a reviewed list somebody has to be chosen', () => {
	const forum = crypto.randomUUID();
	const people = [`${crypto.randomUUID()} ${crypto.randomUUID()}`];
	const sent = { forum, names: '', found: '[]', people, others: [] as string[] };
	expect(listSchema.safeParse(sent).success).toBe(true);
	expect(listSchema.safeParse({ ...sent, people: [], others: people }).success).toBe(true);
	for (const wrong of [[], ['x'], [people[0]!.slice(1)]]) {
		expect(listSchema.safeParse({ ...sent, people: wrong }).success).toBe(false);
	}
});

describe('attendance among the lines of a forum', () => {
	const facts = {
		attended: 0,
		confirmed: 12,
		slug: 'winnipeg',
		ends_on: '2027-01-27',
		time_zone: 'America/Winnipeg',
		published: true,
		cancelled: false
	};
	const before = new Date('2027-01-20T12:00:00Z');
	const after = new Date('2027-02-20T12:00:00Z');

	test('leads to the check-in before, and stays when somebody came', () => {
		const line = { text: 'Check-in: 0 of 12', path: '/forums/winnipeg/check-in' };
		expect(forumLines(facts, before)).toEqual([line]);
		expect(forumLines({ ...facts, attended: 9 }, after)).toMatchObject([
			{ text: 'Check-in: 9 of 12' }
		]);
	});

	test('is not there when nobody is confirmed, or nothing was noted', () => {
		expect(forumLines(facts, after)).toEqual([]);
		for (const more of [{ confirmed: 0 }, { cancelled: true }, { published: false }]) {
			expect(forumLines({ ...facts, ...more }, before)).toEqual([]);
		}
	});

	test('a person with the role has the way there at home', () => {
		const forum = { slug: 'winnipeg', name_en: 'Forum', name_fr: 'Forum' };
		expect(homeParts({ check_ins: [forum] })).toMatchObject([
			{ links: [{ path: '/forums/winnipeg/check-in' }] }
		]);
		expect(homeParts({ check_ins: [] })).toEqual([]);
	});
});
