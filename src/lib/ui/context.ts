import { getContext, setContext } from 'svelte';
import type { FormResult } from '$lib/platform/http/form';

/** What a form tells the fields inside it; functions, so that they follow the form's latest answer. */
interface Answer {
	prefix: () => string;
	error: (name: string) => string | undefined;
	value: (name: string) => string | string[] | undefined;
	preview: () => FormResult['preview'];
	stored: () => FormResult['stored'];
}

const key = Symbol('answer');

/** Called by Form while it is set up. */
export function provideAnswer(answer: Answer) {
	setContext(key, answer);
}

/** Called by a field while it is set up; undefined outside a Form. */
export function surroundingAnswer(): Answer | undefined {
	return getContext<Answer | undefined>(key);
}
