import type { Need } from '$lib/platform/domain';

/** More than these, and a list would be kinder than lanes. */
const MOST_NEEDS = 6;

/** What needs the person, most pressing first: what closes soonest, then what stays open. */
export function pressing(needs: Need[]): Need[] {
	const open = needs.filter(({ closes }) => !closes);
	const closing = needs
		.flatMap((need) => (need.closes ? [{ at: Date.parse(need.closes.at), need }] : []))
		.sort((a, b) => a.at - b.at)
		.map(({ need }) => need)
		.slice(0, open.length > 0 ? MOST_NEEDS - 1 : MOST_NEEDS);
	return [...closing, ...open].slice(0, MOST_NEEDS);
}
