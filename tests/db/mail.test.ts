import { expect, test } from 'vitest';
import { member, organizer } from './builders';
import { scene, type Scene } from './scene';

const write = ({ sql }: Scene, to = 'amira@example.org') =>
	sql(`select private.queue_email($1, 'fr', true, 'sign_in', '{"code": "12345678"}')`, [to]);

test('a claimed email is not claimed again until its time has come back', () =>
	scene(async (s) => {
		await write(s);
		const [email] = await s.service.calls<any[]>('claim_emails', { how_many: 10 });
		expect(email).toMatchObject({
			recipient: 'amira@example.org',
			language: 'fr',
			discreet: true
		});
		expect(await s.service.calls('claim_emails', { how_many: 10 })).toEqual([]);
		await s.sql(`update private.emails set due_at = now() - interval '1 second'`);
		expect(await s.service.calls('claim_emails', { how_many: 10 })).toHaveLength(1);
	}));

test('a email that went keeps neither address nor facts', () =>
	scene(async (s) => {
		await write(s);
		const [email] = await s.service.calls<any[]>('claim_emails', { how_many: 10 });
		await s.service.calls('settle_email', { email_id: email.email_id });
		expect(
			await s.sql('select recipient, facts, sent_at is not null as sent from private.emails')
		).toEqual([{ recipient: 'erased@invalid', facts: {}, sent: true }]);
	}));

test('a email that fails is kept for later, and forgotten after eight tries', () =>
	scene(async (s) => {
		await write(s);
		for (let attempt = 1; attempt <= 8; attempt++) {
			await s.sql(`update private.emails set due_at = now() - interval '1 second'`);
			const [email] = await s.service.calls<any[]>('claim_emails', { how_many: 10 });
			expect(email.recipient).toBe('amira@example.org');
			await s.service.calls('settle_email', {
				email_id: email.email_id,
				failure: 'ECONNREFUSED'
			});
		}
		await s.sql(`update private.emails set due_at = now() - interval '1 second'`);
		expect(await s.service.calls('claim_emails', { how_many: 10 })).toEqual([]);
		expect(await s.sql('select recipient, facts, failure from private.emails')).toEqual([
			{ recipient: 'erased@invalid', facts: {}, failure: 'ECONNREFUSED' }
		]);
	}));

test('nobody but the site itself touches emails', () =>
	scene(async (s) => {
		const people = [s.visitor, await member(s, 'Amira'), await organizer(s)];
		for (const someone of people) {
			for (const [verb, args] of [
				['claim_emails', { how_many: 1 }],
				['settle_email', { email_id: crypto.randomUUID() }],
				['mailbox', {}],
				['delete_old_emails', {}]
			] as const) {
				await expect(someone.calls(verb, args), verb).rejects.toMatchObject({ code: '42501' });
			}
		}
	}));

test('there is a mailbox only where the sample network is', () =>
	scene(async (s) => {
		await write(s);
		await expect(s.service.calls('mailbox')).rejects.toThrow('mailbox_not_here');
		await s.sql('create table private.sample_network (loaded_at timestamptz)');
		expect(await s.service.calls('mailbox')).toHaveLength(1);
	}));

test('emails are forgotten after 30 days', () =>
	scene(async (s) => {
		await write(s);
		await write(s);
		await s.sql(
			`update private.emails set written_at = now() - interval '31 days'
			where email_id = (select email_id from private.emails limit 1)`
		);
		expect(await s.service.calls('delete_old_emails')).toBe(1);
	}));

test('an address that is none, or carries a second line, never becomes a email', () =>
	scene(async (s) => {
		for (const to of ['nobody', 'a@b\nBcc: c@example.org', `${'a'.repeat(250)}@b.org`]) {
			await expect(
				s.sql('savepoint here').then(() => write(s, to).finally(() => s.sql('rollback to here')))
			).rejects.toMatchObject({ message: expect.stringContaining('emails_recipient_shape') });
		}
	}));
