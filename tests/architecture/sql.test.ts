import { describe, expect, test } from 'vitest';
import { filesUnder, textOf } from './tree';

// How SQL is written. No formatter from npm leaves bodies in plpgsql alone, and linters such as squawk come as
// a binary; these few rules need neither. What SQL does is checked in db/architecture.test.ts.

const keywords =
	/\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|FROM|WHERE|JOIN|RETURNS|BEGIN|END|RETURN|RAISE|GRANT|REVOKE)\b/;

const files = filesUnder('supabase/migrations').filter((path) => path.endsWith('.sql'));

test('each migration says at its head what it is', () => {
	expect(files.filter((path) => !/^-- [A-Z]/.test(textOf(path)))).toEqual([]);
});

describe.each(files)('%s', (path) => {
	const lines = textOf(path).split('\n');
	const breaches = (isWrong: (line: string, index: number) => boolean) =>
		lines.flatMap((line, index) => (isWrong(line, index) ? [`${index + 1}: ${line}`] : []));

	test('is written in lowercase, without tabs', () => {
		// Not in comments and texts: `tg_op = 'UPDATE'`.
		const bare = (line: string) => line.replace(/--.*$|'[^']*'/g, '');
		expect(breaches((line) => line.includes('\t') || keywords.test(bare(line)))).toEqual([]);
	});

	test('has lines of at most 140 characters', () => {
		expect(breaches((line) => line.length > 140)).toEqual([]);
	});

	test('asks who it is once per query, not once per row', () => {
		// Without `select` the planner calls the function for each row that it scans.
		const bare = /(=|any\() ?(private\.my_\w+|auth\.uid)\(\)/;
		const outside = /:= |^\s*(els)?if /;
		expect(breaches((line) => bare.test(line) && !outside.test(line))).toEqual([]);
	});

	test('gives before each function of the API a reason, a limit or a trap', () => {
		const isApi = /^create (or replace )?function public\./;
		expect(
			breaches((line, index) => isApi.test(line) && !lines[index - 1]?.startsWith('-- '))
		).toEqual([]);
	});
});
