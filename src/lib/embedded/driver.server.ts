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
import type { Row } from './sql.server';

/** A connection to the database for as long as one request holds it. */
export type Line = {
	/** Statements without parameters by the simple protocol; answers the rows of the last one. */
	exec(text: string): Promise<Row[]>;
	query(text: string, params: unknown[]): Promise<{ rows: Row[]; affected?: number }>;
	release(): void;
};

/**
 * Makes the API server run its statements on lines of ours, with fewer of them: a transaction begins
 * in one message with its first statement, and what the server asks after each function is not sent.
 */
export function runOnLines(connection: Connection, open: () => Promise<Line>): void {
	connection.kysely = new Kysely({
		dialect: {
			createAdapter: () => new PostgresAdapter(),
			createDriver: () => driver(open),
			createIntrospector: (db) => new PostgresIntrospector(db),
			createQueryCompiler: () => new PostgresQueryCompiler()
		}
	});
}

type Held = { line: Line; mustBegin: boolean };

function driver(open: () => Promise<Line>): Driver {
	const held = new WeakMap<DatabaseConnection, Held>();
	const end = (text: string) => async (connection: DatabaseConnection) => {
		const state = held.get(connection)!;
		if (!state.mustBegin) await state.line.exec(text);
		state.mustBegin = false;
	};
	return {
		init: async () => {},
		async acquireConnection() {
			const state = { line: await open(), mustBegin: false };
			const connection = onLine(state);
			held.set(connection, state);
			return connection;
		},
		async releaseConnection(connection) {
			held.get(connection)!.line.release();
		},
		async beginTransaction(connection) {
			held.get(connection)!.mustBegin = true;
		},
		commitTransaction: end('commit'),
		rollbackTransaction: end('rollback'),
		destroy: async () => {}
	};
}

/** What the API server asks after each function call; none of ours sets a status or headers. */
const RESPONSE_SETTINGS = /^\s*select current_setting\('response\.status', true\)/i;

function onLine(state: Held): DatabaseConnection {
	return {
		async executeQuery<R>({ sql, parameters }: CompiledQuery) {
			if (state.mustBegin) {
				state.mustBegin = false;
				if (parameters.length === 0)
					return { rows: (await state.line.exec(`begin;\n${sql}`)) as R[] };
				await state.line.exec('begin');
			}
			if (RESPONSE_SETTINGS.test(sql)) return { rows: [{ status: null, headers: null } as R] };
			const { rows, affected } = await state.line.query(sql, [...parameters]);
			return {
				rows: rows as R[],
				numAffectedRows: affected === undefined ? undefined : BigInt(affected)
			};
		},
		streamQuery() {
			throw new Error('The embedded backend does not stream.');
		}
	};
}
