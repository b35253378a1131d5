import { randomBytes } from 'node:crypto';
import type { AuthError, Session } from '@supabase/supabase-js';
import { LRUCache } from 'lru-cache';
import {
	answer,
	authClient,
	type Db,
	inTime,
	serviceClient,
	write
} from '$lib/platform/db/client.server';
import { Unavailable } from '$lib/platform/db/refusal';
import { readSettings } from '$lib/platform/settings.server';
import { wake } from '$lib/platform/jobs/worker.server';
import type { z } from 'zod';
import {
	aboutSchema,
	listSchema,
	sectorRowsSchema,
	type namedSectorSchema,
	type newSectorSchema,
	type organizationSchema,
	type profileSchema,
	type searchSchema
} from './schema';

/** Who asks; the shape is `whoSchema`. */
export async function who(db: Db): Promise<{ who: unknown }> {
	return { who: await answer(db.rpc('who', {}, { get: true })) };
}

/** Writes the profile of the person who asks. */
export function saveProfile(db: Db, profile: z.output<typeof profileSchema>) {
	const { organization, ...rest } = profile;
	return write(db.rpc('save_profile', { ...rest, organization_name: organization }), []);
}

// A second email would make the code of the first one useless, which somebody may be typing.
const sent = new LRUCache<string, true>({ max: 10_000, ttl: 2 * 60_000 });

/**
 * Has an email with a code and a link sent to an address, and makes the account when there is
 * none. Whatever the address is (known, new, waiting for its email), nothing tells from outside. Within two
 * minutes of the last one, and until that was used, nothing more is sent.
 * @param to the address on this site where the link leads
 * @throws Unavailable when the email could not be queued
 */
export async function requestSignInEmail(
	email: string,
	language: 'en' | 'fr',
	to: string
): Promise<void> {
	if (sent.has(email)) return;
	sent.set(email, true);
	try {
		const { auth } = await authClient();
		const options = { shouldCreateUser: false, emailRedirectTo: to };
		const known = await inTime(auth.signInWithOtp({ email, options }));
		if (isRefused(known)) {
			// Nobody ever learns this password: one signs in by email.
			const password = randomBytes(32).toString('base64url');
			const about = { data: { language }, emailRedirectTo: to };
			const made = await inTime(auth.signUp({ email, password, options: about }));
			if (isRefused(made)) sent.delete(email);
		}
	} catch (thrown) {
		sent.delete(email);
		throw thrown;
	}
	// The auth server queued the email: no verb of ours was heard.
	wake();
}

// Only a refusal depends on the address. A failure does not, so the page may say it.
function isRefused({ error }: { error: AuthError | null }): boolean {
	if (!error) return false;
	if (error.status && error.status >= 400 && error.status < 500) return true;
	throw new Unavailable({ cause: error });
}

// A form that is sent twice in one moment: the browser sees the second answer only, and the code is used up.
const entered = new LRUCache<string, Promise<Session | null>>({ max: 2_000, ttl: 5_000 });

/** Signs in once for a key; for five seconds it gives the same session again, into the cookies of `db`. */
export async function once(db: Db, key: string, enter: () => Promise<Session | null>) {
	const before = entered.get(key);
	if (before) {
		const session = await before;
		if (session) await inTime(db.auth.setSession(session));
		return session !== null;
	}
	const entering = enter();
	entered.set(key, entering);
	try {
		const session = await entering;
		if (!session) entered.delete(key);
		else if (session.user.email) sent.delete(session.user.email);
		return session !== null;
	} catch (thrown) {
		entered.delete(key);
		throw thrown;
	}
}

/**
 * Signs in with the code of an email; the session goes into the cookies of `db`. For five seconds the same
 * code is good again for the same sender, and gives the same session.
 * @param from the network address of the sender
 * @returns whether the code was good: not wrong, not used, not older than 15 minutes
 */
export function enterWithCode(
	db: Db,
	email: string,
	token: string,
	from: string
): Promise<boolean> {
	return once(db, `${from} ${email} ${token}`, async () => {
		// The same eight digits serve an account that waits to be confirmed and one that is.
		for (const type of ['magiclink', 'signup'] as const) {
			const { data } = await inTime(db.auth.verifyOtp({ email, token, type }));
			if (data.session) return data.session;
		}
		return null;
	});
}

export type LinkType = 'magiclink' | 'signup';

/** Signs in with the link of an email; like a code, it is good once and for 15 minutes. */
export function enterWithLink(
	db: Db,
	hash: string,
	type: LinkType,
	from: string
): Promise<boolean> {
	return once(db, `${from} ${hash}`, async () => {
		const { data } = await inTime(db.auth.verifyOtp({ token_hash: hash, type }));
		return data.session;
	});
}

/** Signs out here, or on every device. */
export async function leave(db: Db, everywhere = false): Promise<void> {
	await inTime(db.auth.signOut({ scope: everywhere ? 'global' : 'local' }));
}

/** People by name, 50 a page, after the one named by `after`; organizers only. */
export async function list(db: Db, { search, status, after }: z.output<typeof searchSchema>) {
	const asked = { search, status, after: after as string };
	return listSchema.parse(await answer(db.rpc('people_list', asked, { get: true })));
}

/** One person with what organizers did about them; null when there is none. Organizers only. */
export async function forOrganizers(db: Db, person_id: string) {
	const found = await answer(db.rpc('person_for_organizers', { person_id }, { get: true }));
	return aboutSchema.nullable().parse(found);
}

/** Lets a person vote and sign up for closed sessions. */
export function approve(db: Db, person_id: string) {
	return write(db.rpc('approve_person', { person_id }), []);
}

/**
 * Suspends an account; the person reads the reason. Their spots at coming forums become free.
 * @throws Refusal last_organizer, another_organizer_first
 */
export async function suspend(db: Db, person_id: string, reason: string) {
	await write(db.rpc('suspend_person', { person_id, reason }), ['registrations', 'sessions']);
	wake();
}

/** Ends a suspension. @throws Refusal another_organizer_first */
export function restore(db: Db, person_id: string) {
	return write(db.rpc('restore_person', { person_id }), []);
}

/** Corrects the sector of somebody else. @throws Refusal sector_needs_another_organizer, sector_not_offered */
export function setSector(db: Db, person_id: string, sector: string) {
	return write(db.rpc('set_sector', { person_id, sector }), ['registrations', 'sessions']);
}

/** All sectors in their order, with how many people chose each; organizers only. */
export async function sectors(db: Db) {
	return sectorRowsSchema.parse(await answer(db.rpc('sectors_for_organizers', {}, { get: true })));
}

/** Adds a sector. @throws Refusal sectors_name_en_once, sectors_name_fr_once */
export function addSector(db: Db, { counts, after, ...names }: z.output<typeof newSectorSchema>) {
	const about = { ...names, counts_as_government: counts === 'yes', after: placeAfter(after) };
	return write(db.rpc('add_sector', about), ['directory']);
}

/** Adds an organization to the directory. @throws Refusal organizations_name_en_once, organizations_name_fr_once */
export function addOrganization(db: Db, names: z.output<typeof organizationSchema>) {
	return write(db.rpc('add_organization', names), ['directory']);
}

/** Changes names and place of a sector. @throws Refusal sector_changed */
export function saveSector(db: Db, sector: string, edit: z.output<typeof namedSectorSchema>) {
	const about = { sector, ...edit, after: placeAfter(edit.after) };
	return write(db.rpc('save_sector', about), ['directory']);
}

// The types of functions do not say that an argument may be null.
const placeAfter = (sector: string) => (sector || null) as string;

/** Says whether a sector counts as government or police. @throws Refusal sector_flag_outside_only, sector_flag_own */
export function setSectorCounts(db: Db, sector: string, counts_as_government: boolean) {
	return write(db.rpc('set_sector_counts', { sector, counts_as_government }), [
		'directory',
		'sessions'
	]);
}

/** Retires a sector, or offers it again. @throws Refusal sector_last_of_kind */
export function setSectorRetired(db: Db, sector: string, retired: boolean) {
	return write(db.rpc('set_sector_retired', { sector, retired }), ['directory']);
}

/** Makes a person an organizer. @throws Refusal person_suspended, another_organizer_first */
export function nameOrganizer(db: Db, person_id: string) {
	return write(db.rpc('name_organizer', { person_id }), []);
}

/** Ends the role of an organizer. @throws Refusal last_organizer */
export function endOrganizer(db: Db, person_id: string) {
	return write(db.rpc('end_organizer', { person_id }), []);
}

/**
 * Makes addresses organizers, at the latest with their first profile. For the operator.
 * @param addresses those of the setting ORGANIZERS, unless given
 * @returns for each address: already, now, or later
 */
export async function nameFirstOrganizers(addresses = readSettings().organizers) {
	const db = await serviceClient();
	const outcomes: string[] = [];
	for (const address of addresses) {
		outcomes.push(await write(db.rpc('name_first_organizer', { address }), []));
	}
	return outcomes;
}
