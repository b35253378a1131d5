import { expect, test } from 'vitest';
import { emails } from '../../src/lib/domains';
import { forum, member, organizer } from './builders';
import { scene, type Scene } from './scene';

const write = ({ sql }: Scene, to = 'amira@example.org') =>
	sql(`select private.queue_email($1, 'fr', true, 'sign_in', '{"code": "12345678"}')`, [to]);

const claim = ({ service }: Scene) =>
	service.calls<any[]>('claim_jobs', { kinds: ['mail_send'], how_many: 10, lease_seconds: 90 });

const waiting = ({ sql }: Scene) =>
	sql(`select payload, finished_at is not null as finished, failed_at is not null as failed, last_error
		from private.jobs where kind = 'mail_send'`);

test('an email is a job that knows its recipient, and how to write to them', () =>
	scene(async (s) => {
		await write(s);
		const [job] = await claim(s);
		expect(job).toMatchObject({
			kind: 'mail_send',
			attempt: 1,
			payload: {
				recipient: 'amira@example.org',
				language: 'fr',
				discreet: true,
				kind: 'sign_in',
				facts: { code: '12345678' }
			}
		});
	}));

test('of an email that was sent neither address nor facts are left', () =>
	scene(async (s) => {
		await write(s);
		const [{ job_id, attempt }] = await claim(s);
		await s.service.calls('settle_job', { job_id, attempt });
		expect(await waiting(s)).toEqual([
			{ payload: {}, finished: true, failed: false, last_error: null }
		]);
		expect(await s.sql('select 1 from private.emails')).toEqual([]);
	}));

test('of an email that the mail server refused only the code is left', () =>
	scene(async (s) => {
		await write(s);
		const [{ job_id, attempt }] = await claim(s);
		await s.service.calls('settle_job', {
			job_id,
			attempt,
			failure: 'EENVELOPE',
			permanent: true
		});
		expect(await waiting(s)).toEqual([
			{ payload: {}, finished: false, failed: true, last_error: 'EENVELOPE' }
		]);
	}));

test('a code that is no longer good is not sent, and is deleted', () =>
	scene(async (s) => {
		const amira = await s.person('Amira');
		await s.sql('select private.queue_auth_email($1)', [
			JSON.stringify({
				user: { id: amira.id, email: amira.email },
				email_data: { token: '12345678', token_hash: 'hash', email_action_type: 'magiclink' }
			})
		]);
		const [{ minutes }] = (await s.sql<any>(
			`select extract(epoch from expires_at - queued_at) / 60 as minutes from private.jobs`
		)) as [{ minutes: number }];
		expect(Math.round(minutes)).toBe(15);
		await s.sql('update private.jobs set expires_at = clock_timestamp()');
		expect(await s.sql('select 1 from private.emails')).toEqual([]);
		expect(await claim(s)).toEqual([]);
		expect(await waiting(s)).toEqual([
			{ payload: {}, finished: false, failed: true, last_error: 'expired' }
		]);
	}));

test('nobody but the site itself sees emails', () =>
	scene(async (s) => {
		await write(s);
		const people = [s.visitor, await member(s, 'Amira'), await organizer(s)];
		for (const someone of people) {
			await expect(someone.calls('mailbox')).rejects.toMatchObject({ code: '42501' });
			await expect(someone.query('select * from private.emails')).rejects.toMatchObject({
				code: '42501'
			});
		}
	}));

test('there is a mailbox only where the sample network is, or on a trial of the site', () =>
	scene(async (s) => {
		await write(s);
		await expect(s.service.calls('mailbox')).rejects.toThrow('mailbox_not_here');
		expect(await s.service.calls('mailbox', { trial: true })).toBeDefined();
		await s.sql('create table private.sample_network (loaded_at timestamptz)');
		expect(await s.service.calls('mailbox')).toMatchObject([
			{ recipient: 'amira@example.org', language: 'fr', kind: 'sign_in' }
		]);
	}));

test('deleting an account deletes the emails that wait', () =>
	scene(async (s) => {
		const amira = await member(s, 'Amira');
		const { forum_id } = await forum(s);
		await amira.calls('register', {
			forum_id,
			mode: 'online',
			name: 'Amira',
			language: 'en',
			province: 'NS',
			sector: 'ngo',
			organization_name: '',
			discreet: false
		});
		expect(await amira.calls('export_my_data')).toMatchObject({
			jobs: [{ kind: 'registration_confirmed' }],
			events: [{ kind: 'registration_confirmed' }]
		});
		await amira.calls('delete_my_account');
		expect(await s.sql('select 1 from private.jobs')).toEqual([]);
		expect(await s.sql('select actor_id from private.events')).toEqual([{ actor_id: null }]);
	}));

test('an address that is none, or carries a second line, never becomes an email', () =>
	scene(async (s) => {
		for (const to of ['nobody', 'a@b\nBcc: c@example.org', `${'a'.repeat(250)}@b.org`]) {
			await expect(
				s.sql('savepoint here').then(() => write(s, to).finally(() => s.sql('rollback to here')))
			).rejects.toMatchObject({ message: expect.stringContaining('emails_recipient_shape') });
		}
	}));

test('every kind of email that a verb queues has words, and no words are left over', () =>
	scene(async (s) => {
		const functions = await s.sql<{ source: string }>(
			`select prosrc as source from pg_proc
			where pronamespace in ('public'::regnamespace, 'private'::regnamespace) and prosrc ~ 'queue_email|email_regist'`
		);
		const kinds = functions.flatMap(({ source }) => kindsIn(source));
		expect([...new Set(kinds)].sort()).toEqual(Object.keys(emails).sort());
	}));

/** The place of the kind among the arguments. */
const places = { queue_email: 3, queue_email_to: 1, email_registration: 2, email_registered: 1 };

/** The literals that a function hands over as the kind; `'registration_' || status` is one of three. */
function kindsIn(source: string): string[] {
	return [
		...source.matchAll(/private\.(queue_email(?:_to)?|email_registration|email_registered)\(/g)
	].flatMap(({ 0: call, 1: name, index }) => {
		const place = places[name as keyof typeof places];
		const kind = (argumentsAt(source.slice(index + call.length))[place] ?? '').trim();
		if (kind.startsWith("'registration_' ||")) {
			return ['confirmed', 'pending', 'waitlisted'].map((status) => `registration_${status}`);
		}
		const chosen = [...kind.matchAll(/\b(?:then|else)\s+'(\w+)'/g)].map(([, name]) => name!);
		const plain = /^'(\w+)'$/.exec(kind)?.[1];
		return plain ? [plain] : chosen;
	});
}

/** The arguments of a call, from after its parenthesis to the one that closes it. */
function argumentsAt(text: string): string[] {
	const list = [''];
	let depth = 0;
	for (const [part] of text.matchAll(/'[^']*'|[(),]|[^'(),]+/g)) {
		if (part === ')' && depth === 0) break;
		if (part === '(') depth++;
		if (part === ')') depth--;
		if (part === ',' && depth === 0) list.push('');
		else list[list.length - 1] += part;
	}
	return list.map((argument) => argument.trim());
}

test('organizers see an address only where something can be sent to it', () =>
	scene(async ({ sql }) => {
		const shown = await sql<{ name: string }>(
			`select proname as name from pg_proc
			where pronamespace::regnamespace::text in ('public', 'private') and position('''email'', u.email' in prosrc) > 0`
		);
		// One's own address is what one signs in with.
		expect(shown.map(({ name }) => name)).toEqual(['export_my_data']);
	}));
