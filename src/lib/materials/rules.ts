/** What the texts hold, in characters; the constraints say the same. */
export const LENGTHS = { title: 160, url: 500 };

/** Of one file and of all files of a forum, in bytes; and materials of a forum. The database says the same. */
export const MOST = { file: 10_000_000, forum: 200_000_000, materials: 100 };

/** What a browser offers to choose from; the site looks at the content alone. */
export const ENDINGS = 'pdf docx pptx xlsx odt odp ods jpg jpeg png'.split(' ');

/** The name of a downloaded file, made from its title: a to z, figures and hyphens. `Budget 2027 : l’été` → `budget-2027-l-ete`. */
export function fileName(title: string): string {
	const plain = title
		.normalize('NFKD')
		.replaceAll(/\p{M}+/gu, '')
		.replaceAll('œ', 'oe')
		.replaceAll('Œ', 'OE')
		.toLowerCase();
	return (
		plain
			.replaceAll(/[^a-z0-9]+/g, '-')
			.slice(0, 60)
			.replaceAll(/^-+|-+$/g, '') || 'file'
	);
}

/** An https address in signs of ASCII, as the browser would ask for it; null for anything else. */
export function secureAddress(typed: string): string | null {
	const address = URL.canParse(typed) ? new URL(typed) : null;
	const isPlain = address?.protocol === 'https:' && !address.username && !address.password;
	return isPlain && /\.[a-z\d-]+$/i.test(address.hostname) ? address.href : null;
}
