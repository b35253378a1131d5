import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** What vouched contributes to the parts that gather. */
export const vouched: Domain = {
	name: 'vouched',
	acts: {
		make_vouched_spots: () => m.vouched_act_make(),
		renew_vouched_code: () => m.vouched_act_renew(),
		revoke_vouched_spot: () => m.vouched_act_revoke()
	}
};
