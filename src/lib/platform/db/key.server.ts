import { createHash } from 'node:crypto';

/**
 * The key of a form together with its words. Somebody who got no answer may change the text before they send it
 * again: by the key of the form alone it would count as sent, and be lost.
 */
export function keyOf(form: string, ...texts: string[]): string {
	const hash = createHash('sha256')
		.update(JSON.stringify([form, ...texts]))
		.digest('hex');
	return [
		hash.slice(0, 8),
		hash.slice(8, 12),
		hash.slice(12, 16),
		hash.slice(16, 20),
		hash.slice(20, 32)
	].join('-');
}
