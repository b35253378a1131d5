import { cookiesOf } from './people.js';
import { inTurn } from './rounds.js';

/**
 * The requests of the bench: what a browser sends for each page and each form.
 *
 * @typedef {import('./cells.js').Request} Request
 * @typedef {import('./cells.js').Target} Target
 * @typedef {import('./people.js').Account} Account
 * @typedef {import('./rounds.js').Subject} Subject
 * @typedef {import('./engines.js').Engine} Engine
 */

/** The addresses of the member's pages that are measured. */
export function memberPages(/** @type {Engine} */ { facts }) {
	return {
		thread: `/threads/${facts.thread}`,
		threads: `/committees/${facts.committee}`,
		home: '/'
	};
}

/**
 * @param {string} origin
 * @param {string} path
 * @param {number} connections
 * @param {string} [cookie]
 * @returns {Target}
 */
export function page(origin, path, connections, cookie) {
	return { origin, connections, status: 200, requests: [get(path, cookie)] };
}

/**
 * @param {string} path
 * @param {string} [cookie]
 * @returns {Request}
 */
function get(path, cookie) {
	return {
		path,
		headers: { 'accept-encoding': 'gzip', accept: 'text/html', ...(cookie && { cookie }) }
	};
}

/**
 * @param {Engine} engine
 * @returns {string} the cookie of the member who reads
 */
export function readerOf({ data, facts }) {
	const [reader] = facts.members;
	if (!reader) throw new Error('There is no member to read.');
	return cookiesOf(data)(reader);
}

/**
 * @param {Engine} engine
 * @param {string} origin
 * @returns {Subject[]}
 */
export function reads(engine, origin) {
	const cookie = readerOf(engine);
	const members = Object.entries(memberPages(engine)).map(([name, path]) => ({
		name,
		target: page(origin, path, 16, cookie)
	}));
	const { publicPages } = engine.facts;
	const unseen = inTurn(publicPages);
	const first = {
		name: 'first',
		target: page(origin, '/', 8),
		// All of them in each cell, and again only when the cache holds none of them.
		most: publicPages.length,
		rest: 16_000,
		fresh: (/** @type {number} */ count) => unseen(count).map((path) => get(path))
	};
	return [...members, { name: 'public', target: page(origin, '/', 16) }, first];
}

/**
 * @param {Engine} engine
 * @param {string} origin
 * @param {number} rounds the people are dealt out over them
 * @returns {Subject[]}
 */
export function writes({ data, facts }, origin, rounds) {
	const cookieOf = cookiesOf(data);
	const post = (
		/** @type {string} */ path,
		/** @type {Account} */ account,
		/** @type {string} */ body
	) => ({
		path,
		method: /** @type {const} */ ('POST'),
		headers: {
			'accept-encoding': 'gzip',
			accept: 'text/html',
			'content-type': 'application/x-www-form-urlencoded',
			origin,
			cookie: cookieOf(account)
		},
		body
	});
	const reply = inTurn(
		facts.repliers.map((account, at) => ({ account, thread: facts.replyThreads[at] }))
	);
	const voter = inTurn(facts.others);
	const newcomer = inTurn(facts.others);
	const [star = ''] = facts.picks;
	const ballot = `${new URLSearchParams([...facts.picks.map((pick) => ['pick', pick]), ['star', star]])}`;
	const registration = (/** @type {Account} */ { email }) =>
		`${new URLSearchParams({
			forum: facts.forum.forum_id,
			name: email,
			badge_name: '',
			organization: '',
			province: 'ON',
			sector: 'ngo',
			language: 'en',
			mode: 'in_person'
		})}`;
	const each = Math.floor(facts.others.length / (rounds + 1));
	const target = (/** @type {number} */ connections) => ({
		origin,
		connections,
		status: 303,
		requests: []
	});
	return [
		{
			name: 'reply',
			target: target(16),
			// One each: nobody may write more than ten posts a minute.
			most: facts.repliers.length,
			fresh: (count) =>
				reply(count).map(({ account, thread }) => {
					const body = new URLSearchParams({
						body: 'What works here.',
						language: 'en',
						key: crypto.randomUUID()
					});
					return post(`/threads/${thread}?/reply`, account, `${body}`);
				})
		},
		{
			name: 'ballot',
			target: target(8),
			most: each,
			fresh: (count) =>
				voter(count).map((account) => post(`/votes/${facts.vote}?/cast`, account, ballot))
		},
		{
			name: 'registration',
			target: target(8),
			most: each,
			fresh: (count) =>
				newcomer(count).map((account) =>
					post(`/forums/${facts.forum.slug}/register?/register`, account, registration(account))
				)
		}
	];
}
