import { error, isHttpError } from '@sveltejs/kit';
import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { inTime, withDeadline } from '$lib/platform/db/client.server';
import { action } from '$lib/platform/http/action.server';
import { page } from '$lib/platform/http/load.server';

// A backend that says nothing: what is typed comes back, and nobody waits longer than the limit.

afterEach(() => vi.useRealTimers());

test('what was typed is on the page of the error, when the page of the form cannot be shown', async () => {
	const form = new URLSearchParams({ body: 'A reply of several words', thread: 'abc' });
	const locals = { silent: true, identify: async () => {} } as unknown as App.Locals;
	const request = new Request('https://site.example/', { method: 'POST', body: form });
	const schema = z.object({ body: z.string(), thread: z.string() });
	const answer = await action(schema, async () => {})({ request, locals } as never);
	expect(answer).toMatchObject({ status: 503, data: { values: { body: form.get('body') } } });

	const load = page(async () => error(503, 'The site is not responding'));
	const thrown = await load({ locals }).catch((cause: unknown) => cause);
	expect(isHttpError(thrown, 503) && thrown.body).toMatchObject({
		message: 'The site is not responding',
		typed: ['A reply of several words']
	});
});

test('the backend calls of one request share one limit', async () => {
	vi.useFakeTimers();
	const never = () => inTime(new Promise<never>(() => {}));
	await withDeadline(async () => {
		const first = never().catch(() => Date.now());
		const began = Date.now();
		await vi.advanceTimersByTimeAsync(3_000);
		expect((await first) - began).toBe(3_000);
		const second = never().catch(() => Date.now());
		await vi.advanceTimersByTimeAsync(0);
		expect((await second) - began).toBe(3_000);
	});
	const other = never().catch(() => 'late');
	await vi.advanceTimersByTimeAsync(2_999);
	expect(await Promise.race([other, Promise.resolve('waiting')])).toBe('waiting');
	await vi.advanceTimersByTimeAsync(1);
	expect(await other).toBe('late');
});
