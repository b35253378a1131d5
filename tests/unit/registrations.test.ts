import { expect, test } from 'vitest';
import { deletedOn } from '$lib/registrations/rules';

test.each([
	['2027-11-24', '2028-11-24'],
	['2028-02-29', '2029-02-28'],
	['2027-02-28', '2028-02-28']
])('registrations for %s are deleted on %s', (last, deleted) => {
	expect(deletedOn(last)).toBe(deleted);
});
