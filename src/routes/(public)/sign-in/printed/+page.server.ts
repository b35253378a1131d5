import { setTimeout as sleep } from 'node:timers/promises';
import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { action } from '$lib/platform/http/action.server';
import { limit } from '$lib/platform/http/limits/limit.server';
import { networkOf } from '$lib/platform/http/limits/network';
import { page } from '$lib/platform/http/load.server';
import { Refusal } from '$lib/platform/db/refusal';
import { personClient } from '$lib/platform/db/session.server';
import { link } from '$lib/platform/text/i18n/link';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';
import * as vouched from '$lib/vouched/data.server';
import { codeSchema, swapSchema } from '$lib/vouched/schema';
import type { PageServerLoadEvent } from './$types';

const WINDOW = 900;
const FLOOR = 500;

export const load = page(async ({ locals, request, setHeaders }: PageServerLoadEvent) => {
	if (locals.account) redirect(303, link('/'));
	// What a form of this page is answered with holds a code.
	if (request.method === 'POST') setHeaders({ 'cache-control': 'no-store' });
});

// Never for one code: somebody who tries it must not shut out its person.
async function counted(event: RequestEvent): Promise<string> {
	const from = networkOf(event.getClientAddress());
	await limit(event, 'printed_from', from, 300, WINDOW);
	await limit(event, 'printed', 'all', 5_000, WINDOW);
	return from;
}

/** Signs in, and goes to the registration; the next page says so when the browser keeps no cookie. */
async function enter(event: RequestEvent, address: string, slug: string, from: string) {
	const entered = await vouched.enter(await personClient(event), address, from);
	if (!entered) throw new Refusal('vouched_code_not_good', 422);
	const next = `/forums/${slug}/registration`;
	redirect(303, `${link('/sign-in')}?${new URLSearchParams({ done: '', next })}`);
}

export const actions = {
	// The same answer for a wrong, an old and a revoked code, not before half a second.
	code: action(
		codeSchema,
		async ({ code }, event: RequestEvent) => {
			const from = await counted(event);
			const [spot] = await Promise.all([vouched.opened(code), sleep(FLOOR)]);
			if (!spot) throw new Refusal('vouched_code_not_good', 422);
			if (!spot.printed) await enter(event, spot.address, spot.slug, from);
			const asked = spot.has_word ? 'known' : 'new';
			return {
				values: { step: 'swap', code, word_asked: asked, ...(await vouched.propose(code)) }
			};
		},
		{ id: 'code', beside: { vouched_code_not_good: 'code' } }
	),
	swap: action(
		swapSchema,
		async ({ start_over, ...typed }, event: RequestEvent) => {
			const from = await counted(event);
			const [spot] = await Promise.all([vouched.opened(typed.code), sleep(FLOOR)]);
			const about = { ...typed, startOver: start_over, language: getLocale() };
			const address = spot && (await vouched.swap(about));
			if (!address) throw new Refusal('vouched_code_not_good', 422);
			await enter(event, address, spot.slug, from);
		},
		{ id: 'swap', beside: { vouched_word_wrong: 'word' } }
	)
} satisfies Actions;
