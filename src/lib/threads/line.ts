/** Classes of the line along a thread, as strong as the committees that share it, three at the most. */
export function lineOf(committees: number) {
	const lines = Math.min(Math.max(committees, 1), 3);
	const line = [
		'before:left-[13px] before:border-l-2',
		'before:left-[12px] before:border-l-4',
		'before:left-[11px] before:border-l-6'
	][lines - 1]!;
	return {
		lines,
		along: `relative pl-[45px] before:absolute before:top-0 before:-bottom-px before:border-line before:content-[""] ${line}`,
		sum: ['border-t-2', 'border-t-4', 'border-t-6'][lines - 1]!,
		stroke: ['', 'stroke-4', 'stroke-6'][lines - 1]!
	};
}
