import type { PostgresConnection } from '@supabase/lite/postgres';
import type postgres from 'postgres';
import type { Settings } from '$lib/platform/settings.server';
import { searchPath } from './bootstrap.server';
import { runOnLines, type Line } from './driver.server';
import { prepare, serve } from './lite.server';
import { withOriginalWarnings } from './patches.server';
import type { Migration } from './migrate.server';
import type { Backend } from '$lib/platform/db/backend';
import { shapes, writeBytes } from './postgrest.server';
import { addressKey, readOrCreateSecrets } from './secrets.server';
import type { Row, Sql } from './sql.server';

/**
 * A PostgreSQL server of one's own (15 or later): for a small network on one box.
 * Its pool gives each request a connection, so nothing has to wait in turn; statements end after
 * 15 s.
 */
export async function openPostgres(settings: Settings, wanted?: Migration[]): Promise<Backend> {
	const secrets = readOrCreateSecrets(settings.dataFolder);
	await prepareServer(settings, wanted);
	const connection = await connect(settings.databaseUrl!, 10, addressKey(secrets));
	runOnLines(connection, () => openLine(connection.driver));
	const sql = serverSql(connection.driver);
	try {
		return {
			kind: 'postgres',
			...(await serve(connection, sql, secrets, settings)),
			query: sql.query,
			close: () => connection.close()
		};
	} catch (cause) {
		await connection.close();
		throw cause;
	}
}

// On a line of its own: a pool that was open before the migrations does not know lists of the types
// that they make (see refreshArrayTypes of the embedded database).
async function prepareServer(settings: Settings, wanted?: Migration[]): Promise<void> {
	const connection = await connect(settings.databaseUrl!, 1);
	try {
		await prepare(serverSql(connection.driver), settings, wanted);
	} finally {
		await connection.close();
	}
}

/** A pool of at most `max` connections, with the same shapes and names as the embedded database. */
export async function connect(
	url: string,
	max: number,
	addressKey?: string
): Promise<PostgresConnection> {
	const { createPostgresConnection } = await withOriginalWarnings(
		() => import('@supabase/lite/postgres')
	);
	return createPostgresConnection({
		url,
		postgresOptions: {
			max,
			onnotice: () => {},
			connection: {
				search_path: searchPath,
				statement_timeout: 15_000,
				...(addressKey && { 'convergence.address_key': addressKey })
			},
			types: { ...shapeTypes(), bytea, jsonb }
		}
	});
}

// Texts come from the API server alone and are few, so each is planned once per connection.
async function openLine(driver: postgres.Sql): Promise<Line> {
	const reserved = await driver.reserve();
	return {
		exec: async (text) => {
			const results = await reserved.unsafe<Row[]>(text).simple();
			return [...(Array.isArray(results[0]) ? (results.at(-1) as unknown as Row[]) : results)];
		},
		query: async (text, params) => {
			const result = await reserved.unsafe<Row[]>(
				text,
				params as postgres.ParameterOrJSON<never>[],
				{
					prepare: true
				}
			);
			return { rows: [...result], affected: writes.has(result.command) ? result.count : undefined };
		},
		release: () => reserved.release()
	};
}

const writes = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** The owner's direct line to a PostgreSQL server. */
export function serverSql(driver: postgres.Sql): Sql {
	return {
		...onConnection(driver),
		transaction: (work) =>
			driver.begin((inside) => {
				const within: Sql = { ...onConnection(inside), transaction: (more) => more(within) };
				return work(within);
			}) as ReturnType<typeof work>
	};
}

function onConnection(driver: postgres.ISql): Omit<Sql, 'transaction'> {
	return {
		run: async (text) => void (await driver.unsafe(text).simple()),
		query: async <T extends Row>(text: string, params: unknown[] = []) => [
			...(await driver.unsafe<T[]>(text, params as postgres.ParameterOrJSON<never>[]))
		]
	};
}

// The auth server hands over its JSON as text; serialised again it would be stored as a string,
// and a trigger that reads a person's name out of it would find null.
const jsonb: postgres.PostgresType = {
	to: 3802,
	from: [3802],
	serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
	parse: (text: string) => JSON.parse(text) as unknown
};

const bytea: postgres.PostgresType = {
	to: 17,
	from: [17],
	serialize: writeBytes,
	parse: (text: string) => text
};

function shapeTypes(): Record<string, postgres.PostgresType> {
	return Object.fromEntries(
		Object.entries(shapes).map(([oid, parse]) => [
			`shape_${oid}`,
			{ to: Number(oid), from: [Number(oid)], serialize: write, parse }
		])
	);
}

function write(value: unknown): string {
	if (value instanceof Date) return value.toISOString();
	if (!Array.isArray(value)) return String(value);
	return `{${value.map((item) => (item === null ? 'NULL' : `"${write(item)}"`)).join(',')}}`;
}
