import type { App } from '@supabase/lite';
import { logger } from '$lib/platform/log.server';
import type { Sql } from './sql.server';

type Kind = 'signup' | 'magiclink' | 'recovery' | 'email_change' | 'reauthentication';
type About = { userId?: string; currentEmail?: string; newEmail?: string };

/**
 * Lets every email of the auth server be written by `private.queue_auth_email(event jsonb)`, with
 * the event of Supabase's "Send Email" hook: a hosted project calls the same function, so all
 * backends write the same emails in the same two languages.
 * One that cannot be queued is an error for who asked, as on a hosted project.
 */
export function queueAuthEmails(
	app: App,
	sql: Sql,
	siteUrl: string,
	redirectTo: () => string | undefined
): void {
	const write = async (kind: Kind, email: string, hash: string, token: string, about?: About) => {
		const event = {
			user: { id: about?.userId, email: about?.currentEmail ?? email, new_email: about?.newEmail },
			email_data: {
				token,
				token_hash: hash,
				email_action_type: kind,
				site_url: siteUrl,
				redirect_to: redirectTo() ?? siteUrl
			}
		};
		try {
			await sql.query('select private.queue_auth_email($1::jsonb)', [JSON.stringify(event)]);
		} catch (cause) {
			const { code = 'unknown' } = cause as { code?: string };
			logger.error({ kind, code }, 'email not queued');
			throw cause;
		}
	};
	app._mailer = {
		sendConfirmation: (email, hash, token, about) => write('signup', email, hash, token, about),
		sendMagicLink: (email, hash, token, about) => write('magiclink', email, hash, token, about),
		sendRecovery: (email, hash, token, about) => write('recovery', email, hash, token, about),
		sendEmailChange: (email, hash, token, about) =>
			write('email_change', email, hash, token, about),
		sendReauthentication: (email, token, about) =>
			write('reauthentication', email, about?.tokenHash ?? '', token, about)
	};
}
