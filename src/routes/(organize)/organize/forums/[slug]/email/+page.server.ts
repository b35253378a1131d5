import { emails as kinds } from '$lib/domains';
import * as forums from '$lib/forums/data.server';
import { compose } from '$lib/mail/compose.server';
import * as mailings from '$lib/mailings/data.server';
import { mailingSchema, type MailingInput } from '$lib/mailings/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { readSettings } from '$lib/platform/settings.server';
import { moment } from '$lib/platform/text/dates';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const forum = found(await forums.forEditing(locals.db, params.slug));
	const { counts, sent } = await mailings.overview(locals.db, forum.forum_id);
	return {
		forum,
		key: crypto.randomUUID(),
		counts,
		sent: sent.map((one) => ({ ...one, when: moment(one.sent_at, forum.time_zone) }))
	};
});

/** The email as it is sent to a reader of this language. */
function shown(language: 'en' | 'fr', input: MailingInput, forum: Record<string, unknown>): string {
	const facts = {
		subject: input[`subject_${language}`],
		text: input[`text_${language}`],
		slug: forum.slug,
		forum_en: forum.name_en,
		forum_fr: forum.name_fr
	};
	const email = { recipient: '', language, discreet: false, kind: 'from_organizers', facts };
	return compose(email, kinds, readSettings().origin, '').text;
}

export const actions = {
	review: action(
		mailingSchema,
		async (input, { locals, params }: RequestEvent) => {
			const forum = found(await forums.forEditing(locals.db, params.slug));
			const shown_en = shown('en', input, forum);
			const shown_fr = shown('fr', input, forum);
			return { values: { ...input, step: 'review', shown_en, shown_fr } };
		},
		{ id: 'mailing' }
	),
	// Nothing is saved: what was written goes from its review back into the form.
	write: action(mailingSchema, async (input) => ({ values: { ...input, step: 'write' } }), {
		id: 'mailing'
	}),
	send: action(
		mailingSchema,
		async (input, event: RequestEvent) => {
			const count = await mailings.send(event.locals.db, input);
			back(event, 'mailings_done_sent', { values: { count } });
		},
		{ id: 'mailing' }
	)
} satisfies Actions;
