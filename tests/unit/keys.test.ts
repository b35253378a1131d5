import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { destroyKey, makeKey, readKey } from '../../src/lib/platform/keys.server';

const folder = mkdtempSync(join(tmpdir(), 'convergence-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a key is made once, read by its account alone, and destroyed as often as asked', async () => {
	const keys = join(folder, 'keys');
	const id = crypto.randomUUID();
	const key = await makeKey(id, keys);
	expect(key).toMatch(/^[\w-]{43}$/);
	expect(await readKey(id, keys)).toBe(key);
	await expect(makeKey(id, keys)).rejects.toMatchObject({ code: 'EEXIST' });
	expect(statSync(keys).mode & 0o777).toBe(0o700);
	expect(statSync(join(keys, id)).mode & 0o777).toBe(0o600);
	await destroyKey(id, keys);
	await destroyKey(id, keys);
	expect(await readKey(id, keys)).toBe('');
	expect(readdirSync(keys)).toEqual([]);
});

test('no name leads out of the folder', async () => {
	writeFileSync(join(folder, 'secrets.json'), '{}');
	for (const name of ['../secrets.json', 'secrets.json', '']) {
		await expect(readKey(name, folder)).rejects.toThrow('not the id');
		await expect(destroyKey(name, folder)).rejects.toThrow('not the id');
	}
	expect(readdirSync(folder)).toContain('secrets.json');
});
