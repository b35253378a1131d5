import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';
import { emails } from '../../src/lib/domains';
import { sendEmails } from '../../src/lib/mail/jobs.server';
import { openTransport } from '../../src/lib/mail/transport.server';
import type { Db } from '../../src/lib/platform/db/client.server';
import { startWorker } from '../../src/lib/platform/jobs/worker.server';
import { logger } from '../../src/lib/platform/log.server';
import { scene, type Scene } from './scene';

// The queue in the database, the worker, and a mail server that says no, says nothing, or stops in the middle.

/** What a server does with an email to an address. */
type Manner = 'refuses now' | 'refuses for good' | 'silent' | 'half an answer' | 'never settles';
type Taken = { to: string; id: string };

async function mailServer() {
	const manners = new Map<string, Manner>();
	const taken: Taken[] = [];
	const sent: Taken[] = [];
	const sockets = new Set<Socket>();
	const state = { mute: false };
	const server = createServer((socket) => {
		sockets.add(socket);
		// The other side goes when its patience is over.
		socket.on('error', () => {});
		if (!state.mute) serve(socket);
	});

	function serve(socket: Socket) {
		const say = (line: string) => void socket.write(`${line}\r\n`);
		let to = '';
		let text: string[] | undefined;
		say('220 mail.example');
		createInterface({ input: socket }).on('line', (line) => {
			const manner = manners.get(to);
			if (text && line !== '.') return void text.push(line);
			if (text) {
				const id = text.find((header) => /^Message-ID:/i.test(header))?.slice(12) ?? '';
				text = undefined;
				taken.push({ to, id });
				if (manner === 'never settles') return;
				sent.push({ to, id });
				return say('250 taken');
			}
			const command = line.slice(0, 4).toUpperCase();
			if (command === 'RCPT') {
				to = /<([^>]+)>/.exec(line)![1]!;
				const wanted = manners.get(to);
				if (wanted === 'silent') return;
				if (wanted === 'refuses now') return say('451 try later');
				if (wanted === 'refuses for good') return say('550 nobody of this name');
			}
			if (command === 'DATA') {
				if (manner === 'half an answer') return void socket.write('354 go');
				text = [];
				return say('354 go on');
			}
			if (command === 'QUIT') return socket.end('221 bye\r\n');
			say('250 mail.example');
		});
	}

	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const close = () => {
		for (const socket of sockets) socket.destroy();
		return new Promise<void>((closed) => server.close(() => closed()));
	};
	const url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return { url, manners, taken, sent, state, close };
}

/** A worker on the queue of the scene, with a mail server; a scene has one connection, so calls take turns. */
async function outbox(
	s: Scene,
	play: (server: Awaited<ReturnType<typeof mailServer>>, sql: Scene['sql']) => Promise<void>
) {
	vi.spyOn(logger, 'warn').mockReturnValue();
	const server = await mailServer();
	let last: Promise<unknown> = Promise.resolve();
	const inTurn = <T>(work: () => Promise<T>) => {
		const next = last.then(work);
		last = next.catch(() => {});
		return next;
	};
	const limits = { connectionTimeout: 1_000, greetingTimeout: 1_000, socketTimeout: 1_000 };
	const transport = openTransport(server.url, 'network@example.org', undefined, limits);
	const stop = startWorker(
		[sendEmails(emails, transport, 'https://network.example', 'network@example.org')],
		{
			claim: (kinds, how_many, lease_seconds) =>
				inTurn(() => s.service.calls('claim_jobs', { kinds, how_many, lease_seconds })),
			settle: ({ job_id, attempt }, failure, permanent = false) =>
				inTurn(() =>
					s.service.calls('settle_job', { job_id, attempt, failure: failure ?? null, permanent })
				)
		},
		{} as Db,
		{ poll: 50, soon: 1 }
	);
	try {
		await play(server, (text, params) => inTurn(() => s.sql(text, params)));
	} finally {
		await stop();
		await server.close();
		vi.restoreAllMocks();
	}
}

const write = (sql: Scene['sql'], names: string[]) =>
	sql(
		`select private.queue_email(name || '@example.org', 'en', false, 'sign_in', '{"code": "12345678"}')
		from unnest($1::text[]) name`,
		[names]
	);

/** How far each email is, by the name of its recipient, which is deleted when the email has ended. */
const waiting = async (sql: Scene['sql']) =>
	Object.fromEntries(
		(
			await sql<{ name: string; last_error: string }>(
				`select split_part(payload ->> 'recipient', '@', 1) as name, last_error
				from private.jobs where finished_at is null and failed_at is null order by job_id`
			)
		).map(({ name, last_error }) => [name, last_error])
	);

const patience = { timeout: 20_000, interval: 50 };
const timeout = 90_000;
const again = 'update private.jobs set run_at = clock_timestamp() where finished_at is null';
const good = Array.from({ length: 8 }, (_, n) => `good${n}`);
const to = (names: string[]) => names.map((name) => `${name}@example.org`).sort();

test(
	'one address that is refused, silent or stalled holds up no other, and nothing is lost',
	{ timeout },
	() =>
		scene((s) =>
			outbox(s, async (server, sql) => {
				const manners: Record<string, Manner> = {
					later: 'refuses now',
					nobody: 'refuses for good',
					silent: 'silent',
					half: 'half an answer',
					unsettled: 'never settles'
				};
				for (const [name, manner] of Object.entries(manners)) {
					server.manners.set(`${name}@example.org`, manner);
				}
				// The difficult ones first: with four slots they could hold all of them.
				await write(sql, [...Object.keys(manners), ...good]);
				await vi.waitFor(async () => {
					expect(server.sent.map((email) => email.to).sort()).toEqual(to(good));
					expect(await waiting(sql)).toEqual({
						later: 'EENVELOPE',
						silent: 'ETIMEDOUT',
						half: 'ETIMEDOUT',
						unsettled: 'ETIMEDOUT'
					});
				}, patience);
				const [ended] = await sql(
					'select payload, last_error from private.jobs where failed_at is not null'
				);
				expect(ended).toEqual({ payload: {}, last_error: 'EENVELOPE' });

				server.manners.clear();
				await sql(again);
				await vi.waitFor(async () => expect(await waiting(sql)).toEqual({}), patience);
				const delivered = [...good, 'later', 'silent', 'half', 'unsettled'];
				expect(server.sent.map((email) => email.to).sort()).toEqual(to(delivered));
				// Its mail server can tell that the second one is the first.
				const twice = server.taken.filter((email) => email.to === 'unsettled@example.org');
				expect(twice.length).toBeGreaterThan(1);
				expect(new Set(twice.map(({ id }) => id)).size).toBe(1);
			})
		)
);

test('a mail server that takes the connection and says nothing loses no email', { timeout }, () =>
	scene((s) =>
		outbox(s, async (server, sql) => {
			server.state.mute = true;
			await write(sql, good);
			const late = Object.fromEntries(good.map((name) => [name, 'ETIMEDOUT']));
			await vi.waitFor(async () => expect(await waiting(sql)).toEqual(late), patience);
			server.state.mute = false;
			await sql(again);
			await vi.waitFor(async () => expect(await waiting(sql)).toEqual({}), patience);
			expect(server.sent.map((email) => email.to).sort()).toEqual(to(good));
		})
	)
);
