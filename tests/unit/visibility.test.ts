import { expect, test } from 'vitest';
import type { Sector } from '../../src/lib/directory/words';
import { check } from '../../src/lib/platform/http/input.server';
import { GOVERNMENT } from '../../src/lib/visibility/rules';
import { choiceSchema, type State } from '../../src/lib/visibility/schema';
import { besideName, exceptChoices, seenWords, whyNoList } from '../../src/lib/visibility/words';

const sector = (code: string, retired_at: string | null = null): Sector => ({
	sector: code,
	name_en: `sector ${code}`,
	name_fr: `secteur ${code}`,
	counts_as_government: false,
	added_at: null,
	retired_at
});
const sectors = [sector('ngo'), sector('old', '2026-01-01'), sector('undisclosed')];

test.each<[State['list'], State['audience'], boolean, boolean, RegExp]>([
	['open', 'nobody', true, true, /^Other participants do not see that you are registered\.$/],
	['open', 'nobody', false, false, /^Other participants do not see that you are registered\.$/],
	['open', 'participants', true, true, /^Confirmed participants see you on the list/],
	['open', 'participants_except', true, true, /except those you left out/],
	['open', 'participants', false, true, /^Other participants do not see .* spot is confirmed/],
	[
		'open',
		'participants_except',
		true,
		false,
		/^Other participants do not see .* approved your account/
	],
	['off', 'participants', true, true, /^Other participants do not see .* no list/],
	['closed', 'participants_except', true, true, /^Other participants do not see .* closed/]
])(
	'a list that is %s, for %s, confirmed %s, approved %s',
	(list, audience, confirmed, approved, said) => {
		expect(seenWords({ list, audience, confirmed, approved })).toMatch(said);
	}
);

test('one may leave out government and police, and each sector that somebody can still have', () => {
	expect(exceptChoices(sectors).map(({ value }) => value)).toEqual([GOVERNMENT, 'ngo', 'old']);
	// The shape of codes in the database: none can be taken for the choice above.
	expect(GOVERNMENT).not.toMatch(/^[a-z][a-z0-9_]{1,40}$/);
});

test('beside a name is what the person shows', () => {
	expect(besideName({ organization_name: null, sector: null }, sectors)).toBe('');
	expect(besideName({ organization_name: 'Shelter', sector: 'ngo' }, sectors)).toBe(
		'Shelter\u00a0· Sector ngo'
	);
});

test('each status has its sentence', () => {
	const statuses = ['open', 'off', 'closed', 'not_confirmed', 'not_approved'] as const;
	expect(new Set(statuses.map(whyNoList)).size).toBe(statuses.length);
});

test('a choice names whom; nothing else has to be said', () => {
	const forum = '4a8f6a6e-5c1c-4b33-9d8e-0b9a4f6f1a11';
	const sent = { forum, audience: 'nobody', except: [], shows: [] };
	expect(check(choiceSchema, sent).errors).toBeUndefined();
	expect(check(choiceSchema, { ...sent, audience: '' }).errors).toEqual({
		audience: 'Choose who sees you.'
	});
	expect(check(choiceSchema, { ...sent, except: Array(201).fill('ngo') }).errors).toHaveProperty(
		'except'
	);
	expect(check(choiceSchema, { ...sent, shows: ['email'] }).errors).toHaveProperty('shows');
});
