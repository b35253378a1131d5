import { createHmac, randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { z } from 'zod';
import * as people from '$lib/people/data.server';
import { makeAccount } from '$lib/platform/db/accounts.server';
import {
	answer,
	authClient,
	type Db,
	inTime,
	serviceClient,
	write
} from '$lib/platform/db/client.server';
import { Refusal, Unavailable } from '$lib/platform/db/refusal';
import { makeKey, readKey } from '$lib/platform/keys.server';
import { codeFrom, readCode } from './rules';
import { mineSchema, openedSchema, pageSchema, type makingSchema } from './schema';

// Without the key, a copy of the database is not enough to try words at; codes are too long to be tried.
const KEY = '5f0d2c1e-7b46-4a83-9c25-3e8f1b60d947';
const slowly = promisify(scrypt) as (word: string, salt: Buffer, length: number) => Promise<Buffer>;

async function key(): Promise<string> {
	const known = await readKey(KEY);
	if (known) return known;
	try {
		return await makeKey(KEY);
	} catch (cause) {
		// Another request has just made it.
		if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
		return readKey(KEY);
	}
}

async function keyed(text: string): Promise<string> {
	return createHmac('sha256', await key())
		.update(text)
		.digest('hex');
}

function newCode(): string {
	return codeFrom(Array.from({ length: 15 }, () => randomInt(32)));
}

/** What the database holds of a code, as `readCode` gives it. */
function hashOf(code: string): Promise<string> {
	return keyed(`code ${code}`);
}

async function wordHash(word: string, salt = randomBytes(16)): Promise<string> {
	const hash = await slowly(await keyed(`word ${word}`), salt, 32);
	return `${salt.toString('base64url')}.${hash.toString('base64url')}`;
}

async function isWord(word: string, stored: string): Promise<boolean> {
	const again = await wordHash(word, Buffer.from(stored.split('.')[0]!, 'base64url'));
	return timingSafeEqual(Buffer.from(again), Buffer.from(stored));
}

/** The vouched spots of a forum; null without such a forum. Organizers only. */
export async function spots(db: Db, slug: string) {
	const found = await answer(db.rpc('vouched_spots', { slug }, { get: true }));
	return pageSchema.nullable().parse(found);
}

/** The vouched spot of the person who asks; null without one. */
export async function mine(db: Db) {
	const found = await answer(db.rpc('my_vouched_spot', {}, { get: true }));
	return mineSchema.nullable().parse(found);
}

/** That of a refused form is deleted a day later. */
const makeSpotAccount = () => makeAccount('vouched.invalid');

/**
 * Signs in to the account of a code; the session goes into the cookies of `db`. The token that would be emailed is
 * taken from the database.
 * @param from the network address of the sender
 */
export function enter(db: Db, address: string, from: string): Promise<boolean> {
	return people.once(db, `${from} ${address}`, async () => {
		const { auth } = await authClient();
		const options = { shouldCreateUser: false };
		const { error } = await inTime(auth.signInWithOtp({ email: address, options }));
		if (error) throw new Unavailable({ cause: error });
		const service = await serviceClient();
		const [token] = await write(service.rpc('take_sign_in_token', { address }), []);
		if (!token) return null;
		const { token_hash, type } = token as { token_hash: string; type: people.LinkType };
		const { data } = await inTime(db.auth.verifyOtp({ token_hash, type }));
		return data.session;
	});
}

/**
 * Makes spots and gives the code of each with its number. The codes are nowhere else.
 * @param language of the spots, until their people say theirs
 * @throws Refusal vouched_no_room, vouched_made_already
 */
export async function make(db: Db, input: z.output<typeof makingSchema>, language: 'en' | 'fr') {
	const { forum, batch, organization, mode, province, sector, count, ...rest } = input;
	const codes = Array.from({ length: count }, newCode);
	const about = {
		forum_id: forum,
		organization_id: organization,
		batch_id: batch,
		...{ mode, language, province, sector },
		...rest,
		accounts: await Promise.all(codes.map(makeSpotAccount)),
		code_hashes: await Promise.all(codes.map((code) => hashOf(readCode(code)!)))
	};
	const numbers = await write(db.rpc('make_vouched_spots', about), ['registrations']);
	return codes.map((code, n) => ({ code, number: numbers[n]! }));
}

/** Replaces a code, and signs its person out. @throws Refusal vouched_not_found */
export async function renew(db: Db, spot_id: string) {
	const code = newCode();
	const code_hash = await hashOf(readCode(code)!);
	return { code, number: await write(db.rpc('renew_vouched_code', { spot_id, code_hash }), []) };
}

/** Deletes a spot with its account. @throws Refusal vouched_not_found */
export function revoke(db: Db, spot_id: string) {
	return write(db.rpc('revoke_vouched_spot', { spot_id }), ['registrations', 'sessions']);
}

/** What a code opens; null for a wrong, old or revoked one. */
export async function opened(code: string) {
	const service = await serviceClient();
	const code_hash = await hashOf(code);
	return openedSchema.nullable().parse(await write(service.rpc('vouched_code', { code_hash }), []));
}

/** A fresh code for the holder of a printed one, with a proof that it was made here. Nothing is stored yet. */
export async function propose(code: string) {
	const fresh = newCode();
	return { fresh, proof: await keyed(`fresh ${code} ${fresh}`) };
}

interface Swap {
	code: string;
	fresh: string;
	proof: string;
	/** The word that the person chooses, or the one chosen before. */
	word: string;
	/** Without the word of a renewed code: the spot goes to a new account. */
	startOver: boolean;
	language: 'en' | 'fr';
}

/**
 * Swaps a printed code for the fresh one.
 * @returns the address of the account; null when the code is not good any more
 * @throws Refusal vouched_word_wrong, when the word of a renewed code is another one or was tried too often
 */
export async function swap({ code, fresh, proof, word, startOver, language }: Swap) {
	const good = await keyed(`fresh ${code} ${fresh}`);
	if (proof.length !== good.length || !timingSafeEqual(Buffer.from(proof), Buffer.from(good))) {
		return null;
	}
	const spot = await opened(code);
	if (!spot?.printed) return null;
	const service = await serviceClient();
	const code_hash = await hashOf(code);
	if (spot.has_word && !startOver) {
		const stored = await write(service.rpc('try_vouched_word', { code_hash }), []);
		if (!stored || !(await isWord(word, stored))) throw new Refusal('vouched_word_wrong', 422);
	}
	const swapped = {
		code_hash,
		new_hash: await hashOf(readCode(fresh)!),
		word_hash: await wordHash(word),
		language,
		...(spot.has_word && startOver && { account: await makeSpotAccount() })
	};
	return write(service.rpc('swap_vouched_code', swapped), []);
}
