// Opens a backend in a process of its own, for tests that need a second process, its death or its
// output: node tests/db/child.js <data folder> <what to do: hold | leave | fail>
import { withSource } from '../../src/commands/source.js';

const [folder, task] = process.argv.slice(2);

await withSource(async (load) => {
	const { openBackend } = await load('/src/lib/platform/db/open.server.ts');
	const settings = { dataFolder: folder, origin: 'http://localhost:3000', sample: false };
	const backend = await openBackend(settings, []).catch((/** @type {Error} */ refusal) => {
		process.stdout.write(`${refusal.stack}\n`);
		process.exit(3);
	});
	process.emitWarning(new Error('node still warns'));
	process.stdout.write('open\n');
	if (task === 'hold') await new Promise((resolve) => setTimeout(resolve, 60_000));
	if (task === 'fail') await fail(backend);
	await backend.close();
});

/** @param {any} backend */
async function fail({ url, secretKey, fetch, query }) {
	await query(
		'create table if not exists public.diary (day date, email text check (email is null))'
	);
	const headers = { apikey: secretKey, 'content-type': 'application/json' };
	/** @type {[string, object][]} */
	const requests = [
		['/rest/v1/rpc/nothing', { email: 'amira@example.org' }],
		['/rest/v1/diary', { email: 'amira@example.org' }],
		['/rest/v1/diary', { day: 'amira@example.org' }],
		['/auth/v1/signup', { email: 'amira@example.org', password: 'amira amira amira' }],
		['/auth/v1/token?grant_type=password', { email: 'amira@example.org', password: 'amira' }],
		['/auth/v1/verify', { email: 'amira@example.org', token: '12345678', type: 'signup' }]
	];
	for (const [path, body] of requests) {
		const method = 'POST';
		await fetch(url + path, { method, headers, body: JSON.stringify(body) });
	}
}
