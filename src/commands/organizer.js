// Makes an address an organizer: npm run organizer -- person@example.org
// An address without an account becomes one with its first profile. Organizers name others on screen.
import { withSource } from './source.js';

const [address] = process.argv.slice(2);

await withSource(async (load) => {
	const { emailSchema } = await load('/src/lib/people/schema.ts');
	const { nameFirstOrganizers } = await load('/src/lib/people/data.server.ts');
	const { backend } = await load('/src/lib/platform/db/client.server.ts');
	const { success, data } = emailSchema.safeParse({ email: address ?? '', next: '' });
	if (!success) throw new Error('Name one email address: npm run organizer -- person@example.org');
	const opened = await backend();
	try {
		const [outcome] = await nameFirstOrganizers([data.email]);
		/** @type {Record<string, string>} */
		const sentences = {
			already: `${data.email} is an organizer already.`,
			now: `${data.email} is an organizer now.`,
			later: `${data.email} has no account yet, and becomes an organizer with the first sign-in.`
		};
		console.log(sentences[outcome]);
	} finally {
		await opened.close();
	}
}).catch((/** @type {Error} */ cause) => {
	const inUse = cause.name === 'FolderInUse';
	console.error(
		inUse ? `${cause.message}\nOr start the site with ORGANIZERS=${address}` : cause.message
	);
	process.exitCode = 1;
});
