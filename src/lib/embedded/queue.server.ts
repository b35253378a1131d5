import type { PGlite } from '@electric-sql/pglite';
import type { Connection } from '@supabase/lite';
import { runOnLines } from './driver.server';
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
	runOnLines(connection, async () => {
		const release = await take();
		return {
			// One message; the extended protocol takes five, each a call into WebAssembly.
			exec: async (text) => (await pg.exec(text)).at(-1)?.rows ?? [],
			query: async (text, params) => {
				const { rows, affectedRows } = await pg.query<Row>(text, params);
				return { rows, affected: affectedRows };
			},
			release
		};
	});
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
