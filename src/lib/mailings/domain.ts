import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { emails } from './emails';
import { jobs } from './jobs.server';

/** What mailings contribute to the parts that gather. */
export const mailings: Domain = {
	name: 'mailings',
	acts: { send_mailing: () => m.mailings_act_send_mailing() },
	emails,
	jobs
};
