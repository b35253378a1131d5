import { AsyncLocalStorage } from 'node:async_hooks';
import type { Connection } from '@supabase/lite';
import type { Claims } from '$lib/platform/db/backend';
import type { Settings } from '$lib/platform/settings.server';
import { prepareDatabase } from './bootstrap.server';
import { queueAuthEmails } from './emails.server';
import { migrate, migrations, type Migration } from './migrate.server';
import { restoreErrorCodes, restoreSingleRows } from './postgrest.server';
import { withRedactedConsole } from './console.server';
import { hasSample, loadSample, sampleNetwork } from './sample.server';
import { checkGrants, hasRecordedGrants, recordGrants } from './grants.server';
import {
	checkVersions,
	hashNothing,
	keepGrants,
	setContextAtOnce,
	trustSessions,
	withOriginalWarnings
} from './patches.server';
import { tokenVerifier } from './tokens.server';
import type { Secrets } from './secrets.server';
import type { Sql } from './sql.server';

/** What one answer may hold, as PostgREST's `max-rows`: a query here stops the whole process. */
export const rowCap = 200;

/** Never resolved: requests are handed over in the process. */
const address = 'http://backend.internal';

/** Roles, auth tables and the migrations: what every database of ours holds before any row. */
export async function migrateDatabase(sql: Sql, wanted: Migration[] = migrations()): Promise<void> {
	const { getAuthSchemaSql } = await withOriginalWarnings(() => import('@supabase/lite'));
	await prepareDatabase(sql, getAuthSchemaSql(false));
	const applied = await migrate(sql, wanted);
	if (applied > 0 || !(await hasRecordedGrants(sql))) await recordGrants(sql);
}

/** What a backend of this kind adds to the contract of `Backend`. */
export type Served = {
	url: string;
	publishableKey: string;
	secretKey: string;
	fetch: typeof globalThis.fetch;
	verify: (token: string) => Promise<Claims | null>;
	sample: boolean;
};

/** The foundations, and the sample network if asked for. */
export async function prepare(sql: Sql, settings: Settings, wanted?: Migration[]): Promise<void> {
	await migrateDatabase(sql, wanted);
	const sample = settings.sample && (await sampleNetwork());
	if (sample) await loadSample(sql, sample, settings.keyFolder);
}

/**
 * Answers Supabase's REST and auth requests in the process.
 *
 * Guard: the API cannot be reached from outside. Its fetch goes to supabase-js on the server only; on a
 * public route it would show its schema to all and let any site call it.
 */
export async function serve(
	connection: Connection,
	sql: Sql,
	secrets: Secrets,
	settings: Settings
): Promise<Served> {
	checkVersions();
	await checkGrants(sql);
	keepGrants(connection);
	restoreErrorCodes(connection);
	setContextAtOnce(connection);
	hashNothing();
	const verify = tokenVerifier(secrets.jwtSecret);
	const { App } = await withOriginalWarnings(() => import('@supabase/lite'));
	const app = new App({
		connection,
		api: { schemas: ['public'], max_rows: rowCap },
		auth: authSettings(secrets, settings.origin),
		storage: { enabled: false },
		studio: { enabled: false },
		options: { server: { middlewares: [trustSessions(verify) as never] } }
	});
	// The server's mailer is not given where the link of an email is to lead.
	const redirectTo = new AsyncLocalStorage<string | undefined>();
	queueAuthEmails(app, sql, settings.origin, () => redirectTo.getStore());
	await withRedactedConsole(() => app.init());
	const fetch = restoreSingleRows((input, init) => {
		const request = new Request(input, init);
		const answer = () => withRedactedConsole(() => app.fetch(request));
		if (!request.url.startsWith(`${address}/auth/`)) return answer();
		return redirectTo.run(redirectOf(request.url), answer);
	});
	return {
		url: address,
		publishableKey: secrets.publishableKey,
		secretKey: secrets.secretKey,
		fetch,
		verify,
		sample: await hasSample(sql)
	};
}

function redirectOf(url: string): string | undefined {
	return new URL(url).searchParams.get('redirect_to') ?? undefined;
}

function authSettings({ jwtSecret, publishableKey, secretKey }: Secrets, origin: string) {
	return {
		enabled: true,
		jwt_secret: jwtSecret,
		publishable_key: publishableKey,
		secret_key: secretKey,
		site_url: origin,
		additional_redirect_urls: [],
		// supabase-js renews a token 90 s before its end: shorter ones would be renewed all the time.
		jwt_expiry: 600,
		minimum_password_length: 12,
		enable_signup: true,
		email: {
			enable_signup: true,
			enable_confirmations: true,
			// With the double check on, this server asks the old mailbox only and never the new one.
			double_confirm_changes: false,
			otp_length: 8,
			otp_expiry: 900
		}
	};
}
