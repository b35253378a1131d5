import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { STATUSES, type Counts, type Reached } from './rules';

const groups: Record<Reached, (count: { count: number }) => string> = {
	confirmed: m.mailings_confirmed,
	waitlisted: m.mailings_waitlisted,
	pending: m.mailings_pending
};

/** The boxes of whom to email, each with how many people. */
export function statusChoices(counts: Counts) {
	return STATUSES.map((value) => ({ value, label: groups[value]({ count: counts[value] }) }));
}
