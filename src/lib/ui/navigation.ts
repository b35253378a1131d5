/** A page that the menus name, in the reader's language; `path` is without language. */
export interface Place {
	path: `/${string}`;
	text: string;
}
