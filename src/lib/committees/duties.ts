import type { Enums } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const duties: Record<Enums<'duty'>, () => string> = {
	chair: m.committees_duty_chair,
	regional_representative: m.committees_duty_regional_representative,
	member: m.committees_duty_member
};

/** What a member does in the committee, in the reader's language. */
export function dutyName(duty: Enums<'duty'>): string {
	return duties[duty]();
}
