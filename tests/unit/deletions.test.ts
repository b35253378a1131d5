import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { noteDeletion, notedDeletions } from '../../src/lib/platform/deletions.server';

const folder = mkdtempSync(join(tmpdir(), 'convergence-deletions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('deleted accounts are noted by the hash of their id, and a torn line is passed over', async () => {
	expect(await notedDeletions(folder)).toEqual([]);
	const ids = [crypto.randomUUID(), crypto.randomUUID()];
	for (const id of ids) await noteDeletion(id, folder);
	appendFileSync(join(folder, 'deletions'), 'abc');
	expect(await notedDeletions(folder)).toEqual(
		ids.map((id) => createHash('sha256').update(id).digest('hex'))
	);
	const text = readFileSync(join(folder, 'deletions'), 'utf8');
	for (const id of ids) expect(text).not.toContain(id);
	expect(statSync(join(folder, 'deletions')).mode & 0o777).toBe(0o600);
});
