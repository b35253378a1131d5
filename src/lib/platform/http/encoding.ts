/** Whether a browser takes gzip: named by itself, and not refused with `q=0`. */
export function acceptsGzip(header: string | null): boolean {
	return (header ?? '').split(',').some((part) => {
		const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
		return name === 'gzip' && !parameters.some((text) => /^q=0(\.0*)?$/.test(text));
	});
}
