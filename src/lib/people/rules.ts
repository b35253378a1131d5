/** What a profile holds, in characters; the constraints say the same. */
export const LENGTHS = { name: 80, organization: 160, reason: 500 };

/** Whether signing in is on the way to registering for a forum: two steps before it. */
export function isRegistering(next: string): boolean {
	return /^\/forums\/[^/?#]+\/register(?=$|[?#])/.test(next);
}

/** Whether emails can be sent to an address: accounts of people who give none have one under `.invalid`. */
export function hasMailbox(address: string): boolean {
	return !address.endsWith('.invalid');
}
