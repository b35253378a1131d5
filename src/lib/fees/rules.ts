/** What fees hold, in characters; the constraints say the same. */
export const LENGTHS = { name: 80, about: 200, note: 500, invoice: 500, reason: 500 };

/** The largest amount of a category, in cents. */
export const MOST = 1_000_000;

/** The lists that organizers choose from, in their order; `private.fee_state` says who is on which. */
export const LISTS = ['due', 'unchosen', 'waiting', 'paid', 'refund', 'waived', 'free'] as const;
export type List = (typeof LISTS)[number];

/** How far a fee is. */
export const STATES = [...LISTS, 'ended'] as const;
export type State = (typeof STATES)[number];

/** What organizers mark, on the list of which they do it. */
export function actsOn(list: List): ('paid' | 'waived' | 'due')[] {
	if (list === 'due' || list === 'waiting') return ['paid', 'waived'];
	return ['paid', 'refund', 'waived'].includes(list) ? ['due'] : [];
}

const TYPED = /^(\d+|\d{1,3}(?:,\d{3})+)(?:[.,](\d{1,2}))?$/;

/** An amount as somebody types it, in cents: "1,250.5", "1 250,50 $"; null for anything else. */
export function centsOf(typed: string): number | null {
	const [, whole, cents = ''] = TYPED.exec(typed.slice(0, 40).replaceAll(/[\s$]/g, '')) ?? [];
	if (whole === undefined) return null;
	return Number(whole.replaceAll(',', '')) * 100 + Number(cents.padEnd(2, '0'));
}
