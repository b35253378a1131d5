/** What a profile holds, in characters; the constraints say the same. */
export const LENGTHS = { name: 80, organization: 160, reason: 500 };
