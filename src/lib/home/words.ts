import { inDays } from '$lib/forums/words';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** "A vote closes in 9 days", by calendar days. */
export function voteCloses(days: number): string {
	return inDays(days, {
		today: m.home_vote_today,
		tomorrow: m.home_vote_tomorrow,
		days: m.home_vote_days
	});
}
