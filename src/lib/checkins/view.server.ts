import type { ComponentProps } from 'svelte';
import { render } from 'svelte/server';
import { encode } from 'uqr';
import ScanAnswer from './parts/ScanAnswer.svelte';

/** A code as the path of an SVG: one step of the path for each row of dark squares beside each other. */
export function drawn(code: string): { size: number; path: string } {
	// Four light squares around it, as the standard asks.
	const { size, data } = encode(code, { ecc: 'M', border: 4 });
	const path = data.flatMap((row, y) =>
		[
			...row
				.map((dark) => (dark ? '1' : '0'))
				.join('')
				.matchAll(/1+/g)
		].map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`)
	);
	return { size, path: path.join('') };
}

/** The answer to a scan as HTML, for a page that stays open. */
export function answerHtml(props: ComponentProps<typeof ScanAnswer>): string {
	return render(ScanAnswer, { props }).body.replaceAll(/<!--.*?-->/g, '');
}
