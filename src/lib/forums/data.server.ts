import { answer, type Db, write } from '$lib/platform/db/client.server';
import type { Database } from '$lib/platform/db/types';
import { wake } from '$lib/platform/jobs/worker.server';
import { instantIn, localIn } from '$lib/platform/text/days';
import type { z } from 'zod';
import { asKnown, knownDays } from './rules';
import {
	rolesSchema,
	type cloneSchema,
	type factsSchema,
	type forumSchema,
	type newForumSchema,
	type pastSchema,
	type roleSchema
} from './schema';

/** The columns of a forum that heads, lists and forms show. */
export const brief =
	'forum_id, slug, kind, name_en, name_fr, place_en, place_fr, city, format, time_zone, starts_on, ends_on, date_precision, sample, capacity_in_person, capacity_online, registration_opens_at, registration_closes_at, registration_closed_at, published_at, cancelled_at, spots_in_person, spots_online';

/** Those of a forum's own page besides. */
export const detailed =
	'beside_en, beside_fr, beside_url, objectives_en, objectives_fr, territory_en, territory_fr, territory_confirmed, funders_en, funders_fr, papers_en, papers_fr, participants, participants_qualifier, provinces, sectors';

/** All forums that the reader may see, newest first. */
export function list(db: Db) {
	return answer(
		db
			.from('forums')
			.select(brief)
			.order('starts_on', { ascending: false })
			.order('slug')
			.limit(100)
	);
}

/** What organizers change of a forum, draft or published; null without one. */
export function forEditing(db: Db, slug: string) {
	return answer(
		db
			.from('forums')
			.select(
				`forum_id, slug, version, facts_version, kind, name_en, name_fr, place_en, place_fr, city, format, time_zone, starts_on, ends_on,
				date_precision, registration_opens_at, registration_closes_at, registration_closed_at,
				capacity_in_person, capacity_online, published_at, cancelled_at, archived_at, ${detailed}` as const
			)
			.eq('slug', slug)
			.maybeSingle()
	);
}

type ForEditing = NonNullable<Awaited<ReturnType<typeof forEditing>>>;

/** A forum as the fields of its form have it: objectives by line, moments in the forum's zone. */
export function fieldsOf(forum: ForEditing) {
	const { time_zone } = forum;
	return {
		version: forum.version,
		kind: forum.kind,
		name_en: forum.name_en,
		name_fr: forum.name_fr,
		place_en: forum.place_en,
		place_fr: forum.place_fr,
		city: forum.city ?? '',
		format: forum.format,
		time_zone,
		starts_on: forum.starts_on,
		ends_on: forum.ends_on,
		objectives_en: forum.objectives_en.join('\n'),
		objectives_fr: forum.objectives_fr.join('\n'),
		registration_opens_at: localIn(time_zone, forum.registration_opens_at),
		registration_closes_at: localIn(time_zone, forum.registration_closes_at),
		capacity_in_person: forum.capacity_in_person ?? '',
		capacity_online: forum.capacity_online ?? ''
	};
}

/** The facts of a forum as the fields of their form have them. */
export function factsOf(forum: ForEditing) {
	return {
		version: forum.facts_version,
		beside_en: forum.beside_en,
		beside_fr: forum.beside_fr,
		beside_url: forum.beside_url,
		territory_en: forum.territory_en,
		territory_fr: forum.territory_fr,
		territory_confirmed: forum.territory_confirmed ? 'on' : '',
		funders_en: forum.funders_en.join('\n'),
		funders_fr: forum.funders_fr.join('\n'),
		papers_en: forum.papers_en.join('\n'),
		papers_fr: forum.papers_fr.join('\n')
	};
}

/** A past meeting as the fields of its form have it. */
export function pastOf(forum: ForEditing) {
	const { version, kind, name_en, name_fr, place_en, place_fr, objectives_en, objectives_fr } =
		fieldsOf(forum);
	return {
		...{ version, kind, name_en, name_fr, place_en, place_fr, objectives_en, objectives_fr },
		...asKnown(forum),
		city: forum.city ?? '',
		format: forum.format,
		participants: forum.participants ?? '',
		participants_qualifier: forum.participants_qualifier ?? ''
	};
}

/** Makes a forum as a draft. @returns its slug @throws Refusal forums_slug_once, forums_dates_in_order */
export function create(db: Db, forum: z.output<typeof newForumSchema>) {
	return write(db.rpc('create_forum', forum), []);
}

type SaveForum = Database['public']['Functions']['save_forum']['Args'];

/**
 * Saves a forum over the version that the organizer saw; new spots go to those who wait.
 * @throws Refusal forum_changed, forum_incomplete, capacity_in_person_below_confirmed
 */
export async function save(db: Db, { forum, ...edit }: z.output<typeof forumSchema>) {
	// The generator knows no argument that may be null.
	const columns = { ...columnsOf(edit), forum_id: forum } as SaveForum;
	await write(db.rpc('save_forum', columns), ['forums', 'registrations']);
	wake();
}

/** What was typed as the columns have it: lines as lists, and local times as instants. */
export function columnsOf(edit: Omit<z.output<typeof forumSchema>, 'forum'>) {
	const lines = (typed: string) => typed.split('\n').filter((line) => line.trim() !== '');
	return {
		...edit,
		objectives_en: lines(edit.objectives_en),
		objectives_fr: lines(edit.objectives_fr),
		registration_opens_at: instantIn(edit.time_zone, edit.registration_opens_at),
		registration_closes_at: instantIn(edit.time_zone, edit.registration_closes_at)
	};
}

/**
 * Saves the facts of a forum over the version that the organizer saw.
 * @throws Refusal forum_changed, forum_incomplete, forums_territory_confirmed_whole
 */
export function saveFacts(db: Db, { forum, ...edit }: z.output<typeof factsSchema>) {
	const facts = {
		...edit,
		forum_id: forum,
		funders_en: edit.funders_en.split('\n'),
		funders_fr: edit.funders_fr.split('\n'),
		papers_en: edit.papers_en.split('\n'),
		papers_fr: edit.papers_fr.split('\n')
	};
	return write(db.rpc('save_forum_facts', facts), ['forums']);
}

/**
 * Enters a meeting that took place without registration here, or corrects one. @returns its slug
 * @throws Refusal forum_changed, forum_not_past, forum_incomplete, forums_dates_in_order
 */
export function savePast(db: Db, past: z.output<typeof pastSchema>) {
	const { forum: forum_id, first, last, ...edit } = past;
	const meeting = {
		...edit,
		...knownDays(first, last)!,
		forum_id,
		objectives_en: edit.objectives_en.split('\n'),
		objectives_fr: edit.objectives_fr.split('\n'),
		participants_qualifier: edit.participants_qualifier || null
	};
	// The types of the API know no null in arguments; the verb takes it.
	return write(db.rpc('save_past_forum', meeting as never), ['forums']);
}

/** Makes a draft with what a forum has except people. @returns its slug */
export function clone(db: Db, { forum, copy, starts_on }: z.output<typeof cloneSchema>) {
	return write(db.rpc('clone_forum', { forum_id: forum, copy_id: copy, starts_on }), []);
}

/** Closes the registration of a forum by hand, or opens it again. @throws Refusal registration_outside_dates */
export function setClosed(db: Db, forum_id: string, closed: boolean) {
	return write(db.rpc('set_registration_closed', { forum_id, closed }), ['forums']);
}

/** Archives a forum for organizers, or takes it out again. @throws Refusal forum_not_over */
export function setArchived(db: Db, forum_id: string, archived: boolean) {
	return write(db.rpc('set_forum_archived', { forum_id, archived }), []);
}

/** Shows a forum to everyone. @throws Refusal forum_incomplete */
export function publish(db: Db, forum_id: string) {
	return write(db.rpc('publish_forum', { forum_id }), ['forums']);
}

/** Makes a forum a draft again. @throws Refusal forum_has_registrations, forum_has_report */
export function unpublish(db: Db, forum_id: string) {
	return write(db.rpc('unpublish_forum', { forum_id }), ['forums']);
}

/** Cancels a forum and has everyone who is registered or waits emailed. @throws Refusal forum_over */
export async function cancel(db: Db, forum_id: string) {
	await write(db.rpc('cancel_forum', { forum_id }), ['forums']);
	wake();
}

/** Takes back that a forum is cancelled, and has everyone who is registered or waits emailed. */
export async function reopen(db: Db, forum_id: string) {
	await write(db.rpc('reopen_forum', { forum_id }), ['forums']);
	wake();
}

/** Deletes an empty draft. @throws Refusal forum_published, forum_not_empty */
export function remove(db: Db, forum_id: string) {
	return write(db.rpc('delete_forum', { forum_id }), []);
}

/** The roles of forums that a person has, and the forums that have roles to give. Organizers only. */
export async function rolesOf(db: Db, person_id: string) {
	return rolesSchema.parse(await answer(db.rpc('forum_roles_of', { person_id }, { get: true })));
}

/**
 * Gives a person a role of a forum, or changes its end.
 * @throws Refusal needs_reader_of_government, role_end_past, another_organizer_first
 */
export function nameRole(db: Db, person_id: string, given: z.output<typeof roleSchema>) {
	const { role, forum: forum_id, ends_on } = given;
	return write(db.rpc('name_role', { person_id, role, forum_id, ends_on: ends_on as string }), []);
}

/** Ends a role of a forum. */
export function endRole(db: Db, role_id: string) {
	return write(db.rpc('end_role', { role_id }), []);
}
