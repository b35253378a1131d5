import { installMissing } from './install.js';
import { buildIfNeeded, serve } from './site.js';
import { root } from './terminal.js';

process.chdir(root);
const host = process.env.HOST ?? '127.0.0.1';
const port = Number(process.env.PORT ?? 3000);
const origin = process.env.ORIGIN ?? `http://localhost:${port}`;
const data = process.env.CONVERGENCE_DATA ?? '.data';

if (!installMissing() || !(await buildIfNeeded())) process.exit(1);

try {
	const site = await serve({ host, port, origin, data });
	console.log(welcome());
	process.exitCode = await site.ended;
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}

function welcome() {
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
