// Where the lines of a lineage stand, in px of a gutter that is 40 px wide.

export const gutter = 40;
export const middle = 20;

/** The place of one of several lanes, side by side around the middle. */
export function place(index: number, lanes: number): number {
	const apart = lanes > 1 ? Math.min(10, 30 / (lanes - 1)) : 0;
	return middle + apart * (index - (lanes - 1) / 2);
}

/** Its place in the bundle: lines lie 2 px apart where they meet, so that they close into one. */
export function bundled(index: number, lanes: number): number {
	return middle - (lanes - 1) + 2 * index;
}
