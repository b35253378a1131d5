import { posts } from './words.js';

/**
 * What is added to the sample network by SQL, as the owner of the database.
 *
 * @typedef {import('./people.js').Account} Account
 * @typedef {(text: string, params?: unknown[]) => Promise<Record<string, any>[]>} Query
 *
 * @typedef {object} Facts
 * @property {Account[]} members of the first committee; the first of them reads, all write
 * @property {Account[]} repliers members of the second committee
 * @property {Account[]} others without a committee
 * @property {string} committee address of the first committee
 * @property {string} thread the one with 50 posts
 * @property {string[]} replyThreads one for each replier, in their order
 * @property {string} vote the open one
 * @property {string[]} picks points of its list
 * @property {{ forum_id: string, slug: string }} forum with open registration
 * @property {string[]} publicPages addresses that no other cell asks for
 */

const MEMBERS = 20;
const REPLIERS = 236;
const committees = { first: 'anti-trafficking', second: 'migrant-workers' };

/**
 * People, the long thread, threads to reply to, voters and room at the coming forum.
 * @param {Query} query
 * @param {number} people with an account, a session and a profile
 * @returns {Promise<Facts>}
 */
export async function addLoad(query, people) {
	const accounts = await addPeople(query, people);
	const members = accounts.slice(0, MEMBERS);
	const repliers = accounts.slice(MEMBERS, MEMBERS + REPLIERS);
	await join(query, committees.first, members);
	await join(query, committees.second, repliers);
	const bodies = posts();
	const [thread = ''] = await addThreads(query, {
		name: 'Long thread',
		committee: committees.first,
		authors: members,
		from: 1,
		count: 1,
		bodies
	});
	const short = bodies.slice(0, 5);
	await addThreads(query, {
		name: 'Thread of the committee',
		committee: committees.first,
		authors: members,
		from: 1,
		count: 30,
		bodies: short
	});
	const replyThreads = await addThreads(query, {
		name: 'Thread to reply to',
		committee: committees.second,
		authors: repliers,
		from: 1,
		count: repliers.length,
		bodies: bodies.slice(0, 1)
	});
	const { vote, picks } = await openToAll(query, accounts);
	return {
		members,
		repliers,
		others: accounts.slice(MEMBERS + REPLIERS),
		committee: committees.first,
		thread,
		replyThreads,
		vote,
		picks,
		forum: await makeRoom(query),
		publicPages: await publicPages(query)
	};
}

/**
 * More threads of five posts in the first committee, for the figures of growth.
 * @param {Query} query
 * @param {Facts} facts
 * @param {number} from number of the first
 * @param {number} to number of the last
 */
export async function addGrowth(query, { members, committee }, from, to) {
	// Short ones, because no page that is measured shows them.
	const bodies = posts()
		.slice(0, 5)
		.map((body) => body.slice(0, 60));
	// In steps, because a statement on PostgreSQL ends after 15 s.
	const step = 2000;
	for (let first = from; first <= to; first += step) {
		const count = Math.min(step, to - first + 1);
		const threads = { name: 'Growing', committee, authors: members, from: first, count, bodies };
		await addThreads(query, threads);
	}
}

/**
 * Fresh statistics, as autovacuum gives them to a site that is in use.
 * @param {Query} query
 */
export async function settle(query) {
	await query('vacuum analyze');
}

/**
 * @param {Query} query
 * @param {number} count
 * @returns {Promise<Account[]>}
 */
async function addPeople(query, count) {
	const load = `email ~ '^load[0-9]+@'`;
	await query(
		`insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data)
		select gen_random_uuid(), 'authenticated', 'authenticated', 'load' || n || '@example.org', '', now(),
			'{"provider": "email", "providers": ["email"]}', '{}'
		from generate_series(1, $1::integer) n`,
		[count]
	);
	await query(
		`insert into auth.identities (id, user_id, provider_id, provider, identity_data)
		select gen_random_uuid(), id, id::text, 'email', jsonb_build_object('sub', id, 'email', email)
		from auth.users where ${load}`
	);
	await query(
		`insert into auth.sessions (id, user_id, created_at, updated_at, aal)
		select gen_random_uuid(), id, now(), now(), 'aal1' from auth.users where ${load}`
	);
	await query(
		`insert into public.people (person_id, name, language, province, sector, approved_at)
		select id, 'Load ' || substring(email from '[0-9]+'), 'en', 'ON', 'ngo', now() from auth.users where ${load}`
	);
	const rows = await query(
		`select u.id, u.email, s.id as session from auth.users u join auth.sessions s on s.user_id = u.id
		where u.${load} order by substring(u.email from '[0-9]+')::integer`
	);
	return /** @type {Account[]} */ (rows);
}

/**
 * @param {Query} query
 * @param {string} committee
 * @param {Account[]} accounts
 */
async function join(query, committee, accounts) {
	await query(
		`insert into public.memberships (committee_id, person_id, duty, starts_at)
		select c.committee_id, id::uuid, 'member', now() - interval '1 year'
		from public.committees c, jsonb_array_elements_text($2::text::jsonb) id where c.slug = $1`,
		[committee, ids(accounts)]
	);
}

/**
 * @param {Query} query
 * @param {{ name: string, committee: string, authors: Account[], from: number, count: number, bodies: string[] }} threads
 *   the n-th is opened by the n-th author and has a post for each body
 * @returns {Promise<string[]>} their ids
 */
async function addThreads(query, { name, committee, authors, from, count, bodies }) {
	const made = `(select n, md5($1::text || n)::uuid as thread_id, now() - interval '30 days' - n * interval '1 minute' as at
		from generate_series($2::integer, $2::integer + $3::integer - 1) n) made`;
	const writer = (/** @type {string} */ at) =>
		`(($4::text::jsonb) ->> ((${at}) % jsonb_array_length($4::text::jsonb))::integer)::uuid`;
	await query(
		`insert into public.threads (thread_id, title, language, author_id, posts_count, last_post_at, created_at)
		select thread_id, $1::text || ' ' || n, 'en', ${writer('n - 1')}, $5::integer, at, at from ${made}`,
		[name, from, count, ids(authors), bodies.length]
	);
	await query(
		`insert into public.thread_committees (thread_id, committee_id)
		select thread_id, committee_id from ${made}, public.committees where slug = $4::text`,
		[name, from, count, committee]
	);
	await query(
		`insert into public.posts (thread_id, number, author_id, body, language, client_key, created_at)
		select thread_id, number, ${writer('n + number - 2')}, body, 'en', gen_random_uuid(), at
		from ${made}, jsonb_array_elements_text($5::text::jsonb) with ordinality posts(body, number)`,
		[name, from, count, ids(authors), JSON.stringify(bodies)]
	);
	const rows = await query(`select thread_id from ${made} order by n`, [name, from, count]);
	return rows.map(({ thread_id }) => thread_id);
}

/**
 * @param {Query} query
 * @param {Account[]} accounts who may vote from now on
 */
async function openToAll(query, accounts) {
	const [open] = await query(
		`select vote_id from public.votes where opens_at <= now() and closes_at > now() and counted_at is null limit 1`
	);
	if (!open) throw new Error('The sample network has no open vote.');
	const vote = /** @type {string} */ (open.vote_id);
	await query(
		`insert into private.voters (vote_id, person_id)
		select $1::uuid, id::uuid from jsonb_array_elements_text($2::text::jsonb) id on conflict do nothing`,
		[vote, ids(accounts)]
	);
	const items = await query(
		'select priority_id from public.vote_items where vote_id = $1::uuid order by position limit 3',
		[vote]
	);
	return { vote, picks: items.map(({ priority_id }) => /** @type {string} */ (priority_id)) };
}

/** @param {Query} query */
async function makeRoom(query) {
	const [forum] = await query(
		`update public.forums set capacity_in_person = 100000
		where registration_opens_at <= now() and registration_closes_at > now() and cancelled_at is null returning forum_id, slug`
	);
	if (!forum) throw new Error('The sample network has no forum that is open for registration.');
	return /** @type {{ forum_id: string, slug: string }} */ (forum);
}

/**
 * Many public pages of one kind: each can be rendered for the first time once.
 * @param {Query} query
 */
async function publicPages(query) {
	const rows = await query('select priority_id from public.priorities order by priority_id');
	return rows.flatMap(({ priority_id }) =>
		['', '/fr'].map((language) => `${language}/priorities/history/${priority_id}`)
	);
}

/** @param {Account[]} accounts */
export function ids(accounts) {
	return JSON.stringify(accounts.map(({ id }) => id));
}
