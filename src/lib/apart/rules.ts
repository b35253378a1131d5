import type { Enums } from '$lib/platform/db/types';

/** What a person may write about whom they mean, in characters; the constraint says the same. */
export const LENGTHS = { words: 500, name: 80 };

export type About = Enums<'apart_about'>;
export type ApartStatus = 'waiting' | 'apart' | 'declined';
