import { join, resolve } from 'node:path';
import { readPort } from './listen';
import type { Network } from './network';

/** What the environment decides. Read once at the start; nothing else reads `process.env`. */
export type Settings = {
	/** Absolute path of the folder for secrets, the embedded database and its backups. */
	dataFolder: string;
	/**
	 * Absolute path of the folder for the keys of open votes. Every process of the site needs it, and
	 * no backup may hold it: what the count destroys is destroyed with its key.
	 */
	keyFolder: string;
	/** A PostgreSQL 15 or later, as a URL; its login may create roles. */
	databaseUrl?: string;
	/** A hosted or self-hosted Supabase project. Wins over `databaseUrl`. */
	supabase?: { url: string; publishableKey: string; secretKey: string };
	/** The site's public address, without a final slash: the only source of links in emails. */
	origin: string;
	/** Where emails leave, as `smtp://user:password@host:port`; without it they stay in the queue. */
	smtpUrl?: string;
	/** Whom emails come from, as `Name <address>`; needed with `smtpUrl`. */
	mailFrom?: string;
	/**
	 * Whose site this is: its name in both languages, its postal address in one line, and the
	 * organizers' mailbox. What is absent keeps its general words, or is not shown.
	 */
	network: Network;
	/** Who runs the jobs: each web process, or only `npm run worker`, which is alone with them. */
	worker: 'here' | 'separate' | 'alone';
	/** Addresses that are organizers from their first sign-in on. */
	organizers: string[];
	/** Load the sample network into an empty database. */
	sample: boolean;
	/**
	 * Tell the backend calls of each answer in `server-timing`: for the bench. Never in public, where
	 * their number would tell known addresses from unknown ones.
	 */
	timing: boolean;
};

const SAMPLE_CONTACT = 'organizers@example.org';

type Environment = Record<string, string | undefined>;

/**
 * The settings that an environment spells out; empty values count as absent.
 * @throws when only some of the `SUPABASE_*` values are set, an address is none, or a worker of its
 * own could not open the database
 */
export function readSettings(env: Environment = process.env): Settings {
	const port = readPort(env.PORT);
	const sample = env.CONVERGENCE_SAMPLE === '1';
	return {
		dataFolder: resolve(env.CONVERGENCE_DATA || '.data'),
		keyFolder: resolve(env.CONVERGENCE_KEYS || join(env.CONVERGENCE_DATA || '.data', 'keys')),
		databaseUrl: env.DATABASE_URL || undefined,
		supabase: readSupabase(env),
		origin: readAddress('ORIGIN', env.ORIGIN || `http://localhost:${port}`),
		smtpUrl: env.SMTP_URL || undefined,
		mailFrom: env.MAIL_FROM || undefined,
		network: {
			en: env.NETWORK_NAME_EN || undefined,
			fr: env.NETWORK_NAME_FR || undefined,
			address: env.NETWORK_ADDRESS || undefined,
			contact: readMailbox('CONTACT', env.CONTACT || (sample ? SAMPLE_CONTACT : ''))
		},
		worker: readWorker(env),
		organizers: readOrganizers(env.ORGANIZERS ?? ''),
		sample,
		timing: env.CONVERGENCE_TIMING === '1'
	};
}

// It goes into a mailto: as it is, so it has to be one plain address.
function readMailbox(name: string, value: string): string | undefined {
	if (value && !/^[\w.+-]+@[\w.-]+\.\w+$/.test(value)) {
		throw new Error(`${name} must hold email addresses only.`);
	}
	return value || undefined;
}

function readOrganizers(value: string): string[] {
	const addresses = value.split(/[\s,;]+/).filter(Boolean);
	return addresses.map((address) => readMailbox('ORGANIZERS', address)!);
}

function readWorker(env: Environment): Settings['worker'] {
	if (env.WORKER !== 'separate' && env.WORKER !== 'alone') return 'here';
	if (!env.DATABASE_URL && !env.SUPABASE_URL) {
		throw new Error(
			'WORKER=separate needs DATABASE_URL or SUPABASE_URL: the embedded database has one process.'
		);
	}
	return env.WORKER;
}

function readSupabase(env: Environment): Settings['supabase'] {
	const names = ['SUPABASE_URL', 'SUPABASE_PUBLISHABLE_KEY', 'SUPABASE_SECRET_KEY'];
	const missing = names.filter((name) => !env[name]);
	if (missing.length === names.length) return undefined;
	if (missing.length > 0) {
		throw new Error(`Set all of ${names.join(', ')} or none: ${missing.join(', ')} missing.`);
	}
	return {
		url: readAddress('SUPABASE_URL', env.SUPABASE_URL!),
		publishableKey: env.SUPABASE_PUBLISHABLE_KEY!,
		secretKey: env.SUPABASE_SECRET_KEY!
	};
}

function readAddress(name: string, value: string): string {
	const address = URL.canParse(value) ? new URL(value) : undefined;
	if (!address || !/^https?:$/.test(address.protocol)) {
		throw new Error(`${name} must be an address that starts with http:// or https://.`);
	}
	return address.href.replace(/\/$/, '');
}
