import type { z } from 'zod';
import { brief, detailed } from '$lib/forums/data.server';
import type { Enums } from '$lib/platform/db/types';
import { answer, type Db, write } from '$lib/platform/db/client.server';
import type { Texts } from './rules';
import {
	snapshotSchema,
	type correctionSchema,
	type publicationSchema,
	type reportSchema,
	type Snapshot,
	type takingDownSchema
} from './schema';

/** Published reports with their forum, newest forum first and invented ones last. At most 200. */
export async function list(db: Db) {
	const forums = await answer(
		db
			.from('forums')
			.select(
				`slug, name_en, name_fr, place_en, place_fr, starts_on, ends_on, date_precision,
				reports!inner(report_id, title_en, title_fr, sample)`
			)
			.not('reports.published_at', 'is', null)
			.order('sample')
			.order('starts_on', { ascending: false })
			.order('slug')
			.limit(200)
	);
	return forums.map(({ reports, ...forum }) => ({ ...reports[0]!, forum }));
}

/** The published report of a forum with its frozen facts and its corrections, or null. */
export async function bySlug(db: Db, slug: string) {
	const found = await answer(
		db
			.from('forums')
			.select(
				`slug,
				reports!inner(report_id, title_en, title_fr, body_en, body_fr, published_at, published_precision, sample,
					snapshot,
					corrections:report_corrections(correction_id, version, made_at, note_en, note_fr))`
			)
			.eq('slug', slug)
			.not('reports.published_at', 'is', null)
			.maybeSingle()
	);
	const report = found?.reports[0];
	return found && report
		? { ...report, slug: found.slug, snapshot: snapshotSchema.parse(report.snapshot) }
		: null;
}

/**
 * One forum with its program and what came of it (list, votes, report), or null. It is read here because
 * reports are the last domain that the page of a forum shows.
 */
/** All forums that the reader may see, newest first, each with how many priorities it has and whether it is reported. */
export async function forumsWithOutcome(db: Db) {
	const forums = await answer(
		db
			.from('forums')
			.select(
				`${brief}, participants, participants_qualifier, priorities (priority_id, parent_id), reports (published_at)` as const
			)
			.order('starts_on', { ascending: false })
			.order('slug')
			.limit(100)
	);
	return forums.map(({ priorities, reports, ...forum }) => ({
		...forum,
		priorities: priorities.filter(({ parent_id }) => parent_id === null).length,
		reported: reports.some(({ published_at }) => published_at !== null)
	}));
}

export async function forumWithOutcome(db: Db, slug: string) {
	const forum = await answer(
		db
			.from('forums')
			.select(
				`${brief}, ${detailed}, coverage_shown, fee_choices, bursaries_until, feedback_change, has_materials,
				sessions (session_id, kind, title_en, title_fr, position, starts_at, ends_at, language, closed_to_government, sign_up),
				priorities (priority_id),
				votes (vote_id, title_en, title_fr, counted_at),
				reports (title_en, title_fr, published_at)` as const
			)
			.eq('slug', slug)
			.lte('reports.published_at', new Date().toISOString())
			.order('position', { referencedTable: 'sessions' })
			.limit(200, { referencedTable: 'sessions' })
			.limit(1, { referencedTable: 'priorities' })
			.order('closes_at', { referencedTable: 'votes' })
			.limit(10, { referencedTable: 'votes' })
			.limit(1, { referencedTable: 'reports' })
			.maybeSingle()
	);
	return (
		forum && {
			...forum,
			provinces: forum.provinces as unknown as Enums<'province'>[]
		}
	);
}

/** A forum with its report, draft or published, and its votes: for organizers. Null without forum. */
export async function organize(db: Db, slug: string) {
	const found = await answer(
		db
			.from('forums')
			.select(
				`forum_id, slug, name_en, name_fr, starts_on, ends_on, time_zone, published_at,
				reports(report_id, version, title_en, title_fr, body_en, body_fr, published_at, published_precision,
					corrections:report_corrections(correction_id, version, made_at, note_en, note_fr)),
				votes(vote_id, closes_at, counted_at)`
			)
			.eq('slug', slug)
			.limit(1, { referencedTable: 'reports' })
			.limit(20, { referencedTable: 'votes' })
			.maybeSingle()
	);
	return found && { ...found, report: found.reports[0] ?? null };
}

/** What a report would copy today. Organizers only. */
export async function facts(db: Db, forumId: string): Promise<Snapshot> {
	return snapshotSchema.parse(
		await answer(db.rpc('report_facts', { forum_id: forumId }, { get: true }))
	);
}

/** Starts the highlights of a forum. */
export function start(db: Db, forumId: string, texts: Texts) {
	return write(db.rpc('draft_report', { forum_id: forumId, ...texts }), []);
}

/** The texts of a report as they are saved now, and their version. */
export function stored(db: Db, report: string) {
	return answer(
		db
			.from('reports')
			.select('version, title_en, title_fr, body_en, body_fr')
			.eq('report_id', report)
			.maybeSingle()
	);
}

/** Saves a draft over the version that the editor saw; gives the version that it is now. */
export function save(db: Db, { report, ...edit }: z.output<typeof reportSchema>) {
	return write(db.rpc('save_report', { report_id: report, ...edit }), []);
}

/** Shows a report to everyone and stores the snapshot of its facts. */
export function publish(db: Db, { report, version, sure }: z.output<typeof publicationSchema>) {
	return write(db.rpc('publish_report', { report_id: report, version, one_language: sure }), [
		'reports'
	]);
}

/** Rewords a published report and tells its readers what was corrected. */
export function correct(db: Db, { report, ...correction }: z.output<typeof correctionSchema>) {
	return write(db.rpc('correct_report', { report_id: report, ...correction }), ['reports']);
}

/** Makes a published report a draft again, without its corrections. */
export function unpublish(db: Db, { report, version }: z.output<typeof takingDownSchema>) {
	return write(db.rpc('unpublish_report', { report_id: report, version }), ['reports']);
}
