import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isHttpError, isRedirect } from '@sveltejs/kit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as people from '../../src/lib/people/data.server';
import type { Backend } from '../../src/lib/platform/db/backend';
import { openBackend } from '../../src/lib/platform/db/open.server';
import { signedIn } from '../../src/lib/platform/db/session.server';
import { logger } from '../../src/lib/platform/log.server';
import { readSettings } from '../../src/lib/platform/settings.server';
import { inLanguage } from '../../src/lib/platform/text/i18n/language.server';
import * as vouched from '../../src/lib/vouched/data.server';
import { actions as codeActions } from '../../src/routes/(public)/sign-in/code/+page.server';
import { actions as printedActions } from '../../src/routes/(public)/sign-in/printed/+page.server';
import { actions as emailActions } from '../../src/routes/(public)/sign-in/+page.server';
import {
	breakout,
	committee,
	confirmed,
	forum,
	list,
	member,
	organizer,
	vote,
	voteKey
} from './builders';
import { concurrent, emptyDatabase } from './engine';
import { scene, together, type Persona, type Scene } from './scene';

const hash = (sign: string) => sign.repeat(64);

async function organization({ sql }: Scene): Promise<string> {
	const [row] = await sql<{ id: string }>(
		`insert into public.organizations (name_en, name_fr) values ($1, $1) returning organization_id as id`,
		[`Shelter ${crypto.randomUUID()}`]
	);
	return row!.id;
}

const madeUp = (scene: Scene) =>
	scene.person('x', { email: `${crypto.randomUUID()}@vouched.invalid` });

type Spots = { forum_id: string; about: Record<string, unknown>; accounts: Persona[] };

/** What an organizer sends to make spots: one for each hash. */
async function spots(scene: Scene, forum_id: string, hashes: string[]): Promise<Spots> {
	const accounts = await Promise.all(hashes.map(() => madeUp(scene)));
	return {
		forum_id,
		accounts,
		about: {
			forum_id,
			organization_id: await organization(scene),
			batch_id: crypto.randomUUID(),
			mode: 'in_person',
			language: 'en',
			province: 'ON',
			sector: 'lived_experience',
			support_person: true,
			honorarium: false,
			over_capacity: false,
			reason: '',
			accounts: accounts.map(({ id }) => id),
			code_hashes: hashes
		}
	};
}

const spotOf = async ({ sql }: Scene, code: string) =>
	(
		await sql<{ spot_id: string; person_id: string; printed: boolean }>(
			'select spot_id, person_id, printed from private.vouched_spots where code_hash = $1',
			[code]
		)
	)[0];

const swapped = (code_hash: string, new_hash: string, account?: string) => ({
	code_hash,
	new_hash,
	word_hash: 'w'.repeat(60),
	language: 'fr',
	...(account && { account })
});

describe('making', () => {
	test('spots count as taken, have no name, and queue no email', () =>
		scene(async (it) => {
			const olive = await organizer(it);
			const { forum_id } = await forum(it, { capacity_in_person: 3 });
			const { about, accounts } = await spots(it, forum_id, [hash('a'), hash('b')]);
			expect(await olive.calls('make_vouched_spots', about)).toEqual([1, 2]);
			const [free] = await it.sql(`select private.spots_taken($1, 'in_person')::integer as taken`, [
				forum_id
			]);
			expect(free).toEqual({ taken: 2 });
			const rows = await olive.reads<{ name: string; status: string }>(
				'registrations',
				{ forum_id },
				'it.name, it.status, it.organization_name'
			);
			expect(rows.map(({ name }) => name).sort()).toEqual([
				'Guest 1 / Personne invitée 1',
				'Guest 2 / Personne invitée 2'
			]);
			expect(await it.sql('select from private.emails')).toEqual([]);
			// To organizers an address that the site made up is none.
			const { people: listed } = await olive.calls<{
				people: { person_id: string; email: string }[];
			}>('people_list', { search: 'Guest', status: null, after: null });
			expect(listed.map(({ email }) => email)).toEqual([null, null]);
			const roster = await olive.calls<{ people: { email: null }[] }>('roster', { forum_id });
			expect(roster.people.map(({ email }) => email)).toEqual([null, null]);
			expect(accounts.map(({ email }) => email.endsWith('@vouched.invalid'))).toEqual([true, true]);
		}));

	test('a full forum refuses all of them, or takes all for a reason', () =>
		scene(async (it) => {
			const olive = await organizer(it);
			const { forum_id } = await forum(it, { capacity_in_person: 1 });
			const { about } = await spots(it, forum_id, [hash('a'), hash('b')]);
			await expect(olive.calls('make_vouched_spots', about)).rejects.toThrow('vouched_no_room');
			expect(await it.sql('select from private.vouched_spots')).toEqual([]);
			const beyond = { ...about, over_capacity: true };
			await expect(olive.calls('make_vouched_spots', beyond)).rejects.toThrow('reason_missing');
			await olive.calls('make_vouched_spots', { ...beyond, reason: 'Promised before' });
			expect(
				await it.sql('select over_capacity from public.registrations order by over_capacity')
			).toEqual([{ over_capacity: false }, { over_capacity: true }]);
		}));

	test('a newcomer does not overtake who waits', () =>
		scene(async (it) => {
			const olive = await organizer(it);
			const { forum_id } = await forum(it, { capacity_in_person: 1 });
			const wanda = await member(it, 'Wanda');
			await confirmed(it, wanda, forum_id, { status: 'waitlisted', confirmed_at: null });
			const { about } = await spots(it, forum_id, [hash('a')]);
			await expect(olive.calls('make_vouched_spots', about)).rejects.toThrow('vouched_no_room');
		}));

	test.each([
		['a form that was sent before', {}, 'vouched_made_already'],
		['no code', { accounts: [], code_hashes: [] }, 'vouched_accounts'],
		['fewer codes than accounts', { code_hashes: [] }, 'vouched_accounts'],
		['a sector of government', { sector: 'law_enforcement' }, 'vouched_sector'],
		['nobody’s sector', { sector: null }, 'vouched_sector'],
		['an organization that is not there', { organization_id: null }, 'vouched_organization'],
		['a way that is not offered', { mode: 'online' }, 'mode_not_offered']
	])('%s is refused', (what, change, key) =>
		scene(async (it) => {
			const olive = await organizer(it);
			const { forum_id } = await forum(it, { format: 'in_person', capacity_online: null });
			const { about } = await spots(it, forum_id, [hash('a')]);
			if (key === 'vouched_made_already') await olive.calls('make_vouched_spots', about);
			const sent = { ...about, ...(key !== 'vouched_made_already' && change) };
			await expect(olive.calls('make_vouched_spots', sent), what).rejects.toThrow(key);
		})
	);

	test('nobody’s own account becomes a vouched one', () =>
		scene(async (it) => {
			const olive = await organizer(it);
			const { forum_id } = await forum(it);
			const { about } = await spots(it, forum_id, [hash('a')]);
			const real = await it.person('Real');
			for (const account of [real.id, olive.id, crypto.randomUUID()]) {
				const sent = { ...about, accounts: [account] };
				await expect(olive.calls('make_vouched_spots', sent)).rejects.toThrow('vouched_accounts');
			}
		}));

	test('only organizers make, see, renew and revoke; only the site finds what a code opens', () =>
		scene(async (it) => {
			const olive = await organizer(it);
			const { forum_id, slug } = await forum(it);
			const { about, accounts } = await spots(it, forum_id, [hash('a')]);
			await olive.calls('make_vouched_spots', about);
			const spot_id = (await spotOf(it, hash('a')))!.spot_id;
			const stranger = await it.person('Stranger');
			const others = [
				await member(it, 'Mia'),
				await member(it, 'Gus', { sector: 'government' }),
				await member(it, 'Sue', { suspended: true }),
				stranger,
				accounts[0]!,
				it.visitor
			];
			for (const who of others) {
				for (const [verb, args] of [
					['make_vouched_spots', { ...about, batch_id: crypto.randomUUID() }],
					['vouched_spots', { slug }],
					['renew_vouched_code', { spot_id, code_hash: hash('c') }],
					['revoke_vouched_spot', { spot_id }],
					['vouched_code', { code_hash: hash('a') }],
					['try_vouched_word', { code_hash: hash('a') }],
					['swap_vouched_code', swapped(hash('a'), hash('b'))],
					['take_sign_in_token', { address: accounts[0]!.email }]
				] as const) {
					await expect(who.calls(verb, args), verb).rejects.toMatchObject({
						code: expect.stringMatching(/^(PT40[139]|42501)$/)
					});
				}
				await expect(who.query('select from private.vouched_spots')).rejects.toThrow('permission');
			}
			await expect(olive.calls('vouched_code', { code_hash: hash('a') })).rejects.toThrow(
				'permission'
			);
			expect((await spotOf(it, hash('a')))!.spot_id).toBe(spot_id);
		}));
});

describe('what a vouched person can do', () => {
	test('vote, and choose sessions that organizers cannot read, not even by counting', () =>
		scene(async (it) => {
			const olive = await organizer(it);
			const { forum_id } = await forum(it);
			const { about, accounts } = await spots(it, forum_id, [hash('a')]);
			await olive.calls('make_vouched_spots', about);
			const [guest] = accounts as [Persona];
			const session = await breakout(it, forum_id, { closed_to_government: true });
			await guest.calls('sign_up', { session_id: session });
			const mia = await member(it, 'Mia');
			await confirmed(it, mia, forum_id);
			await mia.calls('sign_up', { session_id: session });
			expect(await guest.reads('signups')).toHaveLength(1);
			expect(await olive.reads('signups', {}, 'it.person_id')).toEqual([{ person_id: mia.id }]);
			for (const question of [
				'select count(*)::integer as n from public.signups',
				`select count(*)::integer as n from public.signups s join public.registrations r using (forum_id, person_id)`,
				`select count(*)::integer as n from public.sessions t, public.signups s where s.session_id = t.session_id`
			]) {
				expect(await olive.query(question), question).toEqual([{ n: 1 }]);
			}
			const points = await list(it, forum_id, 4);
			const vote_id = await olive.calls<string>('open_vote', {
				vote_id: crypto.randomUUID(),
				key: voteKey,
				forum_id,
				title_en: 'A vote',
				title_fr: 'Un vote',
				closes_at: new Date(Date.now() + 86_400_000).toISOString(),
				quorum: 0,
				sectors: ['lived_experience']
			});
			const ballot = { vote_id, picks: [points[0]], stars: [], none_of_these: false, key: voteKey };
			await guest.calls('cast_ballot', ballot);
			await expect(mia.calls('cast_ballot', ballot)).rejects.toThrow('not_a_voter');
			expect(await olive.calls('my_ballot', { vote_id, key: voteKey })).toMatchObject([
				{ may_vote: false, has_voted: false, picks: [] }
			]);
		}));

	test('nothing that would say who they are, or that reaches somebody else', () =>
		scene(async (it) => {
			const olive = await organizer(it);
			const { forum_id } = await forum(it);
			const other = await forum(it);
			const { about, accounts } = await spots(it, forum_id, [hash('a')]);
			await olive.calls('make_vouched_spots', about);
			const [guest] = accounts as [Persona];
			const name = 'Guest 1 / Personne invitée 1';
			const about_me = { language: 'fr', province: 'ON', organization_name: '' };
			const profile = { ...about_me, sector: 'lived_experience', discreet: false };
			const edit = { ...about_me, forum_id };
			const elsewhere = { ...profile, name, forum_id: other.forum_id, mode: 'online' };
			const help = { request_id: null, forum_id, help: ['welcome'], note: 'I am Ada' };
			await committee(it, 'one');
			const join = { request_id: null, about: 'I am Ada', committees: ['one'] };
			const visible = {
				forum_id,
				audience: 'participants',
				except_government: false,
				except_sectors: [],
				shows_organization: false,
				shows_sector: false
			};
			const refused: [Persona, string, Record<string, unknown>][] = [
				[guest, 'save_profile', { ...profile, name: 'Ada' }],
				[guest, 'save_profile', { ...profile, name, organization_name: 'Home' }],
				[guest, 'edit_registration', { ...edit, name: 'Ada', badge_name: '' }],
				[guest, 'edit_registration', { ...edit, name, badge_name: 'Ada' }],
				[guest, 'register', elsewhere],
				[guest, 'hand_over', { forum_id, email: 'ada@example.org' }],
				[guest, 'offer_help', help],
				[guest, 'ask_to_join', join],
				[guest, 'save_visibility', visible],
				[olive, 'name_organizer', { person_id: guest.id }]
			];
			for (const [who, verb, args] of refused) {
				await expect(who.calls(verb, args), verb).rejects.toThrow('vouched_not_here');
			}
			await guest.calls('save_profile', { ...profile, name });
			const { page } = await guest.calls<{ page: { joining: object } }>('home_page');
			expect(page.joining).toMatchObject({ may_ask: false });
			expect(await it.sql('select from private.emails')).toEqual([]);
		}));

	test('cancelling and deleting the account free the spot for who waits', () =>
		scene(async (it) => {
			const olive = await organizer(it);
			const { forum_id } = await forum(it, { capacity_in_person: 1 });
			const { about, accounts } = await spots(it, forum_id, [hash('a')]);
			await olive.calls('make_vouched_spots', about);
			const [guest] = accounts as [Persona];
			const wanda = await member(it, 'Wanda');
			await confirmed(it, wanda, forum_id, { status: 'waitlisted', confirmed_at: null });
			const data = await guest.calls<Record<string, unknown>>('export_my_data');
			expect(data.vouched_spots).toMatchObject({
				number: 1,
				organization_en: expect.stringMatching(/^Shelter/)
			});
			expect(JSON.stringify(data)).not.toContain(hash('a'));
			await guest.calls('delete_my_account');
			expect(await it.sql('select from private.vouched_spots')).toEqual([]);
			expect(await it.sql('select from auth.users where id = $1', [guest.id])).toEqual([]);
			expect(await it.sql('select from private.offers where ended_at is null')).toHaveLength(1);
		}));
});

describe('swapping, renewing, revoking', () => {
	/** A spot in use, signed up for a session, with a ballot in an open vote. */
	async function inUse(it: Scene) {
		const olive = await organizer(it);
		const { forum_id } = await forum(it);
		const { about, accounts } = await spots(it, forum_id, [hash('a')]);
		await olive.calls('make_vouched_spots', about);
		const [guest] = accounts as [Persona];
		await it.service.calls('swap_vouched_code', swapped(hash('a'), hash('b')));
		const session = await breakout(it, forum_id);
		await guest.calls('sign_up', { session_id: session });
		const points = await list(it, forum_id, 4);
		const vote_id = await vote(it, forum_id, 1, [guest]);
		await it.sql(
			`insert into public.vote_items (vote_id, priority_id, position, area_en, area_fr, title_en, title_fr)
			select $1, unnest($2::text::uuid[]), 1, 'a', 'a', 't', 't'`,
			[vote_id, `{${points.join()}}`]
		);
		await guest.calls('cast_ballot', {
			vote_id,
			picks: [points[0]],
			stars: [],
			none_of_these: false,
			key: voteKey
		});
		await it.sql('insert into auth.sessions (id, user_id) values ($1, $2)', [
			crypto.randomUUID(),
			guest.id
		]);
		const spot_id = (await spotOf(it, hash('b')))!.spot_id;
		return { olive, forum_id, guest, spot_id, vote_id };
	}

	test('a printed code is swapped once; the old one opens nothing', () =>
		scene(async (it) => {
			const olive = await organizer(it);
			const { forum_id } = await forum(it);
			const { about, accounts } = await spots(it, forum_id, [hash('a')]);
			await olive.calls('make_vouched_spots', about);
			expect(await it.service.calls('vouched_code', { code_hash: hash('a') })).toMatchObject({
				address: accounts[0]!.email,
				printed: true,
				has_word: false
			});
			const swap = swapped(hash('a'), hash('b'));
			expect(await it.service.calls('swap_vouched_code', swap)).toBe(accounts[0]!.email);
			expect(await it.service.calls('swap_vouched_code', swap)).toBeNull();
			expect(await it.service.calls('swap_vouched_code', swapped(hash('b'), hash('c')))).toBeNull();
			expect(await it.service.calls('vouched_code', { code_hash: hash('a') })).toBeNull();
			expect(await it.service.calls('try_vouched_word', { code_hash: hash('b') })).toBeNull();
			expect(await accounts[0]!.reads('registrations', {}, 'it.language')).toEqual([
				{ language: 'fr' }
			]);
		}));

	test('renewing signs the person out, and with the word everything is there', () =>
		scene(async (it) => {
			const { olive, guest, spot_id } = await inUse(it);
			expect(await olive.calls('renew_vouched_code', { spot_id, code_hash: hash('c') })).toBe(1);
			expect(await it.sql('select from auth.sessions where user_id = $1', [guest.id])).toEqual([]);
			expect(await it.service.calls('vouched_code', { code_hash: hash('b') })).toBeNull();
			expect(await it.service.calls('vouched_code', { code_hash: hash('c') })).toMatchObject({
				printed: true,
				has_word: true
			});
			expect(await it.service.calls('try_vouched_word', { code_hash: hash('c') })).toBe(
				'w'.repeat(60)
			);
			await it.service.calls('swap_vouched_code', swapped(hash('c'), hash('d')));
			expect((await spotOf(it, hash('d')))!.person_id).toBe(guest.id);
			expect(await guest.reads('signups')).toHaveLength(1);
		}));

	test('the fees and the requests for bursaries show organizers no address that was made up', () =>
		scene(async (it) => {
			const { olive, guest, forum_id } = await inUse(it);
			const [{ slug }] = (await it.sql<{ slug: string }>(
				'select slug from public.forums where forum_id = $1',
				[forum_id]
			)) as [{ slug: string }];
			const texts = { name_en: 'Member', name_fr: 'Membre', about_en: '', about_fr: '' };
			const added = { forum_id, category_id: null, version: 1, ...texts, amount: 100 };
			await olive.calls('save_fee_category', added);
			const fees = await olive.calls('fees_for_organizers', { slug, state: 'unchosen' });
			expect(fees.people).toMatchObject([{ email: null }]);
			const [bursary] = await it.sql<{ bursary_id: string }>(
				`insert into private.bursaries
					(forum_id, person_id, travel, lodging, meals, care, fee, lost_pay, other, organization_pays, words)
				values ($1, $2, 100, 0, 0, 0, 0, 0, 0, false, '') returning bursary_id`,
				[forum_id, guest.id]
			);
			expect(await olive.calls('read_bursary', bursary)).toMatchObject({ email: null });
		}));

	test('five words can be tried, also across renewals', () =>
		scene(async (it) => {
			const { olive, spot_id } = await inUse(it);
			await olive.calls('renew_vouched_code', { spot_id, code_hash: hash('c') });
			for (let n = 0; n < 3; n++)
				await it.service.calls('try_vouched_word', { code_hash: hash('c') });
			await olive.calls('renew_vouched_code', { spot_id, code_hash: hash('d') });
			const tries = [];
			for (let n = 0; n < 3; n++)
				tries.push(await it.service.calls('try_vouched_word', { code_hash: hash('d') }));
			expect(tries.map((answer) => answer !== null)).toEqual([true, true, false]);
		}));

	test('without the word only the spot comes back, and a ballot counts without being readable', () =>
		scene(async (it) => {
			const { olive, guest, spot_id, vote_id, forum_id } = await inUse(it);
			await olive.calls('renew_vouched_code', { spot_id, code_hash: hash('c') });
			const next = await madeUp(it);
			const swap = swapped(hash('c'), hash('d'), next.id);
			expect(await it.service.calls('swap_vouched_code', swap)).toBe(next.email);
			expect(await next.reads('registrations', {}, 'it.status')).toEqual([{ status: 'confirmed' }]);
			expect(await next.reads('signups')).toEqual([]);
			expect(await it.sql('select from public.signups')).toEqual([]);
			expect(await next.calls('my_ballot', { vote_id, key: voteKey })).toMatchObject([
				{ may_vote: false, has_voted: false, picks: [] }
			]);
			await expect(
				next.calls('cast_ballot', {
					vote_id,
					picks: [],
					stars: [],
					none_of_these: true,
					key: voteKey
				})
			).rejects.toThrow('not_a_voter');
			expect(await it.sql('select person_id from private.ballots')).toEqual([
				{ person_id: guest.id }
			]);
			// Nothing opens the account that was left, and it goes once the vote is counted.
			expect(
				await it.sql('select from private.vouched_spots where person_id = $1', [guest.id])
			).toEqual([]);
			await it.sql(`update auth.users set created_at = now() - interval '2 days' where id = $1`, [
				guest.id
			]);
			await it.service.calls('delete_old_data');
			expect(await it.sql('select from auth.users where id = $1', [guest.id])).toHaveLength(1);
			await it.sql(`delete from private.voters`);
			await it.service.calls('delete_old_data');
			expect(await it.sql('select from auth.users where id = $1', [guest.id])).toEqual([]);
			expect(
				await it.sql('select from public.registrations where forum_id = $1', [forum_id])
			).toHaveLength(1);
		}));

	test('who has not voted leaves an account just the same, so that it does not say who voted', () =>
		scene(async (it) => {
			const { olive, guest, spot_id } = await inUse(it);
			await it.sql('delete from private.ballots');
			await olive.calls('renew_vouched_code', { spot_id, code_hash: hash('c') });
			const next = await madeUp(it);
			await it.service.calls('swap_vouched_code', swapped(hash('c'), hash('d'), next.id));
			expect(await it.sql('select from auth.users where id = $1', [guest.id])).toHaveLength(1);
		}));

	test('revoking frees the spot, and a ballot still counts; twice it says so', () =>
		scene(async (it) => {
			const { olive, spot_id, forum_id, guest } = await inUse(it);
			await olive.calls('revoke_vouched_spot', { spot_id });
			await expect(olive.calls('revoke_vouched_spot', { spot_id })).rejects.toThrow(
				'vouched_not_found'
			);
			expect(await it.service.calls('vouched_code', { code_hash: hash('b') })).toBeNull();
			expect(
				await it.sql('select from public.registrations where forum_id = $1', [forum_id])
			).toEqual([]);
			expect(await it.sql('select from auth.sessions where user_id = $1', [guest.id])).toEqual([]);
			expect(await it.sql('select from private.ballots')).toHaveLength(1);
		}));

	test('an account that the site did not make up never takes a spot', () =>
		scene(async (it) => {
			const { olive, spot_id } = await inUse(it);
			await olive.calls('renew_vouched_code', { spot_id, code_hash: hash('c') });
			const mia = await it.person('Mia');
			await expect(
				it.service.calls('swap_vouched_code', swapped(hash('c'), hash('d'), mia.id))
			).rejects.toThrow('vouched_accounts');
		}));

	test('twelve months after the forum nothing is left', () =>
		scene(async (it) => {
			const { forum_id } = await inUse(it);
			await it.sql(`delete from private.voters`);
			await it.sql(
				`update public.forums set starts_on = current_date - 400, ends_on = current_date - 400,
				registration_opens_at = null, registration_closes_at = null where forum_id = $1`,
				[forum_id]
			);
			await it.service.calls('delete_old_data');
			expect(await it.sql('select from private.vouched_spots')).toEqual([]);
			expect(await it.sql(`select from auth.users where email like '%.invalid'`)).toEqual([]);
		}));
});

test.runIf(concurrent)('of two who swap one code at the same moment one gets it', () =>
	together(async (it) => {
		const olive = await organizer(it);
		const { forum_id } = await forum(it, { capacity_in_person: 40 });
		for (let round = 0; round < 20; round++) {
			const from = round.toString(16).padStart(64, '0');
			const { about } = await spots(it, forum_id, [from]);
			await olive.calls('make_vouched_spots', about);
			const answers = await Promise.all(
				['a', 'b'].map((sign) =>
					it.service.calls('swap_vouched_code', swapped(from, sign + from.slice(1)))
				)
			);
			expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
		}
	})
);

// The journey, from the form to the database ----------------------------------------------------

const slot = Symbol.for('convergence.backend');
const shared = globalThis as unknown as Record<symbol, Promise<Backend> | undefined>;
const folder = mkdtempSync(join(tmpdir(), 'convergence-vouched-'));
let backend: Backend;

beforeAll(async () => {
	vi.spyOn(logger, 'error').mockReturnValue();
	vi.spyOn(logger, 'warn').mockReturnValue();
	vi.stubEnv('CONVERGENCE_DATA', folder);
	const settings = readSettings({ CONVERGENCE_DATA: folder, ORIGIN: 'https://network.example' });
	const databaseUrl = concurrent ? await emptyDatabase() : undefined;
	backend = await openBackend({ ...settings, databaseUrl });
	shared[slot] = Promise.resolve(backend);
}, 120_000);
afterAll(async () => {
	vi.restoreAllMocks();
	vi.unstubAllEnvs();
	shared[slot] = undefined;
	await backend.close();
	rmSync(folder, { recursive: true, force: true });
});

type Answer = {
	id?: string;
	status?: number;
	location?: string;
	values?: Record<string, string>;
	data?: { errors?: Record<string, string>; refusal?: { key: string } };
};
type Action = (event: never) => unknown;

/** Somebody at a network address, with cookies of their own. */
function browser(from: string) {
	const jar = new Map<string, string>();
	const cookies = {
		get: (name: string) => jar.get(name),
		getAll: () => [...jar].map(([name, value]) => ({ name, value })),
		set: (name: string, value: string) => void jar.set(name, value),
		delete: (name: string) => void jar.delete(name)
	};
	const url = new URL('https://network.example/sign-in');
	const send = async (action: Action, form: Record<string, string>): Promise<Answer> => {
		const request = new Request(url, { method: 'POST', body: new URLSearchParams(form) });
		const event = { request, url, cookies, locals: {}, getClientAddress: () => from };
		const sent = () => action({ ...event, setHeaders: () => {} } as never) as Promise<Answer>;
		try {
			return await inLanguage('fr', sent);
		} catch (thrown) {
			if (isRedirect(thrown)) return { status: thrown.status, location: thrown.location };
			if (isHttpError(thrown)) return { status: thrown.status };
			throw thrown;
		}
	};
	return {
		send,
		code: (code: string) => send(printedActions.code, { code }),
		swap: (step: Answer, more: Record<string, string>) =>
			send(printedActions.swap, { ...step.values, ...more }),
		signed: async () => (await signedIn({ cookies, url } as never))!
	};
}

const query = <T extends Record<string, unknown>>(text: string, params?: unknown[]) =>
	backend.query!<T>(text, params);

/** An organizer with a session, a forum with a session to sign up for, and an organization. */
async function prepared() {
	const office = browser('192.0.2.7');
	const email = `olive.${crypto.randomUUID()}@example.org`;
	await office.send(emailActions.email, { email, next: '' });
	const [sent] = await query<{ code: string }>(
		`select facts ->> 'code' as code from private.emails where recipient = $1`,
		[email]
	);
	await office.send(codeActions.default, { email, code: sent!.code });
	const { db, account } = await office.signed();
	await people.saveProfile(db, {
		...{ name: 'Olive', language: 'en', province: 'ON', sector: 'ngo' },
		...{ organization: '', discreet: false }
	});
	await query(`insert into private.roles (person_id, role) values ($1, 'organizer')`, [account.id]);
	const on = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
	const [forum] = await query<{ forum_id: string; slug: string }>(
		`insert into public.forums (slug, name_en, name_fr, place_en, place_fr, format, time_zone, starts_on, ends_on,
			capacity_in_person, registration_opens_at, registration_closes_at, published_at)
		values ('f-' || gen_random_uuid(), 'Forum', 'Forum', 'Ottawa', 'Ottawa', 'in_person', 'America/Toronto', $1, $1,
			20, now() - interval '1 day', now() + interval '9 days', now()) returning forum_id, slug`,
		[on]
	);
	const [session] = await query<{ session_id: string }>(
		`insert into public.sessions (forum_id, kind, title_en, title_fr, position, starts_at, ends_at, sign_up, capacity)
		values ($1, 'breakout', 'One', 'Un', 1, now() + interval '30 days', now() + interval '30 days 1 hour', true, 9)
		returning session_id`,
		[forum!.forum_id]
	);
	const name = `Shelter ${crypto.randomUUID()}`;
	const [organization] = await query<{ organization_id: string }>(
		'insert into public.organizations (name_en, name_fr) values ($1, $1) returning organization_id',
		[name]
	);
	const make = (count = 1) =>
		vouched.make(
			db,
			{
				...{ forum: forum!.forum_id, organization: organization!.organization_id, count },
				...{ batch: crypto.randomUUID(), mode: 'in_person', province: 'ON', reason: '' },
				...{ sector: 'lived_experience', support_person: false, honorarium: true },
				over_capacity: false
			},
			'en'
		);
	return { db, forum: forum!, session: session!.session_id, make };
}

/** Every row of every table of the three schemas, as text. */
async function dump(): Promise<string> {
	const tables = await query<{ name: string }>(
		`select format('%I.%I', schemaname, tablename) as name from pg_tables
		where schemaname in ('public', 'private', 'auth')`
	);
	expect(tables.length).toBeGreaterThan(40);
	const rows = [];
	for (const { name } of tables) rows.push(await query(`select t::text as row from ${name} t`));
	return JSON.stringify(rows);
}

test('a full dump holds nothing of a vouched person but a hash', async () => {
	const { forum, session, make } = await prepared();
	const [slip] = await make();
	const guest = browser('198.51.100.9');
	const step = await guest.code(` ${slip!.code.toLowerCase().replaceAll('-', ' ')} `);
	expect(step.values).toMatchObject({ step: 'swap', word_asked: 'new' });
	const { fresh } = step.values as { fresh: string };
	const word = 'Tournesol-Bleu';
	expect((await guest.swap(step, { word: 'court' })).data?.errors).toHaveProperty('word');
	const entered = await guest.swap(step, { word });
	expect(entered).toMatchObject({ status: 303 });
	expect(entered.location).toContain(encodeURIComponent(`/forums/${forum.slug}/registration`));
	const { db, account } = await guest.signed();
	expect((await db.rpc('sign_up', { session_id: session })).error).toBeNull();
	await query(
		`insert into public.areas (forum_id, name_en, name_fr, position) values ($1, 'Area', 'Volet', 1)`,
		[forum.forum_id]
	);
	await query(
		`insert into public.priorities (forum_id, area_id, title_en, title_fr, position)
		select $1, a.area_id, 'Point ' || n, 'Le point ' || n, n from public.areas a, generate_series(1, 4) n where a.forum_id = $1`,
		[forum.forum_id]
	);
	const key = 'k'.repeat(43);
	const vote_id = crypto.randomUUID();
	await query(
		`insert into public.votes (vote_id, forum_id, title_en, title_fr, closes_at, choices, sectors, voters_count)
		values ($1, $2, 'Vote', 'Vote', now() + interval '1 day', 4, '{lived_experience}', 1)`,
		[vote_id, forum.forum_id]
	);
	await query(`insert into private.vote_keys values ($1, sha256(convert_to($2, 'UTF8')))`, [
		vote_id,
		key
	]);
	await query('insert into private.voters values ($1, $2)', [vote_id, account.id]);
	await query(
		`insert into public.vote_items (vote_id, priority_id, position, area_en, area_fr, title_en, title_fr)
		select $1, p.priority_id, p.position, 'A', 'A', p.title_en, p.title_fr from public.priorities p where p.forum_id = $2`,
		[vote_id, forum.forum_id]
	);
	const cast = { vote_id, picks: [], stars: [], none_of_these: true, key };
	expect((await db.rpc('cast_ballot', cast)).error).toBeNull();
	expect((await guest.send(printedActions.code, { code: fresh })).status).toBe(303);

	const text = (await dump()).toLowerCase();
	expect(text).toContain(account.id);
	const secrets = [
		slip!.code,
		slip!.code.replaceAll('-', ''),
		fresh,
		fresh.replaceAll('-', ''),
		word
	];
	for (const secret of [...secrets, '198.51.100.9']) {
		expect(text).not.toContain(secret.toLowerCase());
	}
	// The one address is made up, and no password is there.
	const [user] = await query<{
		email: string;
		encrypted_password: string;
		raw_user_meta_data: object;
	}>(
		'select email, encrypted_password, raw_user_meta_data::text as about from auth.users where id = $1',
		[account.id]
	);
	expect(user!.email).toMatch(/^[0-9a-f-]{36}@vouched\.invalid$/);
	expect(user!.encrypted_password).toBe('');
	const [person] = await query(
		'select name, organization_name from public.people where person_id = $1',
		[account.id]
	);
	expect(person).toEqual({ name: 'Guest 1 / Personne invitée 1', organization_name: null });
	expect(
		await query('select from private.sign_in_tokens where address = $1', [user!.email])
	).toEqual([]);
	expect(await query('select from private.emails where recipient = $1', [user!.email])).toEqual([]);
	// Without the key, which lies outside of the database, a hash is of no use.
	const keys = readdirSync(join(folder, 'keys')).map((name) =>
		readFileSync(join(folder, 'keys', name), 'utf8')
	);
	expect(keys).toHaveLength(1);
	expect(text).not.toContain(keys[0]!.toLowerCase());
}, 60_000);

test('wrong, used and revoked codes get one answer; a typing error never reaches the database', async () => {
	const { db, forum, make } = await prepared();
	const [first, second] = await make(2);
	const guest = browser('198.51.100.10');
	const step = await guest.code(first!.code);
	await guest.swap(step, { word: 'chosen word' });
	const { spots } = (await vouched.spots(db, forum.slug))!;
	const spot = spots.find(({ number }) => number === second!.number)!;
	await vouched.revoke(db, spot.spot_id);
	const answers = [];
	for (const code of [first!.code, second!.code, '0000-0000-0000-0000']) {
		answers.push(await browser('198.51.100.11').code(code));
	}
	expect(answers[0]).toMatchObject({ status: 422, data: { errors: { code: expect.any(String) } } });
	const said = answers.map(({ status, data }) => [status, data?.errors?.code]);
	expect(new Set(said.map((it) => JSON.stringify(it))).size).toBe(1);
	const before = await query(
		`select sum(count)::integer as n from private.attempts where bucket like 'printed%'`
	);
	const typo = first!.code.replace(/.$/, (sign) => (sign === '7' ? '8' : '7'));
	expect(await guest.code(typo)).toMatchObject({ status: 400 });
	expect(
		await query(
			`select sum(count)::integer as n from private.attempts where bucket like 'printed%'`
		)
	).toEqual(before);
	// A proof of another code, or of a code of one's own making, swaps nothing.
	const [third] = await make();
	const proposed = await guest.code(third!.code);
	const changes: Record<string, string>[] = [
		{ fresh: first!.code },
		{ proof: 'x' },
		{ code: second!.code }
	];
	for (const change of changes) {
		expect(await guest.swap(proposed, { word: 'chosen word', ...change })).toMatchObject({
			status: 422,
			data: { refusal: { key: 'vouched_code_not_good' } }
		});
	}
}, 60_000);

test('too many codes from one network are stopped, and those of another are not', async () => {
	const { make } = await prepared();
	const [slip] = await make();
	await query(`delete from private.attempts where bucket = 'printed_from'`);
	const busy = browser('203.0.113.5');
	await busy.code('0000-0000-0000-0000');
	await query(`update private.attempts set count = 300 where bucket = 'printed_from'`);
	expect(await busy.code(slip!.code)).toMatchObject({ status: 429 });
	expect((await browser('203.0.113.6').code(slip!.code)).values?.step).toBe('swap');
}, 60_000);

test('a renewed code asks for the word; who has none starts over with the spot alone', async () => {
	const { db, forum, session, make } = await prepared();
	const [slip] = await make();
	const guest = browser('198.51.100.20');
	const first = await guest.code(slip!.code);
	await guest.swap(first, { word: 'Chosen Word' });
	const before = await guest.signed();
	expect((await before.db.rpc('sign_up', { session_id: session })).error).toBeNull();
	const { spots } = (await vouched.spots(db, forum.slug))!;
	expect(spots).toMatchObject([{ code: 'used', honorarium: true }]);

	const renewed = await vouched.renew(db, spots[0]!.spot_id);
	expect((await before.db.rpc('sign_up', { session_id: session })).error?.message).toBe(
		'sign_in_first'
	);
	expect((await browser('198.51.100.21').code(first.values!.fresh!)).status).toBe(422);
	const again = browser('198.51.100.22');
	const step = await again.code(renewed.code);
	expect(step.values).toMatchObject({ word_asked: 'known' });
	// Saying that there is no word yet does not get around it.
	expect(await again.swap(step, { word: 'another one', word_asked: 'new' })).toMatchObject({
		status: 422,
		data: { errors: { word: expect.any(String) } }
	});
	expect((await again.swap(step, { word: ' chosen  WORD ' })).status).toBe(303);
	expect((await again.signed()).account.id).toBe(before.account.id);

	const once_more = await vouched.renew(db, spots[0]!.spot_id);
	const other = browser('198.51.100.23');
	const last = await other.code(once_more.code);
	expect((await other.swap(last, { word: 'a new word', start_over: 'on' })).status).toBe(303);
	const after = await other.signed();
	expect(after.account.id).not.toBe(before.account.id);
	expect(
		await query('select status from public.registrations where person_id = $1', [after.account.id])
	).toEqual([{ status: 'confirmed' }]);
	expect(await query('select from auth.users where id = $1', [before.account.id])).toEqual([]);
}, 60_000);
