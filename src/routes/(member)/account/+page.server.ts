import { redirect, type Actions } from '@sveltejs/kit';
import { z } from 'zod';
import * as people from '$lib/people/data.server';
import { profileSchema } from '$lib/people/schema';
import * as privacy from '$lib/privacy/data.server';
import { action } from '$lib/platform/http/action.server';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals: { account, person, suspended }, url }) => ({
	email: account?.email ?? '',
	profile: person,
	suspended,
	saved: url.searchParams.has('saved')
})) satisfies PageServerLoad;

export const actions = {
	save: action(
		profileSchema,
		async (profile, { locals }) => {
			const first = locals.person === null;
			await people.saveProfile(locals.db, profile);
			redirect(303, first ? link('/') : link('/account?saved'));
		},
		{ id: 'profile' }
	),
	leave: action(z.object({ everywhere: z.boolean() }), async ({ everywhere }, { locals }) => {
		await people.leave(locals.db, everywhere);
		redirect(303, link('/'));
	}),
	erase: action(
		z.object({ sure: z.boolean().refine(Boolean, { error: () => m.privacy_error_sure() }) }),
		async (_, { locals }) => {
			await privacy.deleteMyAccount(locals.db);
			await people.leave(locals.db);
			redirect(303, link('/'));
		},
		{ id: 'erase' }
	)
} satisfies Actions;
