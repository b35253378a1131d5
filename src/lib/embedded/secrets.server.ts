import {
	accessSync,
	chmodSync,
	constants,
	existsSync,
	linkSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';

/** What signs tokens, and the two keys in Supabase's form. */
export type Secrets = { jwtSecret: string; publishableKey: string; secretKey: string };

const placeholders = [
	'unsafe-secret-change-me',
	'super-secret-jwt-token-with-at-least-32-characters-long',
	'your-super-secret-jwt-token-with-at-least-32-characters-long'
];

/**
 * Makes the data folder, or closes it to everybody else.
 * @throws with a sentence when this account cannot write in it
 */
export function secureFolder(folder: string): void {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		chmodSync(folder, 0o700);
		// What another account made in it would fail later, in the middle of the work.
		const inside = readdirSync(folder)
			.map((name) => join(folder, name))
			.filter((path) => existsSync(path));
		for (const path of [folder, ...inside]) accessSync(path, constants.R_OK | constants.W_OK);
	} catch (cause) {
		throw new Error(unusable(folder, cause as NodeJS.ErrnoException), { cause });
	}
}

function unusable(folder: string, { code, path = folder }: NodeJS.ErrnoException): string {
	const instead = 'Set CONVERGENCE_DATA to another folder.';
	if (code === 'EEXIST' || code === 'ENOTDIR') {
		return `${folder} cannot be the data folder: there is a file of that name. ${instead}`;
	}
	if (code === 'EROFS') return `${path} is on a disk that cannot be written. ${instead}`;
	if (code !== 'EACCES' && code !== 'EPERM') {
		return `The data folder ${folder} cannot be used (${code}). ${instead}`;
	}
	return `This account may not write ${path}. Give it the right to, or set CONVERGENCE_DATA to another folder.`;
}

/**
 * Guard: real secrets, made once and stored beside the data.
 * Without them the auth server signs with a published word, and anyone can write themselves a token
 * for `service_role`.
 * @throws when the file holds a known placeholder or a short secret
 */
export function readOrCreateSecrets(folder: string): Secrets {
	secureFolder(folder);
	const path = join(folder, 'secrets.json');
	const found = read(path) ?? create(path);
	chmodSync(path, 0o600);
	refusePlaceholders(found, path);
	return found;
}

function read(path: string): Secrets | undefined {
	try {
		return JSON.parse(readFileSync(path, 'utf8')) as Secrets;
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw new Error(`${path} cannot be read.`, { cause });
	}
}

function create(path: string): Secrets {
	const secrets: Secrets = {
		jwtSecret: randomBytes(48).toString('base64url'),
		publishableKey: apiKey('publishable'),
		secretKey: apiKey('secret')
	};
	const draft = `${path}.${process.pid}`;
	writeFileSync(draft, JSON.stringify(secrets, null, '\t'), { mode: 0o600 });
	try {
		linkSync(draft, path);
		return secrets;
	} catch {
		// Another process was faster: its secrets are the ones.
		return read(path)!;
	} finally {
		rmSync(draft, { force: true });
	}
}

/** The key of the hashes of addresses (`private.address_key`): no dump and no backup of the database holds it. */
export function addressKey({ jwtSecret }: Secrets): string {
	return createHmac('sha256', jwtSecret).update('hashes of addresses').digest('base64url');
}

// Supabase's own form: kind, 22 random characters, 8 of a checksum.
function apiKey(kind: 'publishable' | 'secret'): string {
	const body = `sb_${kind}_${randomBytes(17).toString('base64url').slice(0, 22)}`;
	const sum = createHash('sha256').update(`supabase-self-hosted|${body}`).digest('base64url');
	return `${body}_${sum.slice(0, 8)}`;
}

function refusePlaceholders(secrets: Secrets, path: string): void {
	for (const value of [secrets.jwtSecret, secrets.publishableKey, secrets.secretKey]) {
		if (!value || value.length < 32 || placeholders.includes(value)) {
			throw new Error(`${path} holds a placeholder or a short secret. Remove the file.`);
		}
	}
}
