import { randomUUID } from 'node:crypto';
import { makeKey } from '$lib/platform/keys.server';
import type { Sql } from './sql.server';

// Both files may be absent: a build without the sample network is a valid one.
const scripts = import.meta.glob<string>('/supabase/seed/network.sql', {
	query: '?raw',
	import: 'default'
});
const documents = import.meta.glob<string>('/supabase/seed/network.json', {
	query: '?raw',
	import: 'default'
});

/** The invented network: a script, and the JSON document that it spreads over the tables. */
export type Sample = { script: string; document: string };

/** The sample of this build, if it has one. */
export async function sampleNetwork(): Promise<Sample | undefined> {
	const script = await Object.values(scripts)[0]?.();
	const document = await Object.values(documents)[0]?.();
	return script && document ? { script, document } : undefined;
}

/**
 * Loads a sample into a database without forums, in one transaction.
 * The script reads its content from a temporary table `seed (document jsonb)`, and the keys of its
 * votes from `keys (n, vote_id, key)`.
 */
export async function loadSample(
	sql: Sql,
	{ script, document }: Sample,
	keyFolder: string
): Promise<void> {
	if (!(await isEmpty(sql))) return;
	const { votes: list = [] } = JSON.parse(document) as { votes?: unknown[] };
	const votes = list.map(() => randomUUID());
	const keys = await Promise.all(votes.map((id) => makeKey(id, keyFolder)));
	await sql.transaction(async (inside) => {
		await inside.run('create temp table seed (document jsonb not null) on commit drop');
		await inside.query('insert into seed values ($1::text::jsonb)', [document]);
		await inside.run('create temp table keys (n bigint, vote_id uuid, key text) on commit drop');
		await inside.query(
			`insert into keys select n, vote_id::uuid, key
			from unnest($1::text::text[], $2::text::text[]) with ordinality k(vote_id, key, n)`,
			[`{${votes.join()}}`, `{${keys.join()}}`]
		);
		await inside.run(script);
	});
}

/** Whether the people and forums here are invented ones: the sample leaves a marker table. */
export async function hasSample(sql: Sql): Promise<boolean> {
	const [row] = await sql.query(
		`select to_regclass('private.sample_network') is not null as loaded`
	);
	return row?.loaded === true;
}

async function isEmpty(sql: Sql): Promise<boolean> {
	const [row] = await sql.query(`select to_regclass('public.forums') is not null as built`);
	if (row?.built !== true) return false;
	return (await sql.query('select from public.forums limit 1')).length === 0;
}
