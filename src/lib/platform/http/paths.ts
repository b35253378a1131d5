import { z } from 'zod';

type Path = `/${string}`;

/** A path of this site, never of another one, encoded as a header can carry it. */
const path = z
	.string()
	.regex(/^\/(?![/\\])[!-[\]-~]*$/)
	.max(500)
	.transform((sent) => sent as Path);

/** Where to go after signing in, without a language: the reader may change it on the way. */
export const nextPath = path.transform(withoutLanguage).pipe(path).or(z.literal('')).catch('');

/** The action of this site that a form was sent to. */
export const formPath = path.catch('/');

function withoutLanguage(path: string): string {
	const rest = path.replace(/^\/fr(?=[/?#]|$)/, '');
	return rest.startsWith('/') ? rest : `/${rest}`;
}
