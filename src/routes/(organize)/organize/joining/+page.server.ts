import * as directory from '$lib/directory/data.server';
import { sectorName } from '$lib/directory/words';
import * as joining from '$lib/joining/data.server';
import { acceptingSchema, decliningSchema } from '$lib/joining/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => {
	const [{ waiting, ...rest }, sectors] = await Promise.all([
		joining.list(locals.db),
		directory.sectors()
	]);
	const named = waiting.map((request) => ({
		...request,
		sector: request.sector && sectorName(sectors, request.sector)
	}));
	return {
		...rest,
		more: rest.count > waiting.length,
		requests: named.filter(({ forum }) => forum === null),
		offers: named.filter(({ forum }) => forum !== null)
	};
});

/** Each request has forms of its own, so the address says which one was sent. */
const formOf = ({ url }: RequestEvent) => ({ id: url.searchParams.get('id') ?? undefined });

export const actions = {
	accept: (event) =>
		action(
			acceptingSchema,
			async (accepted, event: RequestEvent) => {
				await joining.accept(event.locals.db, accepted);
				back(event, 'joining_done_accepted');
			},
			formOf(event)
		)(event),
	decline: (event) =>
		action(
			decliningSchema,
			async (declined, event: RequestEvent) => {
				await joining.decline(event.locals.db, declined);
				back(event, 'joining_done_declined');
			},
			formOf(event)
		)(event)
} satisfies Actions;
