/** The name of a cookie that this site alone reads. Browsers take the strict prefix on https only. */
export function cookieName(name: string, { protocol }: URL): string {
	return protocol === 'https:' ? `__Host-${name}` : name;
}

/** Out of reach of script, and not sent along with a form of another site. */
export function cookieOptions({ protocol }: URL) {
	return { path: '/', httpOnly: true, sameSite: 'lax', secure: protocol === 'https:' } as const;
}
