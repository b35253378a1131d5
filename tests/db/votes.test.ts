import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choicesFor, count, first, type Ballot } from '../../src/lib/votes/rules';
import { confirmed, forum, inDays, list, member, organizer, voteKey } from './builders';
import { concurrent } from './engine';
import { scene, together, type Caller, type Persona, type Said, type Scene } from './scene';

type Vote = {
	vote_id: string;
	forum_id: string;
	items: string[];
	voters: Persona[];
	olive: Persona;
};
type Marks = { picks?: string[]; stars?: string[]; none_of_these?: boolean };

const key = voteKey;

const opening = {
	// Another one each time that this is spread.
	get vote_id() {
		return crypto.randomUUID();
	},
	key,
	title_en: 'The vote',
	title_fr: 'Le scrutin',
	closes_at: inDays(7),
	quorum: 0,
	sectors: ['ngo']
};

/** A forum with a list, people who may vote on it, and an open vote. */
async function vote(stage: Scene, { voters = 1, items = 6, quorum = 0 } = {}): Promise<Vote> {
	const { forum_id } = await forum(stage);
	const points = await list(stage, forum_id, items);
	const people: Persona[] = [];
	for (let n = 1; n <= voters; n++) {
		people.push(await member(stage, `Voter ${n}`));
		await confirmed(stage, people[n - 1]!, forum_id);
	}
	const olive = await organizer(stage);
	const vote_id = await olive.calls<string>('open_vote', { forum_id, ...opening, quorum });
	return { vote_id, forum_id, items: points, voters: people, olive };
}

function casts(voter: Persona, vote_id: string, marks: Marks): Promise<null> {
	const ballot = { picks: [], stars: [], none_of_these: false, key, ...marks };
	return voter.calls('cast_ballot', { vote_id, ...ballot });
}

/** Sets the clock of a vote: the lock is lifted for this one statement. */
async function setClock({ sql }: Scene, vote_id: string, opens: string, closes: string) {
	await sql(`set local session_replication_role = replica`);
	await sql(
		`update public.votes set opens_at = clock_timestamp() + $2::interval,
			closes_at = clock_timestamp() + $3::interval where vote_id = $1`,
		[vote_id, opens, closes]
	);
	await sql(`set local session_replication_role = origin`);
}

const over = (stage: Scene, { vote_id }: Vote) => setClock(stage, vote_id, '-7 days', '-1 second');

async function counted(stage: Scene, it: Vote): Promise<void> {
	await over(stage, it);
	await it.olive.calls('count_vote', { vote_id: it.vote_id, key });
}

test('a vote on the list of an invented forum is marked, and so is one only', () =>
	scene(async (stage) => {
		const olive = await organizer(stage);
		const voter = await member(stage, 'Voter');
		for (const sample of [true, false]) {
			const { forum_id } = await forum(stage, { sample });
			await list(stage, forum_id, 4);
			await confirmed(stage, voter, forum_id);
			await olive.calls('open_vote', { forum_id, ...opening });
			expect(await stage.visitor.reads('votes', { forum_id }, 'it.sample')).toEqual([{ sample }]);
			await stage.sql('savepoint before');
			await expect(
				stage.sql(
					`insert into public.votes (forum_id, title_en, title_fr, closes_at, choices, sectors, sample)
					values ($1, 'Vote', 'Scrutin', now() + interval '1 day', 4, '{ngo}', $2)`,
					[forum_id, !sample]
				)
			).rejects.toThrow('votes_forum_and_sample');
			await stage.sql('rollback to savepoint before');
		}
	}));

/** Rank, picks and stars by item, in the order of the list. */
async function resultOf(stage: Scene, { vote_id, items }: Vote) {
	const rows = await stage.visitor.reads('results', { vote_id });
	return items.map((id) => rows.find(({ priority_id }) => priority_id === id));
}

describe('the ballot', () => {
	test('is cast, replaced and taken back; only the last one is there', () =>
		scene(async (stage) => {
			const { vote_id, items, voters } = await vote(stage);
			const [amira] = voters as [Persona];
			await casts(amira, vote_id, { picks: [items[0]!, items[1]!], stars: [items[0]!] });
			await casts(amira, vote_id, { picks: [items[2]!] });
			const [own] = await amira.calls('my_ballot', { vote_id, key });
			expect(own).toMatchObject({ may_vote: true, has_voted: true, picks: [items[2]], stars: [] });
			expect(await stage.sql('select from private.ballots')).toHaveLength(1);

			await amira.calls('delete_ballot', { vote_id });
			await amira.calls('delete_ballot', { vote_id });
			expect(await stage.sql('select from private.ballots')).toHaveLength(0);
			expect((await amira.calls('my_ballot', { vote_id, key }))[0]).toMatchObject({
				has_voted: false,
				picks: []
			});
		}));

	test('may say that none of these comes first', () =>
		scene(async (stage) => {
			const { vote_id, voters } = await vote(stage);
			await casts(voters[0]!, vote_id, { none_of_these: true });
			const [own] = await voters[0]!.calls('my_ballot', { vote_id, key });
			expect(own).toMatchObject({ has_voted: true, picks: [] });
		}));

	test('marks a thing once, however often it is named', () =>
		scene(async (stage) => {
			const { vote_id, items, voters } = await vote(stage);
			await casts(voters[0]!, vote_id, { picks: Array(9).fill(items[0]) });
			const [own] = await voters[0]!.calls('my_ballot', { vote_id, key });
			expect(own.picks).toEqual([items[0]]);
		}));

	test.each<[string, (items: string[]) => Marks]>([
		['ballot_empty', () => ({})],
		['none_and_picks', (items) => ({ picks: [items[0]!], none_of_these: true })],
		['too_many_picks', (items) => ({ picks: items.slice(0, 5) })],
		['too_many_stars', (items) => ({ picks: items.slice(0, 4), stars: items.slice(0, 4) })],
		['star_without_pick', (items) => ({ picks: [items[0]!], stars: [items[1]!] })],
		['pick_not_on_list', () => ({ picks: [crypto.randomUUID()] })],
		['too_many_picks', () => ({ picks: Array.from({ length: 10_000 }, () => crypto.randomUUID()) })]
	])('is refused as %s', (refusal, marks) =>
		scene(async (stage) => {
			const { vote_id, items, voters } = await vote(stage);
			await expect(casts(voters[0]!, vote_id, marks(items))).rejects.toThrow(refusal);
			expect(await stage.sql('select from private.ballots')).toHaveLength(0);
		})
	);

	test('says how many fit when too many are picked', () =>
		scene(async (stage) => {
			const { vote_id, items, voters } = await vote(stage);
			const said = await casts(voters[0]!, vote_id, { picks: items }).catch((no: Said) => no);
			expect(JSON.parse(said!.detail!)).toEqual({ allowed: 4, picked: 6 });
		}));

	test('takes no priority of another forum, and none of another vote', () =>
		scene(async (stage) => {
			const here = await vote(stage);
			const elsewhere = await vote(stage);
			const picks = [elsewhere.items[0]!];
			await expect(casts(here.voters[0]!, here.vote_id, { picks })).rejects.toThrow(
				'pick_not_on_list'
			);
		}));

	test('is encrypted: all have one length, and another key neither reads nor writes one', () =>
		scene(async (stage) => {
			const it = await vote(stage, { voters: 2, items: 12 });
			const [amira, ben] = it.voters as [Persona, Persona];
			await casts(amira, it.vote_id, { none_of_these: true });
			await casts(ben, it.vote_id, { picks: it.items.slice(0, 4), stars: it.items.slice(0, 3) });
			const lengths = 'select distinct length(encrypted) as bytes from private.ballots';
			expect(await stage.sql(lengths)).toHaveLength(1);
			for (const wrong of ['w'.repeat(43), '', null]) {
				const { vote_id } = it;
				await expect(amira.calls('my_ballot', { vote_id, key: wrong })).rejects.toMatchObject({
					message: 'vote_key_missing',
					code: 'PT409'
				});
				await expect(
					amira.calls('cast_ballot', {
						vote_id,
						picks: [it.items[0]],
						stars: [],
						none_of_these: false,
						key: wrong
					})
				).rejects.toThrow('vote_key_missing');
			}
		}));

	test('is for those on the voters’ list alone', () =>
		scene(async (stage) => {
			const { vote_id, forum_id, items } = await vote(stage);
			const elsewhere = await vote(stage);
			const late = await member(stage, 'Late');
			await confirmed(stage, late, forum_id);
			const official = await member(stage, 'Official', { sector: 'government' });
			for (const person of [late, official, elsewhere.voters[0]!, elsewhere.olive]) {
				const ballot = casts(person, vote_id, { picks: [items[0]!] });
				await expect(ballot).rejects.toMatchObject({ message: 'not_a_voter', code: 'PT403' });
				await expect(person.calls('delete_ballot', { vote_id })).rejects.toThrow('not_a_voter');
				expect((await person.calls('my_ballot', { vote_id, key }))[0].may_vote).toBe(false);
			}
			const stranger = await stage.person('Stranger');
			await expect(casts(stranger, vote_id, { picks: [items[0]!] })).rejects.toThrow(
				'profile_first'
			);
			expect(await stranger.calls('my_ballot', { vote_id, key })).toEqual([]);
			await expect(stage.visitor.calls('cast_ballot', { vote_id, key })).rejects.toThrow();
			await expect(stage.visitor.calls('my_ballot', { vote_id, key })).rejects.toThrow(/denied/);
		}));

	test('leaves a government participant out when the sectors do', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const items = await list(stage, forum_id, 4);
			const official = await member(stage, 'Official', { sector: 'government' });
			await confirmed(stage, official, forum_id, { sector: 'government' });
			await confirmed(stage, await member(stage, 'Amira'), forum_id);
			const olive = await organizer(stage);
			const vote_id = await olive.calls<string>('open_vote', { forum_id, ...opening });
			await expect(casts(official, vote_id, { picks: [items[0]!] })).rejects.toThrow('not_a_voter');
		}));

	test('is refused to somebody suspended since', () =>
		scene(async (stage) => {
			const { vote_id, items, voters } = await vote(stage);
			await stage.sql('update public.people set suspended_at = now() where person_id = $1', [
				voters[0]!.id
			]);
			await expect(casts(voters[0]!, vote_id, { picks: [items[0]!] })).rejects.toThrow(
				'account_suspended'
			);
			expect(await voters[0]!.calls('my_ballot', { vote_id, key })).toEqual([]);
		}));

	test('of a forum that was taken back is not there', () =>
		scene(async (stage) => {
			const { vote_id, forum_id, items, voters } = await vote(stage);
			await stage.sql('update public.forums set published_at = null where forum_id = $1', [
				forum_id
			]);
			await expect(casts(voters[0]!, vote_id, { picks: [items[0]!] })).rejects.toThrow(
				'vote_not_found'
			);
		}));

	test('goes with the account', () =>
		scene(async (stage) => {
			const { vote_id, items, voters } = await vote(stage);
			await casts(voters[0]!, vote_id, { picks: [items[0]!] });
			await stage.sql('delete from auth.users where id = $1', [voters[0]!.id]);
			expect(await stage.sql('select from private.ballots')).toHaveLength(0);
		}));
});

describe('the window', () => {
	test('refuses a ballot one second after closing, though no job ran', () =>
		scene(async (stage) => {
			const it = await vote(stage, { voters: 2 });
			const [early, late] = it.voters as [Persona, Persona];
			await casts(early, it.vote_id, { picks: [it.items[0]!] });
			await over(stage, it);
			for (const person of [early, late]) {
				await expect(casts(person, it.vote_id, { picks: [it.items[0]!] })).rejects.toMatchObject({
					message: 'vote_closed',
					code: 'PT409',
					detail: expect.stringContaining('America/Winnipeg')
				});
			}
			await expect(early.calls('delete_ballot', { vote_id: it.vote_id })).rejects.toThrow(
				'vote_closed'
			);
			expect(await stage.sql('select from private.ballots')).toHaveLength(1);
		}));

	test('refuses a ballot before opening', () =>
		scene(async (stage) => {
			const { vote_id, items, voters } = await vote(stage);
			await setClock(stage, vote_id, '1 second', '7 days');
			await expect(casts(voters[0]!, vote_id, { picks: [items[0]!] })).rejects.toThrow(
				'vote_not_open'
			);
		}));

	test('refuses a ballot after the count', () =>
		scene(async (stage) => {
			const it = await vote(stage);
			await counted(stage, it);
			await expect(casts(it.voters[0]!, it.vote_id, { picks: [it.items[0]!] })).rejects.toThrow(
				'vote_closed'
			);
		}));
});

describe('opening', () => {
	test('is for organizers', () =>
		scene(async (stage) => {
			const { forum_id, voters } = await vote(stage);
			await expect(voters[0]!.calls('open_vote', { forum_id, ...opening })).rejects.toThrow(
				'organizers_only'
			);
			await expect(voters[0]!.calls('voters_by_sector', { forum_id })).rejects.toThrow(
				'organizers_only'
			);
			await expect(stage.visitor.calls('voters_by_sector', { forum_id })).rejects.toThrow(/denied/);
		}));

	test.each([
		['closing_in_the_past', { closes_at: inDays(-0.01) }],
		['vote_key_missing', { key: 'short' }],
		['no_voters', { sectors: ['legal'] }],
		['no_voters', { sectors: [] }],
		['quorum_above_voters', { quorum: 2 }],
		['votes_title_fr_length', { title_fr: 'x'.repeat(161) }],
		['votes_quorum_positive', { quorum: -1 }]
	])('is refused as %s', (refusal, wrong) =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			await list(stage, forum_id, 4);
			await confirmed(stage, await member(stage, 'Amira'), forum_id);
			const olive = await organizer(stage);
			await expect(olive.calls('open_vote', { forum_id, ...opening, ...wrong })).rejects.toThrow(
				refusal
			);
			expect(await olive.reads('votes', { forum_id })).toEqual([]);
		})
	);

	test('needs a list, and no other open vote on it', () =>
		scene(async (stage) => {
			const it = await vote(stage);
			const { forum_id } = await forum(stage);
			await list(stage, forum_id, 1);
			const again = it.olive.calls('open_vote', { forum_id: it.forum_id, ...opening });
			await expect(again).rejects.toThrow('vote_open_already');
			await expect(it.olive.calls('open_vote', { forum_id, ...opening })).rejects.toThrow(
				'list_too_short'
			);
			await expect(
				it.olive.calls('open_vote', { forum_id: crypto.randomUUID(), ...opening })
			).rejects.toThrow('forum_not_found');
		}));

	test('counts beforehand who would be on the voters', () =>
		scene(async (stage) => {
			const { forum_id, olive } = await vote(stage, { voters: 2 });
			const official = await member(stage, 'Official', { sector: 'government' });
			await confirmed(stage, official, forum_id, { sector: 'government' });
			expect(await olive.calls('voters_by_sector', { forum_id })).toEqual([
				{ sector: 'ngo', people: 2, to_approve: 0 },
				{ sector: 'government', people: 1, to_approve: 0 }
			]);
		}));

	test('gives each ballot a quarter of the list, between 4 and 12', () =>
		scene(async ({ sql }) => {
			const rows = await sql<{ items: number; choices: number }>(
				'select n as items, private.choices_for(n) as choices from generate_series(2, 100) n'
			);
			expect(rows.map(({ choices }) => choices)).toEqual(
				rows.map(({ items }) => choicesFor(items))
			);
			expect(rows.filter(({ items }) => [2, 12, 18, 22, 80].includes(items))).toEqual(
				[
					[2, 2],
					[12, 4],
					[18, 5],
					[22, 6],
					[80, 12]
				].map(([items, choices]) => ({ items, choices }))
			);
		}));
});

describe('the lock', () => {
	test('keeps the rules, the list and the result from every role', () =>
		scene(async (stage) => {
			const it = await vote(stage, { voters: 5 });
			for (const voter of it.voters) await casts(voter, it.vote_id, { picks: [it.items[0]!] });
			const attempts = [
				"update public.votes set closes_at = closes_at + interval '1 hour'",
				'update public.votes set choices = 12',
				"update public.vote_items set title_en = 'Other words'",
				'delete from public.vote_items',
				'insert into public.results select * from public.results',
				"update private.ballots set encrypted = ''",
				'select * from private.ballots',
				'select * from private.voters'
			];
			const callers: Caller[] = [stage.visitor, it.voters[0]!, it.olive, stage.service];
			for (const caller of callers) {
				for (const attempt of attempts) {
					await expect(caller.query(attempt), attempt).rejects.toThrow(/denied/);
				}
			}
		}));

	test.each([
		"update public.votes set closes_at = closes_at + interval '1 hour'",
		"update public.votes set closes_at = closes_at - interval '1 hour'",
		'update public.votes set choices = choices + 1',
		'update public.votes set stars = 0',
		'update public.votes set quorum = 0',
		'update public.votes set voters_count = voters_count + 1',
		"update public.votes set sectors = '{government}'",
		"update public.votes set title_en = 'Another vote'",
		"update public.vote_items set title_fr = 'Autres mots'",
		'delete from public.vote_items where position = 1'
	])('holds even for the owner: %s', (attempt) =>
		scene(async (stage) => {
			await vote(stage, { voters: 2, quorum: 1 });
			await stage.sql('savepoint before');
			await expect(stage.sql(attempt)).rejects.toThrow('vote_locked');
			await stage.sql('rollback to savepoint before');
		})
	);

	test.each([
		'update public.results set picks = picks + 1',
		'delete from public.results',
		'update public.votes set ballots_cast = 99',
		'update public.votes set fingerprint = null'
	])('holds after the count: %s', (attempt) =>
		scene(async (stage) => {
			const it = await vote(stage, { voters: 5 });
			for (const voter of it.voters) await casts(voter, it.vote_id, { picks: [it.items[0]!] });
			await counted(stage, it);
			await stage.sql('savepoint before');
			await expect(stage.sql(attempt)).rejects.toThrow('vote_locked');
			await stage.sql('rollback to savepoint before');
		})
	);

	test('keeps the words of the list until the count, and the words voted on for good', () =>
		scene(async (stage) => {
			const it = await vote(stage);
			const [item] = it.items;
			const words = { priority_id: item, title_en: 'Other words', title_fr: 'Autres mots' };
			const [point] = await it.olive.reads('priorities', { priority_id: item });
			await expect(it.olive.calls('reword_priority', words)).rejects.toThrow('list_locked');
			await expect(
				it.olive.calls('add_priority', {
					area_id: point!.area_id,
					parent_id: item,
					title_en: 'One more',
					title_fr: 'Un de plus'
				})
			).rejects.toThrow('list_locked');
			for (const attempt of [
				"update public.areas set name_en = 'Renamed'",
				'delete from public.priorities where position = 1'
			]) {
				await stage.sql('savepoint before');
				await expect(stage.sql(attempt)).rejects.toThrow('list_locked');
				await stage.sql('rollback to savepoint before');
			}

			await counted(stage, it);
			await it.olive.calls('reword_priority', words);
			await expect(it.olive.calls('delete_priority', { priority_id: item })).rejects.toThrow(
				'vote_items_of_list'
			);
			const [now] = await stage.visitor.reads('priorities', { priority_id: item });
			const [voted] = await stage.visitor.reads('vote_items', { priority_id: item });
			expect(now).toMatchObject({ title_en: 'Other words', title_fr: 'Autres mots' });
			expect(voted).toMatchObject({ title_en: 'Point 1', title_fr: 'Le point 1' });
		}));

	test('lets a forum go with all its votes', () =>
		scene(async (stage) => {
			const it = await vote(stage, { voters: 5 });
			for (const voter of it.voters) await casts(voter, it.vote_id, { picks: [it.items[0]!] });
			await counted(stage, it);
			await stage.sql('delete from public.votes where vote_id = $1', [it.vote_id]);
			expect(await stage.sql('select from public.vote_items')).toEqual([]);
			expect(await stage.sql('select from private.anonymous_ballots')).toEqual([]);
		}));
});

/** All that a caller can read: each table, each function that only looks, over every row of it. */
async function everythingSeenBy(caller: Caller, stage: Scene, it: Vote) {
	const tables = await stage.sql<{ name: string }>(
		`select relname as name from pg_class where relnamespace = 'public'::regnamespace
			and relkind in ('r', 'p', 'v', 'm') order by 1`
	);
	const functions = await stage.sql<{ name: string; types: string[]; row: string | null }>(
		`select proname as name, array(
				select format_type(t, null) from unnest(proargtypes::oid[]) with ordinality a(t, n)
				where n <= pronargs - pronargdefaults order by n
			) as types, (select c.relname from pg_class c where c.reltype = proargtypes[0]) as row
		from pg_proc where pronamespace = 'public'::regnamespace and provolatile <> 'v' order by 1`
	);
	const seen: Record<string, unknown> = {};
	const look = async (name: string, query: string) => {
		seen[name] = await caller.query(query).catch((said: Error) => said.message);
	};
	for (const { name } of tables) {
		await look(name, `select to_jsonb(t)::text as row from public.${name} t order by 1`);
	}
	for (const { name, types, row } of functions) {
		const args = (id: string) =>
			types.map((type) => (type === 'uuid' ? `'${id}'::uuid` : `null::${type}`)).join(', ');
		if (row) {
			const call = `select public.${name}(t)::text as value from public.${row} t order by 1`;
			await look(name, call);
		} else {
			for (const id of [it.vote_id, it.forum_id]) {
				await look(`${name} ${id}`, `select f::text as value from public.${name}(${args(id)}) f`);
			}
		}
	}
	return seen;
}

describe('before the count', () => {
	test('nothing that anybody can read depends on what was picked', () =>
		scene(async (stage) => {
			const it = await vote(stage, { voters: 6 });
			const other = await member(stage, 'Other');
			const onlookers: Caller[] = [stage.visitor, other, it.olive, stage.service];
			const looks = () =>
				onlookers.reduce<Promise<unknown[]>>(
					async (seen, caller) => [...(await seen), await everythingSeenBy(caller, stage, it)],
					Promise.resolve([])
				);
			const castAll = async (marks: Marks) => {
				for (const voter of it.voters) await casts(voter, it.vote_id, marks);
			};

			await castAll({ picks: [it.items[0]!], stars: [it.items[0]!] });
			const first = await looks();
			await castAll({ picks: [it.items[1]!, it.items[2]!] });
			expect(await looks()).toEqual(first);
			await over(stage, it);
			const closed = await looks();
			await setClock(stage, it.vote_id, '-1 day', '7 days');
			await castAll({ none_of_these: true });
			await over(stage, it);
			const blank = (await looks()).map((seen) => withoutClock(seen));
			expect(blank).toEqual(closed.map((seen) => withoutClock(seen)));
			expect(JSON.stringify(first)).toContain(it.vote_id);
		}));

	test('turnout is shown from five ballots on, and nothing of who', () =>
		scene(async (stage) => {
			const it = await vote(stage, { voters: 6 });
			const turnout = async (caller: Caller) => {
				const rows = await caller.query(
					`select public.turnout(r) as turnout from public.votes r where vote_id = $1`,
					[it.vote_id]
				);
				return rows[0]!.turnout;
			};
			for (const voter of it.voters.slice(0, 4)) {
				await casts(voter, it.vote_id, { picks: [it.items[0]!] });
			}
			for (const caller of [stage.visitor, it.olive]) expect(await turnout(caller)).toBeNull();
			await casts(it.voters[4]!, it.vote_id, { picks: [it.items[0]!] });
			expect(await turnout(stage.visitor)).toBe(5);
			// In steps of five while it is open, so that nobody sees when the sixth votes.
			await casts(it.voters[5]!, it.vote_id, { picks: [it.items[0]!] });
			expect(await turnout(stage.visitor)).toBe(5);
			await setClock(stage, it.vote_id, '-7 days', '-1 second');
			expect(await turnout(stage.visitor)).toBe(6);
			await setClock(stage, it.vote_id, '-7 days', '1 day');
			await it.voters[5]!.calls('delete_ballot', { vote_id: it.vote_id });
			await it.voters[4]!.calls('delete_ballot', { vote_id: it.vote_id });
			expect(await turnout(stage.visitor)).toBeNull();
		}));

	test('a person sees their own ballot and no other', () =>
		scene(async (stage) => {
			const it = await vote(stage, { voters: 2 });
			await casts(it.voters[0]!, it.vote_id, { picks: [it.items[0]!] });
			for (const other of [it.voters[1]!, it.olive]) {
				const [seen] = await other.calls('my_ballot', { vote_id: it.vote_id, key });
				expect(seen).toMatchObject({ has_voted: false, picks: [], stars: [] });
			}
			const [a] = await it.voters[0]!.calls('my_ballot', { vote_id: it.vote_id, key });
			const [b] = await it.voters[1]!.calls('my_ballot', { vote_id: it.vote_id, key });
			expect(a.seed).not.toBe(b.seed);
		}));

	test('the audit has no ballot', () =>
		scene(async (stage) => {
			const it = await vote(stage);
			const before = await stage.sql('select from private.audit');
			await casts(it.voters[0]!, it.vote_id, { picks: [it.items[0]!] });
			await it.voters[0]!.calls('delete_ballot', { vote_id: it.vote_id });
			expect(await stage.sql('select from private.audit')).toHaveLength(before.length);
		}));
});

// The moments of a vote, which `over` sets again, are no figure.
function withoutClock(seen: unknown): unknown {
	const text = JSON.stringify(seen);
	return JSON.parse(text.replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\.\d+\+\d\d(:\d\d)?/g, 'then'));
}

describe('the count', () => {
	test('of twelve ballots gives ranks 1, 2, 2, 4, and a top two of three', () =>
		scene(async (stage) => {
			const it = await vote(stage, { voters: 12, items: 5 });
			const [a, b, c, d] = it.items as [string, string, string, string];
			const ballots: Ballot[] = [
				...Array(5).fill({ picks: [a, b], stars: [] }),
				...Array(2).fill({ picks: [a, c], stars: [] }),
				...Array(3).fill({ picks: [c], stars: [] }),
				{ picks: [d], stars: [] },
				{ picks: [], stars: [] }
			];
			for (const [nth, ballot] of ballots.entries()) {
				const none_of_these = ballot.picks.length === 0;
				await casts(it.voters[nth]!, it.vote_id, { ...ballot, none_of_these });
			}
			await counted(stage, it);

			const result = await resultOf(stage, it);
			expect(result.map((row) => [row!.picks, row!.rank, row!.tied])).toEqual([
				[7, 1, false],
				[5, 2, true],
				[5, 2, true],
				[1, 4, false],
				[0, 5, false]
			]);
			expect(first(count(ballots, it.items), 2).map(({ item }) => item)).toEqual([a, b, c]);
			const [row] = await stage.visitor.reads('votes', { vote_id: it.vote_id });
			expect(row).toMatchObject({ ballots_cast: 12, ballots_none: 1 });
			expect(row!.fingerprint).toMatch(/^[0-9a-f]{64}$/);
		}));

	test('lets stars decide between equal numbers, and nothing else', () =>
		scene(async (stage) => {
			const it = await vote(stage, { voters: 5, items: 4 });
			const [a, b, c] = it.items as [string, string, string];
			const [one, two, three, four, five] = it.voters as [
				Persona,
				Persona,
				Persona,
				Persona,
				Persona
			];
			await casts(one, it.vote_id, { picks: [a, b, c], stars: [b] });
			await casts(two, it.vote_id, { picks: [a, b, c], stars: [b, c] });
			await casts(three, it.vote_id, { picks: [a] });
			await casts(four, it.vote_id, { picks: [b] });
			await casts(five, it.vote_id, { picks: [a] });
			await counted(stage, it);
			const result = await resultOf(stage, it);
			expect(result.map((row) => row!.rank)).toEqual([1, 2, 3, 4]);
		}));

	test('leaves out what was cancelled and what was replaced', () =>
		scene(async (stage) => {
			const it = await vote(stage, { voters: 7, items: 4 });
			const [a, b] = it.items as [string, string];
			for (const voter of it.voters) await casts(voter, it.vote_id, { picks: [a] });
			await it.voters[0]!.calls('delete_ballot', { vote_id: it.vote_id });
			await casts(it.voters[1]!, it.vote_id, { picks: [b] });
			await counted(stage, it);
			const result = await resultOf(stage, it);
			expect(result.slice(0, 2).map((row) => row!.picks)).toEqual([5, 1]);
		}));

	test('comes out as the rules say, whatever the ballots', () =>
		scene(async (stage) => {
			const { forum_id, items } = await vote(stage, { items: 6 });
			const people: string[] = [];
			for (let n = 0; n < 9; n++) people.push((await member(stage, `Person ${n}`)).id);
			const ballot = fc.subarray(items, { maxLength: 4 }).chain((picks) =>
				fc.record({
					picks: fc.constant(picks),
					stars: fc.subarray(picks, { maxLength: Math.min(3, picks.length) })
				})
			);
			const ballots = fc.array(ballot, { minLength: 5, maxLength: people.length });
			await fc.assert(
				fc.asyncProperty(ballots, async (cast) => {
					const vote_id = await counts(stage, forum_id, people, cast);
					const rows = await stage.visitor.reads('results', { vote_id });
					const places = rows.map(({ priority_id: item, picks, stars, rank, tied }) => ({
						item,
						picks,
						stars,
						rank,
						tied
					}));
					const expected = count(cast, items);
					const byItem = (a: { item: unknown }, b: { item: unknown }) =>
						String(a.item).localeCompare(String(b.item));
					expect(places.sort(byItem)).toEqual(expected.sort(byItem));
				}),
				{ numRuns: 30 }
			);
		}));

	test('of fewer than five ballots tells the turnout and nothing else', () =>
		scene(async (stage) => {
			const it = await vote(stage, { voters: 4 });
			for (const voter of it.voters.slice(1)) {
				await casts(voter, it.vote_id, { picks: [it.items[0]!] });
			}
			await casts(it.voters[0]!, it.vote_id, { none_of_these: true });
			await counted(stage, it);
			const [row] = await stage.visitor.reads('votes', { vote_id: it.vote_id });
			expect(row).toMatchObject({ ballots_cast: 4, ballots_none: null, fingerprint: null });
			expect(await stage.visitor.reads('results', { vote_id: it.vote_id })).toEqual([]);
		}));

	test('happens once, after the time, by an organizer', () =>
		scene(async (stage) => {
			const it = await vote(stage);
			const { vote_id } = it;
			await expect(it.olive.calls('count_vote', { vote_id, key })).rejects.toMatchObject({
				message: 'vote_still_open',
				detail: expect.stringContaining('"at"')
			});
			await over(stage, it);
			await expect(it.voters[0]!.calls('count_vote', { vote_id, key })).rejects.toThrow(
				'organizers_only'
			);
			await expect(stage.visitor.calls('count_vote', { vote_id, key })).rejects.toThrow(/denied/);
			await it.olive.calls('count_vote', { vote_id, key });
			await expect(it.olive.calls('count_vote', { vote_id, key })).rejects.toThrow(
				'vote_counted_already'
			);
			await expect(
				it.olive.calls('count_vote', { vote_id: crypto.randomUUID(), key })
			).rejects.toThrow('vote_not_found');
		}));

	test('gives the same fingerprint for the same ballots, another for others', () =>
		scene(async (stage) => {
			const { forum_id, items } = await vote(stage);
			const people: string[] = [];
			for (let n = 0; n < 6; n++) people.push((await member(stage, `Person ${n}`)).id);
			const ballots = people.map((_, n) => ({ picks: [items[n % 3]!], stars: [] }));
			const fingerprint = async (cast: Ballot[]) => {
				const vote_id = await counts(stage, forum_id, people, cast);
				const [vote] = await stage.visitor.reads('votes', { vote_id });
				return vote!.fingerprint;
			};
			const once = await fingerprint(ballots);
			expect(await fingerprint([...ballots].reverse())).toBe(once);
			expect(await fingerprint([{ picks: [items[5]!], stars: [] }, ...ballots.slice(1)])).not.toBe(
				once
			);
		}));
});

/** Counts ballots that were laid straight into the urn. */
async function counts(
	{ sql }: Scene,
	forum_id: string,
	people: string[],
	ballots: Ballot[]
): Promise<string> {
	const [row] = await sql<{ vote_id: string }>(
		`insert into public.votes (forum_id, title_en, title_fr, opens_at, closes_at, choices, sectors, voters_count)
		values ($1, 'Vote', 'Vote', now() - interval '2 days', now() - interval '1 day', 4, '{ngo}', $2)
		returning vote_id`,
		[forum_id, people.length]
	);
	const { vote_id } = row!;
	await sql('select private.copy_list(r) from public.votes r where vote_id = $1', [vote_id]);
	await sql(
		`with urn as (
			select * from json_to_recordset($2::text::json) as b(person_id uuid, picks uuid[], stars uuid[])
		), voters as (
			insert into private.voters (vote_id, person_id) select $1, person_id from urn
		)
		insert into private.ballots (vote_id, person_id, encrypted)
		select $1, person_id, private.encrypt_ballot(picks, stars, $3) from urn`,
		[
			vote_id,
			JSON.stringify(ballots.map((ballot, nth) => ({ person_id: people[nth], ...ballot }))),
			key
		]
	);
	await sql('select private.count_ballots(r, $2) from public.votes r where vote_id = $1', [
		vote_id,
		key
	]);
	return vote_id;
}

describe('after the count', () => {
	test('no table joins a person and what they picked', () =>
		scene(async (stage) => {
			const it = await vote(stage, { voters: 5 });
			for (const voter of it.voters) await casts(voter, it.vote_id, { picks: [it.items[0]!] });
			await counted(stage, it);
			expect(await stage.sql('select from private.ballots')).toEqual([]);
			expect(await it.voters[0]!.calls('my_ballot', { vote_id: it.vote_id, key })).toMatchObject([
				{ has_voted: false, picks: [], stars: [] }
			]);
			const columns = await stage.sql<{ name: string }>(
				`select attname::text as name from pg_attribute
				where attrelid = 'private.anonymous_ballots'::regclass and attnum > 0 and not attisdropped
				order by attnum`
			);
			expect(columns.map(({ name }) => name)).toEqual([
				'anonymous_ballot_id',
				'vote_id',
				'picks',
				'stars'
			]);
			const holders = await stage.sql<{ name: string }>(
				`select distinct c.relname::text as name from pg_class c
				join pg_attribute a on a.attrelid = c.oid
				where c.relkind in ('r', 'p') and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
					and a.attname in ('picks', 'stars') and a.atttypid = 'uuid[]'::regtype order by 1`
			);
			expect(holders.map(({ name }) => name).sort()).toEqual(['anonymous_ballots']);
		}));

	test('a job destroys the key of the old ballots, and no other vote opens with it', () =>
		scene(async (stage) => {
			const it = await vote(stage, { voters: 5 });
			await over(stage, it);
			const wrong = { vote_id: it.vote_id, key: 'w'.repeat(43) };
			await expect(it.olive.calls('count_vote', wrong)).rejects.toThrow('vote_key_missing');
			await it.olive.calls('count_vote', { vote_id: it.vote_id, key });
			expect(await stage.sql('select from private.vote_keys')).toEqual([]);
			const jobs = `select payload, expires_at::text from private.jobs where kind = 'votes_destroy_key'`;
			expect(await stage.sql(jobs)).toEqual([
				{ payload: { vote_id: it.vote_id }, expires_at: 'infinity' }
			]);
		}));

	test('neither ids nor the order on disk betray who came first', () =>
		scene(async (stage) => {
			const it = await vote(stage, { voters: 12, items: 12 });
			for (const [nth, voter] of it.voters.entries()) {
				await casts(voter, it.vote_id, { picks: [it.items[nth]!] });
			}
			const order = async (by: string) => {
				const rows = await stage.sql<{ nth: number }>(
					`select array_position($2::text::uuid[], picks[1]) as nth
					from private.anonymous_ballots where vote_id = $1 order by ${by}`,
					[it.vote_id, `{${it.items.join(',')}}`]
				);
				return rows.map(({ nth }) => nth);
			};
			const byPerson = [...it.voters.keys()]
				.sort((a, b) => it.voters[a]!.id.localeCompare(it.voters[b]!.id))
				.map((nth) => nth + 1);
			const cast = it.items.map((_, nth) => nth + 1);
			await counted(stage, it);
			for (const by of ['ctid', 'anonymous_ballot_id']) {
				const found = await order(by);
				expect([...found].sort((a, b) => a - b)).toEqual(cast);
				for (const known of [cast, [...cast].reverse(), byPerson]) expect(found).not.toEqual(known);
			}
		}));

	test('anonymous ballots are shown to no role', () =>
		scene(async (stage) => {
			const it = await vote(stage);
			for (const caller of [stage.visitor, it.voters[0]!, it.olive, stage.service]) {
				await expect(caller.query('select * from private.anonymous_ballots')).rejects.toThrow(
					/denied/
				);
			}
		}));
});

describe.skipIf(!concurrent)('at the same moment', () => {
	test('two casts by one person leave one ballot', () =>
		together(async (stage) => {
			const it = await vote(stage);
			const [amira] = it.voters as [Persona];
			for (let turn = 0; turn < 10; turn++) {
				await Promise.all(
					it.items.slice(0, 4).map((item) => casts(amira, it.vote_id, { picks: [item] }))
				);
				const found = await stage.sql('select from private.ballots');
				expect(found).toHaveLength(1);
				await amira.calls('delete_ballot', { vote_id: it.vote_id });
			}
		}));

	test('casts and the count: each ballot is counted or refused, none is lost', () =>
		together(async (stage) => {
			const it = await vote(stage, { voters: 8 });
			await stage.sql(`
				alter table public.votes disable trigger vote_is_locked;
				update public.votes set closes_at = clock_timestamp() + interval '150 milliseconds';
				alter table public.votes enable trigger vote_is_locked`);
			const counting = (async () => {
				for (;;) {
					const done = await it.olive
						.calls('count_vote', { vote_id: it.vote_id, key })
						.then(() => true)
						.catch((said: Error) => {
							expect(said.message).toBe('vote_still_open');
							return false;
						});
					if (done) return;
				}
			})();
			const taken = await Promise.all(
				it.voters.map(async (voter, nth) => {
					await new Promise((resolve) => setTimeout(resolve, nth * 30));
					return casts(voter, it.vote_id, { picks: [it.items[0]!] })
						.then(() => 1)
						.catch((said: Error) => {
							expect(said.message).toBe('vote_closed');
							return 0 as number;
						});
				})
			);
			await counting;
			const sum = taken.reduce((total, one) => total + one, 0);
			const [row] = await stage.visitor.reads('votes', { vote_id: it.vote_id });
			expect(row!.ballots_cast).toBe(sum);
			expect(await stage.sql('select from private.ballots')).toHaveLength(0);
		}));

	test('two counts: one counts, the other is refused', () =>
		together(async (stage) => {
			const it = await vote(stage, { voters: 5 });
			for (const voter of it.voters) await casts(voter, it.vote_id, { picks: [it.items[0]!] });
			await stage.sql(`
				alter table public.votes disable trigger vote_is_locked;
				update public.votes set opens_at = now() - interval '2 days', closes_at = now() - interval '1 second';
				alter table public.votes enable trigger vote_is_locked`);
			const said = await Promise.all(
				[1, 2, 3].map(() =>
					it.olive
						.calls('count_vote', { vote_id: it.vote_id, key })
						.catch((no: Error) => no.message)
				)
			);
			expect(said.filter((answer) => answer === 'vote_counted_already')).toHaveLength(2);
			expect(await stage.sql('select from private.anonymous_ballots')).toHaveLength(5);
		}));

	test('an opening and a rewording: the copy has the words of the list', () =>
		together(async (stage) => {
			const olive = await organizer(stage);
			for (let turn = 0; turn < 8; turn++) {
				const { forum_id } = await forum(stage);
				const [item] = await list(stage, forum_id, 4);
				await confirmed(stage, await member(stage, `Voter ${turn}`), forum_id);
				const words = { title_en: 'Other words', title_fr: 'Autres mots' };
				await Promise.all([
					olive.calls('open_vote', { forum_id, ...opening }),
					olive.calls('reword_priority', { priority_id: item, ...words }).catch((said: Error) => {
						expect(said.message).toBe('list_locked');
					})
				]);
				const [now] = await olive.reads('priorities', { priority_id: item });
				const [copy] = await olive.reads('vote_items', { priority_id: item });
				expect(copy!.title_en).toBe(now!.title_en);
			}
		}));
});
