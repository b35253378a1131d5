import { expect, test } from 'vitest';
import { movedTo } from '../../src/lib/platform/http/moved.server';

test.each([
	['/ballots/1/result', '/votes/1/result'],
	['/fr/ballots/1', '/fr/votes/1'],
	['/desk', '/organize'],
	['/fr/desk/lists/2014', '/fr/organize/priorities/2014'],
	['/desk/votes/new', '/organize/votes/new'],
	['/priorities/point/1', '/priorities/history/1'],
	['/forums/2016/programme', '/forums/2016/program'],
	['/fr/forums/2016/programme', '/fr/forums/2016/program'],
	['/desktop', undefined],
	['/ballots', undefined],
	['/forums/2016', undefined]
])('%s leads to %s', (from, to) => {
	expect(movedTo(from)).toBe(to);
});
