import { readdirSync, readFileSync, statSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { backUp } from '../../src/lib/embedded/backups.server';
import { migrateDatabase } from '../../src/lib/embedded/lite.server';
import { connectPglite } from '../../src/lib/embedded/pglite.server';
import { loadSample } from '../../src/lib/embedded/sample.server';
import { destroyKey, readKey } from '../../src/lib/platform/keys.server';

type Cast = { person_id: string; picks: string[] };

const seed = (name: string) => readFileSync(`supabase/seed/network.${name}`, 'utf8');
const bytesOf = (...ids: string[]) => Buffer.from(ids.join('').replaceAll('-', ''), 'hex');

/** Where a value is in the bytes, from the first to the last time. */
function places(bytes: Buffer, value: Buffer): number[] {
	const found: number[] = [];
	for (let at = bytes.indexOf(value); at >= 0; at = bytes.indexOf(value, at + 1)) found.push(at);
	return found;
}

/** Every file below a folder as one: heap, indexes, write-ahead log. */
function filesOf(folder: string): Buffer {
	const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
		join(folder, name)
	);
	return Buffer.concat(paths.filter((path) => statSync(path).isFile()).map((p) => readFileSync(p)));
}

/** How many people are found, how many sets of picks, and how many of both side by side. */
function look(bytes: Buffer, ballots: Cast[]) {
	const rowLength = 200;
	let people = 0;
	let picked = 0;
	let joined = 0;
	for (const { person_id, picks } of ballots) {
		const persons = places(bytes, bytesOf(person_id));
		const sets = [
			...places(bytes, bytesOf(...picks)),
			...places(bytes, Buffer.from(picks.join(',')))
		];
		if (persons.length > 0) people++;
		if (sets.length > 0) picked++;
		if (persons.some((at) => sets.some((set) => set > at && set - at < rowLength))) joined++;
	}
	return { people, picked, joined };
}

// The files of the embedded engine are those of PostgreSQL 17, so one engine is enough here.
test('no file of the database and no backup says who picked what, before the count and after it', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'convergence-encrypted-'));
	const keys = join(folder, 'keys');
	const database = await connectPglite(join(folder, 'database'));
	const { sql } = database;
	await migrateDatabase(sql);
	await loadSample(sql, { script: seed('sql'), document: seed('json') }, keys);
	const [vote] = await sql.query<{ vote_id: string }>(
		'select vote_id from public.votes where closes_at < now() and counted_at is null'
	);
	const { vote_id } = vote!;
	const key = await readKey(vote_id, keys);
	const all = await sql.query<Cast>(
		`select b.person_id, array_to_json(u.picks) as picks
		from private.ballots b, private.decrypt_ballot(b.encrypted, $2) u where vote_id = $1`,
		[vote_id, key]
	);
	// Two or more, as single ids of priorities are in many tables.
	const ballots = all.filter(({ picks }) => picks.length > 1);
	expect(ballots.length).toBeGreaterThan(10);

	const both = async () => {
		await sql.run('checkpoint');
		const backup = gunzipSync(readFileSync(await backUp(database, join(folder, 'backups'))));
		const files = filesOf(join(folder, 'database'));
		for (const bytes of [files, backup]) expect(bytes.indexOf(key)).toBe(-1);
		return [look(files, ballots), look(backup, ballots)];
	};
	const before = { people: ballots.length, picked: 0, joined: 0 };
	expect(await both()).toEqual([before, before]);

	await sql.query('select private.count_ballots(v, $2) from public.votes v where vote_id = $1', [
		vote_id,
		key
	]);
	await destroyKey(vote_id, keys);
	// Found as anonymous ballots, which shows that the search finds picks.
	const after = { people: ballots.length, picked: ballots.length, joined: 0 };
	expect(await both()).toEqual([after, after]);
	expect(readdirSync(keys)).not.toContain(vote_id);
	await database.connection.close();
	rmSync(folder, { recursive: true, force: true });
}, 120_000);
