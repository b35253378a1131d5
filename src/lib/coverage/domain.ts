import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** What coverage contributes to the parts that gather. */
export const coverage: Domain = {
	name: 'coverage',
	acts: {
		export_coverage: () => m.coverage_act_export(),
		save_outreach: () => m.coverage_act_save_outreach(),
		delete_outreach: () => m.coverage_act_delete_outreach(),
		show_coverage: () => m.coverage_act_show(),
		hide_coverage: () => m.coverage_act_hide()
	}
};
