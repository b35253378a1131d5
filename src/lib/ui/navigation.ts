import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** A page that the menus name; `path` is without language. */
export interface Place {
	path: `/${string}`;
	text: string;
}

/** The pages of both menus, in the reader's language; the organizers' pages is for organizers. */
export function places(organizer: boolean): Place[] {
	const open: Place[] = [
		{ path: '/forums', text: m.shared_place_forums() },
		{ path: '/committees', text: m.shared_place_committees() },
		{ path: '/priorities', text: m.shared_place_priorities() },
		{ path: '/reports', text: m.shared_place_reports() }
	];
	return organizer ? [...open, { path: '/organize', text: m.shared_place_organize() }] : open;
}
