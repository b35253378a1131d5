import { fail, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { m } from '../text/i18n/paraglide/messages';
import type { FormResult, Stored } from './form';
import { check, filesToChoose, formOf, keep, read, type Shape } from './input.server';
import { refusedBy } from './refused.server';
import { stopSignedOut } from './signedout.server';

/** What to say when it is done, and what the next step of the page needs to know. */
type Success = Pick<FormResult, 'done' | 'values'>;

interface Options<Input, Event> {
	/** Names the form on a page with several. */
	id?: string;
	/** Refusals about one field, by their key: the sentence then shows beside that field. */
	beside?: Record<string, keyof Input & string>;
	/** What is wrong with which fields, when a refusal may be about several; null when it is about none. */
	explain?: (refusal: string, input: Input, event: Event) => Promise<Record<string, string> | null>;
	/** What is saved now, when a verb refuses with `…_changed`: the form then shows both texts. */
	stored?: (input: Input, event: Event) => Promise<Stored | null>;
}

/** What would cost work to write again, for the page of an error: not ids, dates and choices. */
function longTexts(values: Record<string, string | string[]>): string[] {
	const texts = Object.values(values).flat();
	return texts.filter((text) => text.length > 40 || /\S\s+\S/.test(text));
}

/**
 * A form action: reads the form, checks its shape, does the work, and turns a refusal into a status and a
 * sentence. Whatever goes wrong, what was typed comes back.
 * @param schema the shape of the form; an array takes every field of that name, a record those that begin with
 *   its name, a boolean a checkbox, a file what was chosen (limit it: `z.file().max(5_000_000).mime(['application/pdf'])`)
 * @param work what is done with the checked input; it may redirect, or return what to show on this page
 */
export function action<Schema extends Shape, Event extends RequestEvent = RequestEvent>(
	schema: Schema,
	work: (input: z.output<Schema>, event: Event) => Promise<Success | void>,
	{ id, beside = {}, explain, stored }: Options<z.output<Schema>, Event> = {}
) {
	return async (event: Event) => {
		const sent = read(schema, await formOf(event));
		const enhanced = event.request.headers.has('x-sveltekit-action');
		const files = enhanced ? {} : filesToChoose(sent);
		const refuse = (status: number, answer: FormResult) => {
			const errors = { ...files, ...answer.errors };
			const wrong = Object.keys(errors).length > 0 && { errors };
			const values = keep(sent);
			if (event.locals) event.locals.typed = longTexts(values);
			return fail<FormResult>(status, { id, values, ...answer, ...wrong });
		};
		const trouble = { key: 'unavailable', sentence: m.shared_trouble_kept() };
		// The backend did not say who this is: the verb would refuse, and the text be lost.
		if (event.locals?.silent) return refuse(503, { refusal: trouble });
		const { input, errors } = check(schema, sent);
		if (errors) return refuse(400, { errors });
		try {
			return { id, ...(await work(input, event)) } as FormResult;
		} catch (thrown) {
			const refused = refusedBy(thrown);
			if (!refused) throw thrown;
			const { status, ...refusal } = refused;
			const field = beside[refusal.key];
			if (field) return refuse(status, { errors: { [field]: refusal.sentence } });
			const wrong = await explain?.(refusal.key, input, event);
			if (wrong) return refuse(status, { errors: wrong });
			if (status === 401) stopSignedOut(event);
			if (status === 503) return refuse(503, { refusal: trouble });
			const isConflict = stored && refusal.key.endsWith('_changed');
			const saved = isConflict ? await stored(input, event) : null;
			return refuse(status, { refusal, ...(saved && { stored: saved }) });
		}
	};
}

/**
 * A form action that shows what Markdown will look like and changes nothing: everything that was typed goes
 * back into the form. Only the texts shown are checked.
 * @param schema the shape of the whole form
 * @param names of the fields that are shown
 * @param render makes safe HTML of Markdown
 */
export function preview<Schema extends Shape>(
	schema: Schema,
	names: (keyof Schema['shape'] & string)[],
	render: (markdown: string) => string,
	{ id }: { id: string }
) {
	const shown = schema.pick(Object.fromEntries(names.map((name) => [name, true])) as never);
	return async (event: RequestEvent) => {
		const sent = read(schema, await formOf(event));
		const answer: FormResult = { id, values: keep(sent) };
		const { input, errors } = check<Shape>(shown, sent);
		if (errors) return fail<FormResult>(400, { ...answer, errors });
		const html = names.map((name) => [name, render(String(input[name]))]);
		return { ...answer, preview: Object.fromEntries(html) } as FormResult;
	};
}
