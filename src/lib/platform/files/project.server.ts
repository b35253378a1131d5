import { Unavailable } from '../db/refusal';
import type { Settings } from '../settings.server';
import { mustBeId, type FileStore } from './folder.server';

const BUCKET = 'materials';
/** A file of 10 MB over a slow line between the site and its project. */
const PATIENCE = 60_000;
const PAGE = 1_000;

/**
 * Files in Supabase Storage, in a bucket that is not public and has no policies: only the secret key reads it.
 * Over its REST API, since the client's own uploads would share the three seconds of a page.
 */
export function projectStore({ url, secretKey }: NonNullable<Settings['supabase']>): FileStore {
	const headers = { apikey: secretKey, authorization: `Bearer ${secretKey}` };
	const pathOf = (id: string) => `/object/${BUCKET}/${mustBeId(id)}`;

	async function ask(method: string, path: string, body?: object): Promise<Response> {
		const isBytes = body instanceof Uint8Array;
		const type = isBytes ? 'application/octet-stream' : 'application/json';
		const answer = await fetch(`${url}/storage/v1${path}`, {
			method,
			headers: { ...headers, ...(body !== undefined && { 'content-type': type }) },
			body: isBytes ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
			signal: AbortSignal.timeout(PATIENCE)
		}).catch((cause: unknown) => {
			throw new Unavailable({ cause });
		});
		if (answer.status >= 500) throw new Unavailable();
		return answer;
	}

	async function put(id: string, bytes: Uint8Array, isSecond = false): Promise<void> {
		const answer = await ask('POST', pathOf(id), bytes);
		if (answer.ok) return;
		if (isSecond || !(await isMissing(answer))) throw new Error(`storage: ${answer.status}`);
		// The first file of a project; another process may make the bucket at the same time.
		await ask('POST', '/bucket', { id: BUCKET, name: BUCKET, public: false });
		await put(id, bytes, true);
	}

	return {
		put: (id, bytes) => put(id, bytes),
		async get(id) {
			const answer = await ask('GET', pathOf(id));
			if (answer.ok && answer.body)
				return { body: answer.body, bytes: Number(answer.headers.get('content-length')) };
			if (await isMissing(answer)) return null;
			throw new Error(`storage: ${answer.status}`);
		},
		async remove(id) {
			const answer = await ask('DELETE', `/object/${BUCKET}`, { prefixes: [mustBeId(id)] });
			if (!answer.ok && !(await isMissing(answer))) throw new Error(`storage: ${answer.status}`);
		},
		async before(moment) {
			const ids: string[] = [];
			for (let offset = 0; ; offset += PAGE) {
				const page = { prefix: '', limit: PAGE, offset, sortBy: { column: 'name', order: 'asc' } };
				const answer = await ask('POST', `/object/list/${BUCKET}`, page);
				if (!answer.ok && (await isMissing(answer))) return ids;
				const found = (await answer.json()) as { name: string; created_at: string }[];
				ids.push(
					...found.filter((one) => new Date(one.created_at) < moment).map((one) => one.name)
				);
				if (found.length < PAGE) return ids;
			}
		}
	};
}

/** Storage answers 400 for some of what is not there, with 404 in the body. */
async function isMissing(answer: Response): Promise<boolean> {
	if (answer.status === 404) return true;
	const said = (await answer.json().catch(() => ({}))) as { statusCode?: string | number };
	return answer.status === 400 && String(said.statusCode) === '404';
}
