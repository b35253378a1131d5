import * as checkins from '$lib/checkins/data.server';
import { sentSchema } from '$lib/checkins/schema';
import { answerHtml } from '$lib/checkins/view.server';
import { endpoint } from '$lib/platform/http/endpoint.server';
import { link } from '$lib/platform/text/i18n/link';
import type { RequestEvent } from './$types';

// Where static/check-in.js sends scans, one each, until it has an answer.
export const POST = endpoint(sentSchema, async (sent, { locals, params }: RequestEvent) => {
	const scan = await checkins.scan(locals.db, sent);
	await locals.identify();
	const here = link(`/forums/${params.slug}/check-in`);
	const organize = locals.person?.organizer ? link(`/organize/forums/${params.slug}`) : null;
	return { html: answerHtml({ scan, here, organize }) };
});
