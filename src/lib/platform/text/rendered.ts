/**
 * HTML that the server has rendered and that the document holds already, so that it is left out of the
 * data for hydration (`transport` in hooks.ts). After a client navigation it travels as a string.
 */
export class Rendered {
	constructor(readonly html: string) {}
}

const onlyHere = new WeakSet<object>();

/**
 * Marks the data of a page without script, which no browser hydrates: Kit writes it into text nevertheless, for
 * 0.6 of the 7 ms of a committee's page. A client navigation does get it.
 */
export function unsent<Data extends object>(data: Data, event: { isDataRequest: boolean }): Data {
	if (!event.isDataRequest) onlyHere.add(data);
	return data;
}

export function isUnsent(value: unknown): boolean {
	return typeof value === 'object' && value !== null && onlyHere.has(value);
}
