/**
 * The domains in order: each may use those before it, never one after it. A domain has the same name
 * in SQL, TypeScript, messages and tests.
 */
export const domains = [
	'mail',
	'directory',
	'people',
	'forums',
	'registrations',
	'sessions',
	'committees',
	'threads',
	'priorities',
	'votes',
	'reports',
	'organize',
	'home',
	'privacy'
] as const;
