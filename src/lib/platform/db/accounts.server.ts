import { randomBytes, randomUUID } from 'node:crypto';
import { authClient, inTime } from './client.server';
import { Unavailable } from './refusal';

/** Makes an account that nothing can be sent to, unconfirmed, and gives its id; `domain` is that of its address. */
export async function makeAccount(domain: `${string}.invalid`): Promise<string> {
	const { auth } = await authClient();
	const email = `${randomUUID()}@${domain}`;
	const password = randomBytes(32).toString('base64url');
	const { data, error } = await inTime(auth.signUp({ email, password }));
	if (!data.user) throw new Unavailable({ cause: error });
	return data.user.id;
}
