import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** What exports contribute to the parts that gather. */
export const exported: Domain = {
	name: 'exports',
	acts: {
		export_roster: () => m.exports_act_roster(),
		export_answers: () => m.exports_act_answers(),
		export_needs: () => m.exports_act_needs()
	}
};
