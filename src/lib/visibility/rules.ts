/** In the form: all sectors that count as government or police. No code of a sector has a hyphen. */
export const GOVERNMENT = 'government-and-police';

/** What the list may show beside the name. */
export const SHOWN = ['organization', 'sector'] as const;

/** Whose view the preview shows first. */
export const PREVIEW_AS = 'law_enforcement';
