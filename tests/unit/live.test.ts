import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Unavailable } from '$lib/platform/db/refusal';
import { changeStreams } from '$lib/platform/http/streams.server';

const stops: (() => void)[] = [];
vi.mock('$lib/platform/process.server', () => ({ onStop: (work: () => void) => stops.push(work) }));

const ask = vi.fn<(topics: string[]) => Promise<Map<string, string>>>();
let values: Record<string, string>;
let open: ReturnType<typeof changeStreams>;

beforeEach(() => {
	vi.useFakeTimers();
	values = { a: '1', b: '1' };
	ask.mockReset();
	ask.mockImplementation(async () => new Map(Object.entries(values)));
	open = changeStreams(ask);
});
afterEach(() => vi.useRealTimers());

/** What a reader was sent until now. */
function reading(topic: string, { account = crypto.randomUUID() as string, known = '1' } = {}) {
	const answer = open(topic, account, known);
	const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
	const read = { answer, text: '', ended: false, leave: () => reader.cancel() };
	void (async () => {
		for (let part = await reader.read(); !part.done; part = await reader.read())
			read.text += part.value;
		read.ended = true;
	})();
	return read;
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);
const changes = (text: string) =>
	[...text.matchAll(/event: change\nid: (.*)\n/g)].map(([, id]) => id);

test('any number of readers cost one call every three seconds, for all topics', async () => {
	const readers = [...Array(40).keys()].map((n) => reading(n % 2 ? 'a' : 'b'));
	await seconds(10);
	expect(ask).toHaveBeenCalledTimes(4);
	expect(ask.mock.lastCall![0].sort()).toEqual(['a', 'b']);
	expect(readers.map(({ text }) => changes(text)).flat()).toEqual([]);
});

test('nothing is asked before somebody reads, and after the last one has left', async () => {
	await seconds(60);
	expect(ask).not.toHaveBeenCalled();
	const readers = [reading('a'), reading('a')];
	await seconds(1);
	expect(ask).toHaveBeenCalledTimes(1);
	await Promise.all(readers.map(({ leave }) => leave()));
	await seconds(3);
	const asked = ask.mock.calls.length;
	await seconds(60);
	expect(ask).toHaveBeenCalledTimes(asked);
	reading('a');
	await seconds(1);
	expect(ask).toHaveBeenCalledTimes(asked + 1);
});

test('a change is sent once, to the readers of its topic', async () => {
	const [a, b] = [reading('a'), reading('b')];
	await seconds(1);
	values.a = '2';
	await seconds(12);
	expect(changes(a.text)).toEqual(['2']);
	expect(changes(b.text)).toEqual([]);
});

test('what changed before the stream was open is sent as well', async () => {
	const late = reading('a', { known: '0' });
	await seconds(1);
	expect(changes(late.text)).toEqual(['1']);
});

test('another value is a change, also a lower one: after a restore, numbers begin again', async () => {
	const reader = reading('a', { known: '900' });
	await seconds(1);
	expect(changes(reader.text)).toEqual(['1']);
});

test('a thousand pages do not come back at one moment, and each is sent the change in the end', async () => {
	const readers = [...Array(1_000).keys()].map(() => reading('a'));
	const reached = () => readers.filter(({ text }) => changes(text).length > 0).length;
	await seconds(1);
	values.a = '2';
	await seconds(5);
	expect(reached()).toBeLessThanOrEqual(100);
	await seconds(55);
	expect(reached()).toBe(1_000);
	expect(readers.every(({ text }) => changes(text).length === 1)).toBe(true);
});

test('a backend that fails or says nothing ends no stream', async () => {
	const reader = reading('a');
	await seconds(1);
	ask.mockRejectedValueOnce(new Unavailable());
	values.a = '2';
	await seconds(3);
	expect(reader).toMatchObject({ ended: false });
	expect(changes(reader.text)).toEqual([]);
	await seconds(3);
	expect(changes(reader.text)).toEqual(['2']);
});

test('a stream never falls silent for long, and ends within ten minutes', async () => {
	const reader = reading('a');
	await seconds(70);
	expect(reader.text.match(/^:$/gm)).toHaveLength(2);
	await seconds(7 * 60 - 70);
	expect(reader.ended).toBe(false);
	await seconds(3 * 60 + 3);
	expect(reader.ended).toBe(true);
	const asked = ask.mock.calls.length;
	await seconds(60);
	expect(ask).toHaveBeenCalledTimes(asked);
});

test('an account has five streams at most, until one of them ends', async () => {
	const five = [...Array(5).keys()].map(() => reading('a', { account: 'me' }));
	const sixth = open('a', 'me', '1');
	expect(sixth.status).toBe(429);
	expect(sixth.headers.has('retry-after')).toBe(true);
	expect(open('a', 'you', '1').status).toBe(200);
	await five[0]!.leave();
	await seconds(0);
	expect(open('a', 'me', '1').status).toBe(200);
});

test('a process has two thousand streams at most', () => {
	for (let n = 0; n < 2_000; n++) open('a', `${n}`, '1');
	const more = open('a', 'more', '1');
	expect(more.status).toBe(503);
	expect(more.headers.has('retry-after')).toBe(true);
});

test('a stream is one that proxies and caches leave alone', () => {
	const { headers } = open('a', 'me', '1');
	expect(Object.fromEntries(headers)).toEqual({
		'content-type': 'text/event-stream',
		'cache-control': 'private, no-store',
		'x-accel-buffering': 'no'
	});
});

test('when the process is asked to end, all streams end at once and none is left to wait for', async () => {
	const readers = [reading('a'), reading('b')];
	await seconds(1);
	stops.at(-1)!();
	await seconds(0);
	expect(readers.every(({ ended }) => ended)).toBe(true);
	const asked = ask.mock.calls.length;
	await seconds(60);
	expect(ask).toHaveBeenCalledTimes(asked);
});
