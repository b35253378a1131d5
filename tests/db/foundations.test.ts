import { expect, test } from 'vitest';
import { member, organizer } from './builders';
import { scene } from './scene';

const attempt = { bucket: 'codes', key: 'k', allowed: 2, seconds: 3600 };

test('attempts are counted per bucket and key, and the answer says how long to wait', () =>
	scene(async ({ service }) => {
		expect(await service.calls('take_attempt', attempt)).toBe(0);
		expect(await service.calls('take_attempt', attempt)).toBe(0);
		const wait = await service.calls<number>('take_attempt', attempt);
		expect(wait).toBeGreaterThan(0);
		expect(wait).toBeLessThanOrEqual(3600);
		expect(await service.calls('take_attempt', { ...attempt, key: 'other' })).toBe(0);
		expect(await service.calls('take_attempt', { ...attempt, bucket: 'emails' })).toBe(0);
	}));

test('a new window starts from nothing and forgets the old one', () =>
	scene(async ({ service, sql }) => {
		await service.calls('take_attempt', { ...attempt, allowed: 0 });
		await sql(`update private.attempts set window_start = window_start - interval '1 hour'`);
		expect(await service.calls('take_attempt', attempt)).toBe(0);
		expect(await sql('select count from private.attempts')).toEqual([{ count: 1 }]);
	}));

test('nobody but the site itself counts attempts', () =>
	scene(async (s) => {
		for (const someone of [s.visitor, await member(s, 'Amira'), await organizer(s)]) {
			await expect(someone.calls('take_attempt', attempt)).rejects.toMatchObject({ code: '42501' });
		}
	}));

test('the audit takes no correction, not even from the owner', () =>
	scene(async ({ sql }) => {
		await sql(`select private.log('something')`);
		for (const change of [
			`update private.audit set action = 'other'`,
			'delete from private.audit',
			'truncate private.audit'
		]) {
			await sql('savepoint here');
			await expect(sql(change)).rejects.toThrow('audit_is_append_only');
			await sql('rollback to here');
		}
	}));

test('even the secret key reads and writes no table', () =>
	scene(async ({ service, sql }) => {
		const tables = await sql<{ name: string }>(
			`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
		);
		expect(tables.length).toBeGreaterThan(10);
		for (const { name } of tables) {
			await expect(service.reads(name), name).rejects.toMatchObject({ code: '42501' });
		}
	}));

test('how full something is has three words', () =>
	scene(async ({ sql }) => {
		const said = (taken: number, capacity: number | null) =>
			sql<{ it: string }>('select private.availability($1, $2) as it', [taken, capacity]).then(
				([row]) => row?.it
			);
		expect(await said(0, null)).toBe('open');
		expect(await said(89, 100)).toBe('open');
		expect(await said(90, 100)).toBe('few');
		expect(await said(36, 40)).toBe('few');
		expect(await said(99, 100)).toBe('few');
		expect(await said(100, 100)).toBe('full');
		expect(await said(101, 100)).toBe('full');
		expect(await said(0, 0)).toBe('full');
	}));
