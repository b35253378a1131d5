/** Whether somebody looks at the page: not when a browser fetches it ahead, or asks for its headers. */
export function isForReading({ method, headers }: Pick<Request, 'method' | 'headers'>): boolean {
	const purpose = ['sec-purpose', 'purpose', 'x-moz'].map((name) => headers.get(name)).join();
	return method === 'GET' && !/prefetch|prerender|preview/i.test(purpose);
}
