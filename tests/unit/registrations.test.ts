import { expect, test } from 'vitest';
import { deletedOn } from '$lib/registrations/rules';

test.each([
	['2027-11-24', '2028-11-24'],
	['2028-02-29', '2029-02-28'],
	['2027-02-28', '2028-02-28']
])('what was told for %s is erased on %s', (last, erased) => {
	expect(deletedOn(last)).toBe(erased);
});
