import type { z } from 'zod';
import { answer, type Db, write } from '$lib/platform/db/client.server';
import { partsOf, type Part } from './rules';
import {
	conflictsSchema,
	mineSchema,
	organizeSchema,
	pageSchema,
	savedSchema,
	themesSchema,
	versionsSchema,
	type noteSchema,
	type promptsSchema,
	type reviewSchema,
	type takerSchema,
	type themeSchema
} from './schema';

type Note = z.output<typeof noteSchema>;
type Titles = { title_en: string; title_fr: string };

const lines = (text: string) => text.split('\n');
/** A copy, as the generated type of JSON has it. */
const json = (parts: Part[]) => parts.map((part) => ({ ...part }));

/** The sessions of a forum whose notes the person who asks takes or may read; null without such a forum. */
export async function mine(db: Db, slug: string) {
	return mineSchema.nullable().parse(await answer(db.rpc('my_notes', { slug }, { get: true })));
}

/** The notes of a session; null where there is nothing to read for the person who asks. */
export async function one(db: Db, slug: string, session_id: string) {
	const found = await answer(db.rpc('note_page', { slug, session_id }, { get: true }));
	return pageSchema.nullable().parse(found);
}

/** Saves parts over the versions that were seen. @throws Refusal note_changed, note_reviewed, note_takers_only */
export async function save(db: Db, { session: session_id, language, ...sent }: Note) {
	const parts = json(partsOf(sent));
	return savedSchema.parse(await write(db.rpc('save_note', { session_id, language, parts }), []));
}

/** Of the parts of a form, as they are saved now, those that somebody else changed too. Too long for an address. */
export async function conflicts(db: Db, { session: session_id, ...sent }: Note) {
	const parts = json(partsOf(sent));
	return conflictsSchema.parse(await write(db.rpc('note_conflicts', { session_id, parts }), []));
}

/** Says that notes are ready for review, or not yet. @throws Refusal note_empty, note_reviewed */
export function submit(db: Db, session_id: string, ready: boolean) {
	return write(db.rpc('submit_note', { session_id, ready }), []);
}

/** Who takes notes in which session, and how far they are; null without such a forum. Organizers only. */
export async function organize(db: Db, slug: string) {
	const found = await answer(db.rpc('notes_for_organizers', { slug }, { get: true }));
	return organizeSchema.nullable().parse(found);
}

/** Earlier versions of the parts of notes, newest first. Organizers only. */
export async function versions(db: Db, session_id: string) {
	return versionsSchema.parse(await answer(db.rpc('note_versions', { session_id }, { get: true })));
}

/** Marks notes as reviewed at the version that was read. @throws Refusal note_changed, note_empty */
export function review(db: Db, { session: session_id, version }: z.output<typeof reviewSchema>) {
	return write(db.rpc('review_note', { session_id, version, reviewed: true }), []);
}

/** Opens reviewed notes for writing again. */
export function reopen(db: Db, session_id: string) {
	return write(db.rpc('review_note', { session_id, version: 0, reviewed: false }), []);
}

/** Removes a passage from notes and from all their versions. @throws Refusal passage_not_found */
export function redact(db: Db, session_id: string, passage: string) {
	return write(db.rpc('redact_note', { session_id, passage }), []);
}

/** Deletes the notes of a session. @throws Refusal note_not_found */
export function remove(db: Db, session_id: string) {
	return write(db.rpc('delete_note', { session_id }), []);
}

/** Saves what note-takers are asked, one prompt a line. @throws Refusal prompts_changed, note_prompts_in_pairs */
export function savePrompts(db: Db, { forum, version, ...texts }: z.output<typeof promptsSchema>) {
	return write(
		db.rpc('save_note_prompts', {
			forum_id: forum,
			version,
			prompts_en: lines(texts.prompts_en),
			prompts_fr: lines(texts.prompts_fr)
		}),
		[]
	);
}

/** Names somebody by address. @throws Refusal note_taker_without_account, note_taker_not_admitted */
export function name(db: Db, { forum, where, address }: z.output<typeof takerSchema>) {
	// The generator knows no argument that may be null.
	const session_id = (where === 'all' ? null : where) as string;
	return write(db.rpc('name_note_taker', { forum_id: forum, session_id, address }), []);
}

/** Ends that somebody takes notes in a session. */
export function end(db: Db, session_id: string, person_id: string) {
	return write(db.rpc('end_note_taker', { session_id, person_id }), []);
}

/** The pairs of reviewed notes and their themes; null without such a forum. Organizers only. */
export async function themes(db: Db, slug: string) {
	const found = await answer(db.rpc('themes_for_organizers', { slug }, { get: true }));
	return themesSchema.nullable().parse(found);
}

/** Adds a theme. */
export function addTheme(db: Db, { theme, forum, ...titles }: z.output<typeof themeSchema>) {
	return write(db.rpc('add_theme', { theme_id: theme, forum_id: forum, ...titles }), []);
}

/** Puts a pair under a theme, or under none. @throws Refusal pair_not_found, theme_not_found */
export function place(db: Db, part_id: string, theme: string) {
	return write(db.rpc('set_theme', { part_id, theme_id: (theme || null) as string }), []);
}

/** Deletes a theme; its pairs stay. @throws Refusal theme_not_found */
export function removeTheme(db: Db, theme_id: string) {
	return write(db.rpc('delete_theme', { theme_id }), []);
}

/** Makes a priority of the forum's list from a theme. @throws Refusal theme_empty, area_not_found, list_locked */
export function toList(db: Db, theme_id: string, area_id: string, titles: Titles) {
	return write(db.rpc('theme_to_list', { theme_id, area_id, ...titles }), ['priorities']);
}
