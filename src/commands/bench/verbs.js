import { createHash } from 'node:crypto';
import { median } from './cells.js';

/**
 * A ballot without the site: the verb, and beside it the insert that it comes down to.
 *
 * @typedef {import('./data.js').Query} Query
 * @typedef {import('./data.js').Facts} Facts
 */

const ROUNDS = 3;
const BALLOTS = 150;
const key = 'k'.repeat(43);

/**
 * @param {Query} query
 * @param {Facts} facts
 * @param {number} inFlight at once; the embedded engine takes one after the other anyway
 * @returns {Promise<{ raw: number, verb: number }>} ballots per second, medians
 */
export async function measureVerb(query, { vote, picks, others }, inFlight) {
	const stars = picks.slice(0, 1);
	const raw = (/** @type {string} */ id) =>
		query(
			'insert into private.ballots (vote_id, person_id, encrypted) values ($1::uuid, $2::uuid, private.encrypt_ballot($3::text::uuid[], $4::text::uuid[], $5))',
			[vote, id, list(picks), list(stars), key]
		);
	const verb = (/** @type {string} */ id) =>
		query(
			`select public.cast_ballot($1::uuid, $3::text::uuid[], $4::text::uuid[], false, $6)
			from set_config('request.jwt.claims', $2, true) as claims, set_config('request.jwt.claim.sub', $5, true) as sub`,
			[vote, JSON.stringify({ sub: id, role: 'authenticated' }), list(picks), list(stars), id, key]
		);
	const swapHash = (/** @type {string} */ hash) =>
		query(
			`with before as (select * from private.vote_keys where vote_id = $1::uuid)
			update private.vote_keys k set key_hash = decode($2, 'hex') from before b
			where k.vote_id = b.vote_id returning encode(b.key_hash, 'hex') as before`,
			[vote, hash]
		);
	const [row] = await swapHash(createHash('sha256').update(key).digest('hex'));
	const ids = others.slice(0, BALLOTS).map(({ id }) => id);
	const rates = { raw: /** @type {number[]} */ ([]), verb: /** @type {number[]} */ ([]) };
	for (let round = 0; round <= ROUNDS; round++) {
		for (const [kind, cast] of /** @type {const} */ ([
			['raw', raw],
			['verb', verb]
		])) {
			const rate = await timed(ids, cast, inFlight);
			// The first round finds nothing planned yet.
			if (round > 0) rates[kind].push(rate);
			await query('delete from private.ballots where person_id = any($1::text::uuid[])', [
				list(ids)
			]);
		}
	}
	await swapHash(row?.before);
	return { raw: median(rates.raw), verb: median(rates.verb) };
}

/**
 * @param {string[]} ids
 * @param {(id: string) => Promise<unknown>} work
 * @param {number} inFlight
 */
async function timed(ids, work, inFlight) {
	const left = [...ids];
	const began = performance.now();
	await Promise.all(
		Array.from({ length: inFlight }, async () => {
			for (let id = left.pop(); id; id = left.pop()) await work(id);
		})
	);
	return ids.length / ((performance.now() - began) / 1000);
}

/** @param {string[]} ids */
function list(ids) {
	return `{${ids.join(',')}}`;
}
