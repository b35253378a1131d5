/**
 * HTML that the server has rendered and that the document holds already, so that it is left out of the
 * data for hydration (`transport` in hooks.ts). After a client navigation it travels as a string.
 */
export class Rendered {
	constructor(readonly html: string) {}
}
