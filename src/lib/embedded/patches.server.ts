import { createRequire } from 'node:module';
import type { Connection } from '@supabase/lite';
import bcrypt from 'bcryptjs';
import { sql } from 'kysely';
import type { Token } from './tokens.server';

// What this module and `queue.server.ts` change in other packages reaches into parts that are not
// their public interface, so it holds for these versions only. Each patch has its test in
// tests/db/embedded.test.ts, which shows after an upgrade what can go.
const tested = {
	'@supabase/lite': '0.10.0',
	'@electric-sql/pglite': '0.4.5',
	kysely: '0.28.18',
	bcryptjs: '3.0.3'
};

/**
 * Stops the start with another version of a package than the patches were tested with.
 * @throws Error that names the package and both versions
 */
export function checkVersions(
	versions: Record<string, string | undefined> = installedVersions()
): void {
	for (const [name, version] of Object.entries(tested)) {
		if (versions[name] === version) continue;
		throw new Error(
			`${name} ${versions[name] ?? 'is missing'}; the embedded backend was tested with ${version}. Run npm ci.`
		);
	}
}

function installedVersions(): Record<string, string | undefined> {
	const require = createRequire(import.meta.url);
	return Object.fromEntries(
		Object.keys(tested).map((name) => {
			for (const folder of require.resolve.paths(name) ?? []) {
				try {
					return [name, (require(`${folder}/${name}/package.json`) as { version: string }).version];
				} catch {
					// Not in this folder; the next one is a level up.
				}
			}
			return [name, undefined];
		})
	);
}

/**
 * Keeps Node's own `process.emitWarning`. The packages that `load` imports replace it with one that
 * throws a TypeError whenever Node warns with an Error object.
 */
export async function withOriginalWarnings<T>(load: () => Promise<T>): Promise<T> {
	const { emitWarning } = process;
	try {
		return await load();
	} finally {
		process.emitWarning = emitWarning;
	}
}

/**
 * Keeps grants as the migrations left them. Otherwise the first request after each start grants every
 * table of the exposed schemas to every role again; the server now believes that it has done so.
 */
export function keepGrants(connection: Connection): void {
	(connection as unknown as { rlsState: string }).rlsState = 'active';
}

type Runner = Connection['kysely'];
type Context = { auth?: { role?: string; uid?: string | null; jwt?: unknown } };
type Options = { rpc?: { readOnly?: boolean }; transaction?: Runner; forceRollback?: boolean };
type WithContext = <T>(
	context: Context | undefined,
	work: (runner: Runner) => Promise<T>,
	options?: Options
) => Promise<T>;

/**
 * Sets role, claims and mode of a request by one statement instead of ten. Settings that no policy or
 * function of ours reads (request path and headers, storage operation) are left out.
 */
export function setContextAtOnce(connection: Connection): void {
	const patched = connection as unknown as { withContext: WithContext };
	const original = patched.withContext.bind(connection) as WithContext;
	patched.withContext = (context, work, options) => {
		if (!context || options?.forceRollback) return original(context, work, options);
		const apply = async (runner: Runner) => {
			await applyContext(runner, context, options?.rpc?.readOnly ?? false);
			return work(runner);
		};
		return options?.transaction
			? apply(options.transaction)
			: connection.kysely.transaction().execute(apply);
	};
}

// One statement without parameters, so that the embedded engine can send it together with `begin`. The
// role comes last: after it nothing could be set by a role that may not.
async function applyContext(runner: Runner, { auth }: Context, readOnly: boolean): Promise<void> {
	const role = auth?.role || 'anon';
	const settings = {
		'request.jwt.claim.sub': String(auth?.uid ?? ''),
		'request.jwt.claim.role': role,
		'request.jwt.claims': auth?.jwt && typeof auth.jwt === 'object' ? JSON.stringify(auth.jwt) : '',
		'response.status': '',
		'response.headers': '',
		transaction_read_only: readOnly ? 'on' : 'off',
		role
	};
	const calls = Object.entries(settings).map(
		([name, value]) => `set_config('${name}', ${literal(value)}, true)`
	);
	await sql.raw(`select ${calls.join(', ')}`).execute(runner);
}

/** A text as an SQL literal that holds in every setting of `standard_conforming_strings`. */
export function literal(text: string): string {
	const quoted = text.replaceAll('\0', '').replaceAll("'", "''");
	return quoted.includes('\\') ? ` e'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`;
}

interface Call {
	req: { path: string; header(name: string): string | undefined };
	set(name: 'userId' | 'sessionId' | 'jwt' | 'ignoreAuthorization', value: unknown): void;
	json(body: object, status: 401): Response;
}

/**
 * Middleware that says who makes a REST request, so that the server neither verifies the token of each one
 * again nor reads `auth.users` and `auth.sessions`. The guards in the database ask for the session by its
 * id (`private.session_is_live`), as on a hosted project, where the API does not ask at all.
 *
 * A token that does not hold is refused here. The server itself accepts one without an end, and takes each role
 * that a token names, `postgres` too.
 */
export function trustSessions(verify: (token: string) => Promise<Token | null>) {
	return async (context: Call, next: () => Promise<void>): Promise<Response | void> => {
		const bearer = context.req.header('authorization')?.replace(/^Bearer\s+/i, '');
		// The two keys are no tokens; the server compares them.
		if (bearer === undefined || bearer.startsWith('sb_')) return next();
		const token = await verify(bearer);
		if (!token) return context.json({ code: 'PGRST301', message: 'JWT refused' }, 401);
		if (context.req.path.startsWith('/rest/v1/')) {
			context.set('userId', token.sub);
			context.set('sessionId', token.session_id);
			context.set('jwt', token);
			// Otherwise the REST handler verifies the same header once more.
			context.set('ignoreAuthorization', true);
		}
		await next();
	};
}

/**
 * Has the server hash no password. None is stored (trigger `no_password`), and a hash stops the whole process for
 * 70 ms at the first email to an address, which tells from outside that it is new.
 */
export function hashNothing(): void {
	Object.assign(bcrypt, { hash: async () => '' });
}
