import { readPort } from '../lib/platform/listen.js';
import { installMissing } from './install.js';
import { buildIfNeeded, mustBeFree, serve } from './site.js';
import { root } from './terminal.js';

const usage = `npm start: the site with its sample network.

Installs and builds what is missing, then serves. It takes no arguments; these settings change it:
  PORT=3001                 another port than 3000
  HOST=0.0.0.0              open to other computers, not only to this one
  ORIGIN=http://name:3000   the address that people type
  CONVERGENCE_DATA=folder   another folder for the data than .data
  CONVERGENCE_SAMPLE=0      an empty site, without the sample network
  ORGANIZERS=address        who organizes, from the first sign-in on
.env.example has all settings. \`npm run reset\` loads the sample network again.`;

const [word] = process.argv.slice(2);
if (word === undefined) await start();
else if (['--help', '-h', 'help'].includes(word)) console.log(usage);
else {
	console.error(`npm start takes no arguments, and got ${word}. See: npm start -- --help`);
	process.exitCode = 1;
}

async function start() {
	endWithNpm();
	process.chdir(root);
	const { HOST: host = '127.0.0.1', CONVERGENCE_DATA: data = '.data' } = process.env;
	try {
		const port = readPort(process.env.PORT);
		const origin = process.env.ORIGIN ?? `http://localhost:${port}`;
		// First: a taken port would be found after minutes of work.
		await mustBeFree(host, port);
		if (!(await installMissing()) || !(await buildIfNeeded())) process.exit(1);
		const site = await serve({ host, port, origin, data });
		console.log(
			process.env.CONVERGENCE_SAMPLE === '0' ? empty(origin, data) : welcome(origin, data)
		);
		process.exitCode = await site.ended;
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	}
}

// npm passes a signal to its shell only, which ends without passing it on.
function endWithNpm() {
	if (process.env.npm_lifecycle_event !== 'start') return;
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
	}, 300).unref();
}

/**
 * @param {string} origin
 * @param {string} data
 */
function empty(origin, data) {
	return `
  Convergence, without the sample network
  English   ${origin}
  Français  ${origin}/fr

  The first organizer: stop, then start with ORGANIZERS=person@example.org
  (or npm run organizer -- person@example.org), and sign in at ${origin}/sign-in
  with that address. Without a mail server the code is at ${origin}/mailbox

  The data is in ${data}. Ctrl-C stops.
`;
}

/**
 * @param {string} origin
 * @param {string} data
 */
function welcome(origin, data) {
	return `
  Convergence, with its sample network
  English   ${origin}
  Français  ${origin}/fr

  To sign in, type one of these addresses at ${origin}/sign-in
  and read the code at ${origin}/mailbox
    organizer@example.org     runs the forums and the organizers' pages
    participant@example.org   comes to a forum
    chair.at@example.org      chairs the Anti-Trafficking committee
    member.at@example.org     sits on it
    member.mw@example.org     sits on the Migrant Workers committee
    government@example.org    a participant from a government
    police@example.org        a participant from the police

  The data is in ${data}; \`npm run reset\` starts it afresh. Ctrl-C stops.
`;
}
