import { Unavailable } from '../db/refusal';
import { withDeadline } from '../db/client.server';
import { logger } from '../log.server';
import { onStop } from '../process.server';

const EVERY = 3_000;
/** Pages that load again because of a change, a second: registering has to stay quick beside them. */
const MOST_A_SECOND = 20;
/** Proxies close what is silent for half a minute or a minute. */
const SILENCE = 25_000;
const LONGEST = 10 * 60_000;
const MOST = 2_000;
const MOST_EACH = 5;

interface Stream {
	topic: string;
	account: string;
	/** The value that the reader has. */
	known: string;
	wrote: number;
	until: number;
	write(text: string): void;
	end(): void;
}

/**
 * Server-sent events for pages that stay open: an event says that something has changed and never what, and the
 * page asks for itself again, with the rights of its reader.
 *
 * The database is asked, and does not call: PostgREST, the one way to a hosted project, has no notifications, and
 * each instance asks for itself. It is one call for all topics with readers, whatever their number; none without.
 * @param ask the present value of each topic; another value is a change
 */
export function changeStreams(ask: (topics: string[]) => Promise<Map<string, string>>) {
	const streams = new Set<Stream>();
	let values = new Map<string, string>();
	let timer: NodeJS.Timeout | undefined;

	onStop(() => {
		clearTimeout(timer);
		for (const stream of streams) stream.end();
	});

	async function look(): Promise<void> {
		try {
			const topics = new Set([...streams].map(({ topic }) => topic));
			// Not the deadline of the request that opened the first stream.
			values = await withDeadline(() => ask([...topics]));
		} catch (thrown) {
			// Readers stay: the next answer holds what this one would have said.
			if (!(thrown instanceof Unavailable)) logger.error({ name: nameOf(thrown) }, 'no changes');
		}
		renew(Date.now());
		timer = streams.size > 0 ? setTimeout(() => void look(), EVERY) : undefined;
	}

	function renew(now: number): void {
		for (const stream of streams) {
			if (now >= stream.until) stream.end();
			else if (now - stream.wrote >= SILENCE) send(stream, ':\n\n');
		}
		const most = (EVERY / 1_000) * MOST_A_SECOND;
		const behind = [...streams].filter((stream) => news(stream)).slice(0, most);
		behind.forEach((stream, at) => {
			// Those who were sent something are the last ones of the next time.
			streams.delete(stream);
			streams.add(stream);
			setTimeout(tell, (at * 1_000) / MOST_A_SECOND, stream);
		});
	}

	function news({ topic, known }: Stream): string | undefined {
		const value = values.get(topic);
		return value === known ? undefined : value;
	}

	function tell(stream: Stream): void {
		const value = streams.has(stream) && news(stream);
		if (!value) return;
		stream.known = value;
		send(stream, `event: change\nid: ${value}\ndata: ${value}\n\n`);
	}

	/**
	 * @param known the value that the reader has, of their page or of a stream before this one
	 * @returns 429 and 503 when the account, or the process, has as many as it may
	 */
	return function open(topic: string, account: string, known: string): Response {
		const own = [...streams].filter((stream) => stream.account === account).length;
		if (own >= MOST_EACH) return refuse(429);
		if (streams.size >= MOST) return refuse(503);
		let stream: Stream;
		const body = new ReadableStream<Uint8Array>({
			start(controller) {
				const now = Date.now();
				stream = {
					topic,
					account,
					known,
					wrote: now,
					// Somebody who is signed out or suspended by then is refused the next one. Not all at one moment.
					until: now + LONGEST * (0.8 + Math.random() * 0.2),
					write: (text) => controller.enqueue(encoder.encode(text)),
					end() {
						streams.delete(stream);
						controller.close();
					}
				};
				streams.add(stream);
				// When this process ends, its readers do not come back at one moment.
				send(stream, `retry: ${Math.round(2_000 + Math.random() * 8_000)}\n\n`);
				if (!timer) timer = setTimeout(() => void look());
			},
			cancel: () => void streams.delete(stream)
		});
		return new Response(body, {
			headers: {
				'content-type': 'text/event-stream',
				'cache-control': 'private, no-store',
				'x-accel-buffering': 'no'
			}
		});
	};
}

const encoder = new TextEncoder();

function send(stream: Stream, text: string): void {
	stream.wrote = Date.now();
	stream.write(text);
}

function refuse(status: number): Response {
	return new Response(null, { status, headers: { 'retry-after': '60' } });
}

function nameOf(thrown: unknown): string {
	return thrown instanceof Error ? thrown.name : typeof thrown;
}
