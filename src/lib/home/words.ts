import { m } from '$lib/shared/i18n/paraglide/messages';

type ByDays = {
	today: () => string;
	tomorrow: () => string;
	days: (in_: { days: number }) => string;
};

function inDays(days: number, { today, tomorrow, days: say }: ByDays): string {
	if (days <= 0) return today();
	return days === 1 ? tomorrow() : say({ days });
}

/** "A vote closes in 9 days", by calendar days. */
export function voteCloses(days: number): string {
	return inDays(days, {
		today: m.home_vote_today,
		tomorrow: m.home_vote_tomorrow,
		days: m.home_vote_days
	});
}

/** "Registration closes tomorrow", by calendar days. */
export function registrationCloses(days: number): string {
	return inDays(days, {
		today: m.home_register_today,
		tomorrow: m.home_register_tomorrow,
		days: m.home_register_days
	});
}
