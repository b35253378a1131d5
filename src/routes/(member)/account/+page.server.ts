import { redirect, type Actions } from '@sveltejs/kit';
import { z } from 'zod';
import * as directory from '$lib/directory/data.server';
import { UNDISCLOSED } from '$lib/directory/rules';
import { sectorField } from '$lib/directory/words';
import * as people from '$lib/people/data.server';
import { profileSchema } from '$lib/people/schema';
import { hasMailbox } from '$lib/people/rules';
import * as vouched from '$lib/vouched/data.server';
import * as privacy from '$lib/privacy/data.server';
import { personClient } from '$lib/platform/db/session.server';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { page } from '$lib/platform/http/load.server';
import { readSettings } from '$lib/platform/settings.server';
import { nextPath } from '$lib/platform/http/paths';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, url }: PageServerLoadEvent) => {
	const { account, person, suspended, suspendedReason } = locals;
	// One that the site made up is not shown.
	const email = account && hasMailbox(account.email) ? account.email : null;
	const { sector = null, counts_as_government = false } = person ?? {};
	const saysGovernment = sector !== null && sector !== UNDISCLOSED && counts_as_government;
	return {
		email: email ?? '',
		vouched: person && email === null ? await vouched.mine(locals.db) : null,
		profile: person,
		sectors: sectorField(await directory.sectors(), sector),
		suspended,
		reason: suspendedReason,
		remembered: suspended || saysGovernment,
		willOrganize: email !== null && willOrganize(email),
		next: nextPath.parse(url.searchParams.get('next'))
	};
});

/** Whether an address becomes an organizer's with its first profile. */
function willOrganize(email: string): boolean {
	return readSettings().organizers.includes(email.toLowerCase());
}

const leavingSchema = z.object({ everywhere: z.boolean(), next: nextPath });

export const actions = {
	save: action(
		profileSchema.extend({ next: nextPath }),
		async ({ next, ...profile }, event) => {
			const { locals } = event;
			await locals.identify();
			const first = locals.person === null;
			await people.saveProfile(locals.db, profile);
			flash(event, 'people_done_profile');
			const home = willOrganize(locals.account!.email) ? '/organize' : '/';
			redirect(303, link(next || (first ? home : '/account')));
		},
		{ id: 'profile', beside: { sector_not_offered: 'sector' } }
	),
	// `next`: the page that another address of the same person may see.
	leave: action(leavingSchema, async ({ everywhere, next }, event) => {
		await people.leave(await personClient(event), everywhere);
		if (next) redirect(303, `${link('/sign-in')}?${new URLSearchParams({ next })}`);
		flash(event, 'people_done_signed_out');
		redirect(303, link('/'));
	}),
	delete: action(
		z.object({ sure: z.boolean().refine(Boolean, { error: () => m.privacy_error_sure() }) }),
		async (_, event) => {
			await privacy.deleteMyAccount(event.locals.db, event.locals.account!.id);
			await people.leave(await personClient(event));
			flash(event, 'privacy_done_deleted');
			redirect(303, link('/'));
		},
		{ id: 'delete' }
	)
} satisfies Actions;
