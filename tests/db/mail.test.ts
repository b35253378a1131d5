import { expect, test } from 'vitest';
import { member, organizer } from './builders';
import { scene, type Scene } from './scene';

const write = ({ sql }: Scene, to = 'amira@example.org') =>
	sql(`select private.write_letter($1, 'fr', true, 'sign_in', '{"code": "12345678"}')`, [to]);

test('a claimed letter is not claimed again until its time has come back', () =>
	scene(async (s) => {
		await write(s);
		const [letter] = await s.service.calls<any[]>('claim_letters', { how_many: 10 });
		expect(letter).toMatchObject({
			recipient: 'amira@example.org',
			language: 'fr',
			discreet: true
		});
		expect(await s.service.calls('claim_letters', { how_many: 10 })).toEqual([]);
		await s.sql(`update private.letters set due_at = now() - interval '1 second'`);
		expect(await s.service.calls('claim_letters', { how_many: 10 })).toHaveLength(1);
	}));

test('a letter that went keeps neither address nor facts', () =>
	scene(async (s) => {
		await write(s);
		const [letter] = await s.service.calls<any[]>('claim_letters', { how_many: 10 });
		await s.service.calls('settle_letter', { letter_id: letter.letter_id });
		expect(
			await s.sql('select recipient, facts, sent_at is not null as sent from private.letters')
		).toEqual([{ recipient: 'erased@invalid', facts: {}, sent: true }]);
	}));

test('a letter that fails is kept for later, and forgotten after eight tries', () =>
	scene(async (s) => {
		await write(s);
		for (let attempt = 1; attempt <= 8; attempt++) {
			await s.sql(`update private.letters set due_at = now() - interval '1 second'`);
			const [letter] = await s.service.calls<any[]>('claim_letters', { how_many: 10 });
			expect(letter.recipient).toBe('amira@example.org');
			await s.service.calls('settle_letter', {
				letter_id: letter.letter_id,
				failure: 'ECONNREFUSED'
			});
		}
		await s.sql(`update private.letters set due_at = now() - interval '1 second'`);
		expect(await s.service.calls('claim_letters', { how_many: 10 })).toEqual([]);
		expect(await s.sql('select recipient, facts, failure from private.letters')).toEqual([
			{ recipient: 'erased@invalid', facts: {}, failure: 'ECONNREFUSED' }
		]);
	}));

test('nobody but the site itself touches letters', () =>
	scene(async (s) => {
		const people = [s.visitor, await member(s, 'Amira'), await organizer(s)];
		for (const someone of people) {
			for (const [verb, args] of [
				['claim_letters', { how_many: 1 }],
				['settle_letter', { letter_id: crypto.randomUUID() }],
				['mailbox', {}],
				['tidy_letters', {}]
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

test('letters are forgotten after 30 days', () =>
	scene(async (s) => {
		await write(s);
		await write(s);
		await s.sql(
			`update private.letters set written_at = now() - interval '31 days'
			where letter_id = (select letter_id from private.letters limit 1)`
		);
		expect(await s.service.calls('tidy_letters')).toBe(1);
	}));

test('an address that is none, or carries a second line, never becomes a letter', () =>
	scene(async (s) => {
		for (const to of ['nobody', 'a@b\nBcc: c@example.org', `${'a'.repeat(250)}@b.org`]) {
			await expect(
				s.sql('savepoint here').then(() => write(s, to).finally(() => s.sql('rollback to here')))
			).rejects.toMatchObject({ message: expect.stringContaining('letters_recipient_shape') });
		}
	}));
