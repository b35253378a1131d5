import { answer, type Db, write } from '$lib/platform/db/client.server';
import type { Enums } from '$lib/platform/db/types';
import type { z } from 'zod';
import { fieldsOf } from './rules';
import {
	coverageFileSchema,
	coverageSchema,
	figuresSchema,
	type changedSchema,
	type outreachSchema,
	type shownSchema
} from './schema';

/** Who comes to a forum in counts, and the outreach list; null without such a forum. Organizers only. */
export async function coverage(db: Db, slug: string) {
	return coverageSchema.nullable().parse(await answer(db.rpc('coverage', { slug }, { get: true })));
}

/** The counts for a file. Logged. @throws Refusal forum_not_found, organizers_only */
export async function file(db: Db, slug: string) {
	return coverageFileSchema.parse(await write(db.rpc('export_coverage', { slug }), []));
}

/** An entry as it is saved now, as the fields of its form; null without one. */
export async function entry(db: Db, slug: string, id: string) {
	return fieldsOf((await coverage(db, slug))?.outreach ?? [], id);
}

type Texts = z.output<typeof outreachSchema>;

/** Adds somebody to ask. @throws Refusal outreach_too_late, outreach_full */
export function add(db: Db, texts: Texts) {
	return save(db, texts, null, null);
}

/** Changes an entry over the version that was seen. @throws Refusal outreach_changed, outreach_not_found */
export function change(db: Db, { entry, version, ...texts }: z.output<typeof changedSchema>) {
	return save(db, texts, entry, version);
}

function save(db: Db, input: Texts, id: string | null, version: number | null) {
	const { forum, gap, ask_by, contact, asker, outcome } = input;
	const [about, part = null] = gap.split(':');
	// The generator knows no argument that may be null.
	const optional = {
		outreach_id: id as string,
		version: version as number,
		province: (about === 'province' ? part : null) as Enums<'province'>,
		sector: (about === 'sector' ? part : null) as string,
		ask_by: (ask_by || null) as string
	};
	const texts = { contact, asker, outcome };
	return write(db.rpc('save_outreach', { forum_id: forum, ...optional, ...texts }), []);
}

/** Deletes an entry; harmless when it is gone. */
export function remove(db: Db, outreach_id: string) {
	return write(db.rpc('delete_outreach', { outreach_id }), []);
}

/** Shows or hides rounded counts on the page of the forum. */
export function show(db: Db, { forum, shown }: z.output<typeof shownSchema>) {
	return write(db.rpc('show_coverage', { forum_id: forum, shown }), ['forums']);
}

/** What the registrations say of a forum that has ended; null before, and once they are deleted. Organizers only. */
export async function figures(db: Db, forum_id: string) {
	const found = await answer(db.rpc('forum_figures', { forum_id }, { get: true }));
	return figuresSchema.nullable().parse(found);
}

/** Stores them with the forum. @throws Refusal figures_before_end, figures_without_registrations */
export function takeFigures(db: Db, forum_id: string) {
	return write(db.rpc('take_figures', { forum_id }), ['forums']);
}
