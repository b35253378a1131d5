/** What a sector holds, in characters; the constraints say the same. */
export const LENGTHS = { sector: 80 };

/** The sector of those who prefer not to say: it lets nobody in, and says nothing of them. */
export const UNDISCLOSED = 'undisclosed';

/** What "closed to government and police" names in words, and who does not say; a constraint says the same. */
export const ALWAYS_GOVERNMENT = ['government', 'law_enforcement', UNDISCLOSED];
