import { error, isHttpError } from '@sveltejs/kit';
import { m } from '../text/i18n/paraglide/messages';
import { refusedBy } from './refused.server';

/**
 * A page's load. What the database refuses becomes that status, with its sentence; a backend that says
 * nothing becomes a 503.
 */
export function page<Event extends { locals: App.Locals }, Data>(
	load: (event: Event) => Promise<Data>
) {
	return async (event: Event): Promise<Data> => {
		try {
			await event.locals.identify();
			return await load(event);
		} catch (thrown) {
			const { typed } = event.locals;
			const refused = refusedBy(thrown);
			if (refused) error(refused.status, { message: refused.sentence, typed });
			if (isHttpError(thrown) && typed) error(thrown.status, { ...thrown.body, typed });
			throw thrown;
		}
	};
}

/** What was found, or a 404: for the reader, what is not theirs to see is not there. */
export function found<T>(it: T | null | undefined): T {
	if (it === null || it === undefined) error(404, m.shared_error_404_text());
	return it;
}
