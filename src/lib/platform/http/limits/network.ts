import { isIPv6 } from 'node:net';

/**
 * Whom a limit counts: an IPv4 address as it is, an IPv6 address by its first 64 bits, since one line has
 * all addresses below them.
 */
export function networkOf(address: string): string {
	const bare = address.replace(/%.*$/, '');
	const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(bare)?.[1];
	if (mapped) return mapped;
	if (!isIPv6(bare)) return address;
	const [head = '', tail = ''] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
	const groups = (part: string) => (part === '' ? [] : part.split(':'));
	const missing = 8 - groups(head).length - groups(tail).length;
	const all = [...groups(head), ...Array<string>(missing).fill('0'), ...groups(tail)];
	return `${all.slice(0, 4).join(':')}::/64`;
}
