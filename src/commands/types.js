// Writes src/lib/platform/db/types.ts from the migrations. With --check it only says whether
// the file is current: exit code 1 when it is not.
import { readFile, writeFile } from 'node:fs/promises';
import { withSource } from './source.js';

const path = 'src/lib/platform/db/types.ts';

const current = await withSource(async (load) => {
	const { describeDatabase } = await load('/src/lib/embedded/types.server.ts');
	return /** @type {Promise<string>} */ (describeDatabase());
});
const written = await readFile(path, 'utf8').catch(() => '');

if (written === current) {
	console.log(`${path} is current.`);
} else if (process.argv.includes('--check')) {
	console.error(`${path} is not current: run npm run types.`);
	process.exitCode = 1;
} else {
	await writeFile(path, current);
	console.log(`${path} written.`);
}
