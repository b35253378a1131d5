import { describe, expect, test } from 'vitest';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { ACTS, deletedOn, queryOf, reaches, reviewOf } from '$lib/registrations/rules';
import { decisionSchema, rosterSearchSchema } from '$lib/registrations/schema';
import { emailsOf, historyWords, outcomeWords, statusWords } from '$lib/registrations/words';
import { filesUnder, textOf } from '../architecture/tree';

test.each([
	['2027-11-24', '2028-11-24'],
	['2028-02-29', '2029-02-28'],
	['2027-02-28', '2028-02-28']
])('registrations for %s are deleted on %s', (last, deleted) => {
	expect(deletedOn(last)).toBe(deleted);
});

const zone = 'America/Winnipeg';
const until = '2027-11-20T18:00:00+00:00';

/** The acts that the migrations write into the history of a registration. */
function writtenActs(): string[] {
	const sql = filesUnder('supabase/migrations').map(textOf).join('\n');
	// The second argument: a word, or a case between two words.
	const calls = sql.matchAll(
		/perform private\.note_registration\(\s*[\w.]+,\s*(?:'(\w+)'|case when [\w.]+ then '(\w+)' else '(\w+)' end)/g
	);
	return [...new Set([...calls].flatMap(([, ...words]) => words.filter(Boolean)))];
}

describe('the history of a registration', () => {
	test('has words for each act that the database writes', () => {
		const acts = writtenActs();
		const sql = filesUnder('supabase/migrations').map(textOf).join('\n');
		const calls = sql.match(/perform private\.note_registration\(/g) ?? [];
		expect(calls.length).toBeGreaterThan(10);
		expect(acts.length).toBeGreaterThanOrEqual(calls.length);
		expect(acts).toContain('approved_over_capacity');
		const facts = { status: 'confirmed', mode: 'online', until, from: 4, to: 1 } as const;
		const said = acts.map((act) => [
			act,
			historyWords({ at: until, act, reason: null, actor: null, facts }, zone)
		]);
		expect(said.filter(([, words]) => words === m.registrations_act_other())).toEqual([]);
		expect(new Set(said.map(([, words]) => words)).size).toBe(acts.length);
	});

	test('says the hours of the forum', () => {
		const entry = { at: until, act: 'offered', reason: null, actor: null, facts: { until } };
		expect(historyWords(entry, zone)).toContain('12:00\u00a0p.m. Central Time');
	});
});

test.each([
	['confirmed', {}, m.registrations_status_confirmed()],
	['confirmed', { over_capacity: true }, m.registrations_status_over_capacity()],
	['waitlisted', { position: 3 }, m.registrations_status_waitlisted({ place: 3 })],
	['waitlisted', { position: 3, silent_since: until }, m.registrations_status_silent({ place: 3 })],
	['pending', {}, m.registrations_status_pending()],
	['refused', {}, m.registrations_status_refused()],
	['cancelled', {}, m.registrations_status_cancelled()]
] as const)('a registration that is %s, %o, reads: %s', (status, about, words) => {
	const row = { status, over_capacity: false, silent_since: null, position: null, offer: null };
	expect(statusWords({ ...row, ...about }, zone)).toBe(words);
});

test('an offer reads until when, and whether all who wait have it', () => {
	const row = {
		status: 'waitlisted',
		over_capacity: false,
		silent_since: null,
		position: 1
	} as const;
	const one = statusWords({ ...row, offer: { until, last_call: false } }, zone);
	const all = statusWords({ ...row, offer: { until, last_call: true } }, zone);
	expect(one).toContain('Central Time');
	expect(all).not.toBe(one);
});

describe('the review of a decision', () => {
	const person = (id: string, status: 'pending' | 'waitlisted' | 'confirmed' | 'refused') => ({
		registration_id: id,
		// The first in the list registered last.
		joined_at: `2027-01-0${9 - 'abocwr'.indexOf(id)}T12:00:00Z`,
		mode: id.startsWith('o') ? ('online' as const) : ('in_person' as const),
		status
	});
	const people = [
		person('a', 'pending'),
		person('b', 'pending'),
		person('o', 'pending'),
		person('c', 'confirmed'),
		person('w', 'waitlisted'),
		person('r', 'refused')
	];
	const all = people.map(({ registration_id }) => registration_id);

	test('an approval fills the free spots of each mode, and the others wait', () => {
		const review = reviewOf('approve', all, people, { in_person: 1, online: null });
		expect(review.changed.map(({ registration_id }) => registration_id)).toEqual(['a', 'b', 'o']);
		expect(review).toMatchObject({ confirmed: { in_person: 1, online: 0 }, waitlisted: 2 });
	});

	test('names who gets a spot, the first to register first, and who waits', () => {
		const review = reviewOf('approve', all, people, { in_person: 1, online: 1 });
		const ids = (some: { registration_id: string }[]) =>
			some.map(({ registration_id }) => registration_id);
		expect(ids(review.fitting)).toEqual(['b', 'o']);
		expect(ids(review.waiting)).toEqual(['a']);
		const enough = reviewOf('approve', all, people, { in_person: 9, online: 9 });
		expect(enough.waiting).toEqual([]);
	});

	test('a forum over its capacity has no spot to give', () => {
		const review = reviewOf('approve', all, people, { in_person: -2, online: 5 });
		expect(review).toMatchObject({ confirmed: { in_person: 0, online: 1 }, waitlisted: 2 });
	});

	test('beyond the capacity nobody waits', () => {
		const review = reviewOf('over_capacity', all, people, { in_person: 0, online: 0 });
		expect(review).toMatchObject({ confirmed: { in_person: 3, online: 1 }, waitlisted: 0 });
	});

	test('those who are gone from the list are counted apart', () => {
		const review = reviewOf('refuse', [...all, 'gone'], people, { in_person: 0, online: 0 });
		expect(review).toMatchObject({ absent: 1 });
		expect(review.others).toHaveLength(3);
	});

	test('nothing reaches a registration that is refused or cancelled', () => {
		const closed = ['refused', 'cancelled'] as const;
		expect(ACTS.filter((act) => closed.some((status) => reaches(act, status)))).toEqual([]);
	});

	test('shows the emails that the decision sends, with the reason', () => {
		const forum = {
			slug: 'f',
			name_en: 'Forum in Ottawa',
			name_fr: 'Forum à Ottawa',
			place_en: 'Ottawa',
			place_fr: 'Ottawa',
			city: null,
			starts_on: '2027-11-24',
			ends_on: '2027-11-25'
		};
		const free = { in_person: 1, online: 1 };
		const textsOf = (act: (typeof ACTS)[number], ids = all) =>
			emailsOf(act, reviewOf(act, ids, people, free), forum, ' Two accounts ').map(
				({ paragraphs }) => paragraphs.join(' ')
			);
		expect(textsOf('approve')).toHaveLength(3);
		expect(textsOf('over_capacity')).toHaveLength(2);
		expect(textsOf('refuse')).toEqual([expect.stringContaining('Reason: Two accounts')]);
		expect(textsOf('cancel')).toEqual([expect.stringContaining('Forum in Ottawa')]);
		expect(textsOf('refuse', ['c'])).toEqual([]);
	});
});

describe('what is asked for in the address of the roster', () => {
	test('is nothing where it is wrong', () => {
		const asked = rosterSearchSchema.parse({ status: 'wizards', mode: '', after: 'x', sector: [] });
		expect(queryOf(asked)).toBe('');
	});

	test('stays in the links of the page', () => {
		const query = 'search=Maison+%26+co&status=pending&province=QC';
		const asked = rosterSearchSchema.parse(Object.fromEntries(new URLSearchParams(query)));
		expect(queryOf(asked)).toBe(query);
	});
});

describe('the form of a decision', () => {
	const id = '0b2f7c1e-3f6a-4d53-9a41-54a1a1a0c111';
	const errors = (about: object) =>
		decisionSchema
			.safeParse({
				forum: id,
				registration: [id],
				reached: [],
				act: 'approve',
				reason: '',
				...about
			})
			.error?.issues.map(({ path }) => path[0]) ?? [];

	test('needs a reason except for an approval', () => {
		expect(errors({})).toEqual([]);
		for (const act of ['refuse', 'cancel', 'over_capacity']) {
			expect(errors({ act })).toEqual(['reason']);
			expect(errors({ act, reason: ' x ' })).toEqual(['reason']);
			expect(errors({ act, reason: 'x'.repeat(501) })).toEqual(['reason']);
			expect(errors({ act, reason: 'Two accounts' })).toEqual([]);
		}
		expect(errors({ reason: 'no' })).toEqual(['reason']);
	});

	test('needs somebody', () => {
		expect(errors({ registration: [] })).toEqual(['registration']);
	});
});

test('what was decided is said in counts, without those that are zero', () => {
	const counts = { confirmed: '2', waitlisted: '0', refused: '0', cancelled: '0', already: '1' };
	expect(outcomeWords(counts)).toBe(
		`${m.registrations_outcome_confirmed({ count: 2 })} ${m.registrations_outcome_already({ count: 1 })}`
	);
});
