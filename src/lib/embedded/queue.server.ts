import type { PGlite } from '@electric-sql/pglite';
import type { Connection } from '@supabase/lite';
import {
	Kysely,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type CompiledQuery,
	type DatabaseConnection,
	type Driver
} from 'kysely';
import type { Row, Sql } from './sql.server';

/** Waits until nobody else holds the connection; call the answer to give it back. */
export type Acquire = () => Promise<() => void>;

/** A fair queue for the one connection of an embedded database. */
export function createQueue(): Acquire {
	let last = Promise.resolve();
	return async () => {
		const before = last;
		let giveBack = () => {};
		last = new Promise((resolve) => (giveBack = resolve));
		await before;
		return giveBack;
	};
}

/**
 * Guard: one request at a time on the one connection.
 * Without it the statements of two requests mix between BEGIN and COMMIT: a visitor reads with the
 * rights of another request of the same tick, and a confirmed sign-up is rolled back by somebody
 * else's failure. Must run before the first request and before `app.init()`.
 */
export function serializeRequests(connection: Connection, pg: PGlite, take: Acquire): void {
	connection.kysely = new Kysely({
		dialect: {
			createAdapter: () => new PostgresAdapter(),
			createDriver: () => oneAtATime(pg, take),
			createIntrospector: (db) => new PostgresIntrospector(db),
			createQueryCompiler: () => new PostgresQueryCompiler()
		}
	});
}

// Ending or starting a transaction by the simple protocol is one message; the extended one takes five, each
// a call into WebAssembly.
function oneAtATime(pg: PGlite, take: Acquire): Driver {
	const held = new WeakMap<DatabaseConnection, { release: () => void; begins: boolean }>();
	const ends = (text: string) => async (connection: DatabaseConnection) => {
		const state = held.get(connection);
		const neverBegan = state?.begins;
		if (state) state.begins = false;
		if (!neverBegan) await pg.exec(text);
	};
	return {
		init: async () => {},
		async acquireConnection() {
			const state = { release: await take(), begins: false };
			const connection = onPglite(pg, state);
			held.set(connection, state);
			return connection;
		},
		async releaseConnection(connection) {
			held.get(connection)?.release();
		},
		async beginTransaction(connection) {
			held.get(connection)!.begins = true;
		},
		commitTransaction: ends('commit'),
		rollbackTransaction: ends('rollback'),
		destroy: async () => {}
	};
}

/** What the API server asks after each function call; none of ours sets a status or headers. */
const RESPONSE_SETTINGS = /^\s*select current_setting\('response\.status', true\)/i;

// A transaction begins together with its first statement, which sets role and claims.
function onPglite(pg: PGlite, state: { begins: boolean }): DatabaseConnection {
	return {
		async executeQuery<R>({ sql, parameters }: CompiledQuery) {
			if (state.begins) {
				state.begins = false;
				if (parameters.length === 0) {
					const results = await pg.exec(`begin;\n${sql}`);
					return { rows: (results.at(-1)?.rows ?? []) as R[] };
				}
				await pg.exec('begin');
			}
			if (RESPONSE_SETTINGS.test(sql)) return { rows: [{ status: null, headers: null } as R] };
			const { rows, affectedRows } = await pg.query<R>(sql, [...parameters]);
			return {
				rows,
				numAffectedRows: affectedRows === undefined ? undefined : BigInt(affectedRows)
			};
		},
		streamQuery() {
			throw new Error('The embedded database does not stream.');
		}
	};
}

/** The owner's direct line to an embedded database; it waits for its turn like any request. */
export function ownerSql(pg: PGlite, take: Acquire): Sql {
	const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
		const giveBack = await take();
		try {
			return await work();
		} finally {
			giveBack();
		}
	};
	const within: Sql = {
		run: async (text) => void (await pg.exec(text)),
		query: async <T extends Row>(text: string, params: unknown[] = []) =>
			(await pg.query<T>(text, params)).rows,
		transaction: (work) => work(within)
	};
	return {
		run: (text) => inTurn(() => within.run(text)),
		query: (text, params) => inTurn(() => within.query(text, params)),
		transaction: (work) =>
			inTurn(async () => {
				await pg.query('begin');
				try {
					const result = await work(within);
					await pg.query('commit');
					return result;
				} catch (cause) {
					await pg.query('rollback');
					throw cause;
				}
			})
	};
}
