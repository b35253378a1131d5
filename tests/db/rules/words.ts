import { acts } from '../../../src/lib/domains';
import { filesUnder, namesIn, textOf } from '../../architecture/tree';
import { names, ours, routines, type Query, type Rules } from './rule';

/** Uniqueness that no submitted form can break; none of it needs a sentence. */
const neverHit = [
	'areas_in_forum', // target of a composite foreign key
	'bursaries_one_each', // asking again changes the request
	'check_in_codes_once', // codes are random
	'calendar_addresses_once', // addresses are random
	'confirmation_points_one_a_part', // a pair that has a point gets no other
	'domains_position_once', // written by migrations only
	'forum_roles_one_each', // naming again changes the role
	'forums_with_sample', // target of a composite foreign key
	'invitations_one_hand_over', // the one before is ended under the forum's lock
	'invitations_one_open', // the one before is ended under the forum's lock
	'jobs_once', // a key that is known queues nothing
	'note_parts_one_a_key', // a known key is written over
	'notes_one_a_session', // the notes that are there are used
	'offers_one_open', // a second one is not made
	'priorities_in_forum', // target of a composite foreign key
	'posts_number_once', // the number is counted under the thread's lock
	'requests_one_open', // a second one changes the first
	'report_corrections_one_a_version', // the version is counted under the report's lock
	'vouched_spots_one_code', // codes are random
	'vouched_spots_one_number', // the number is counted under the forum's lock
	'vouched_spots_one_person' // each spot gets an account of its own
];

const folder = 'src/lib/platform/text/i18n/messages/en';
const code = filesUnder('src')
	.filter((path) => /\.(ts|svelte)$/.test(path) && !path.includes('/paraglide/'))
	.map(textOf)
	.join('\n');
const found = (pattern: RegExp) => [...code.matchAll(pattern)].map(([, key]) => key!);
/** Refusals that the site raises itself: `new Refusal('key', …)`. */
const thrown = found(/new Refusal\(\s*'(\w+)'/g);
/** Sentences that a page says by itself. */
const said = found(/\bm(?:essages)?\.[a-z]+_refusal_(\w+)/g);

/** The keys that have a sentence. That both languages hold the same keys is a rule of its own. */
const spoken = namesIn(folder).flatMap((file) =>
	Object.keys(JSON.parse(textOf(`${folder}/${file}`)) as object).flatMap(
		(key) => /^[a-z]+_refusal_(\w+)$/.exec(key)?.[1] ?? []
	)
);
const statement = /raise\s+exception\b[^;]*/gi;
const refusal = /^raise\s+exception\s+'([a-z][a-z0-9_]*)'\s+using\s+errcode\s*=\s*'PT4\d\d'/i;

async function raised(query: Query): Promise<{ name: string; text: string }[]> {
	return (await routines(query)).flatMap(({ signature, body }) =>
		(body.match(statement) ?? []).map((text) => ({ name: signature, text }))
	);
}

/** Every key that a function can raise. */
async function keys(query: Query): Promise<string[]> {
	return (await raised(query)).flatMap(({ text }) => refusal.exec(text)?.[1] ?? []);
}

/** Every act that a function logs in the audit; `case` may choose between two. */
async function logged(query: Query): Promise<string[]> {
	const named = (await routines(query)).flatMap(({ body }) =>
		[...body.matchAll(/private\.log\(\s*(case\s.*?\send\b|'\w+')/gs)].flatMap(([, action]) =>
			[...action!.matchAll(/(?:^|then\s+|else\s+)'(\w+)'/g)].map(([, name]) => name!)
		)
	);
	return [...new Set(named)];
}

/** Raised by the guards that the callers named in a comment imply. */
const guards = ['sign_in_first', 'profile_first', 'account_suspended', 'organizers_only'];

/** The functions of the API with their comments. */
const documented = `select p.proname as name, p.prosrc as body, obj_description(p.oid, 'pg_proc') as comment
	from pg_proc p where p.pronamespace = 'public'::regnamespace order by 1`;

/** Uniqueness: constraints, and unique indexes without one. */
const unique = `select c.relname as name from pg_index i
	join pg_class c on c.oid = i.indexrelid
	join pg_namespace n on n.oid = c.relnamespace
	where n.nspname in ${ours} and (i.indisunique or i.indisexclusion) and not i.indisprimary order by 1`;

const constraints = `select k.conname as name from pg_constraint k
	join pg_namespace n on n.oid = k.connamespace where n.nspname in ${ours}`;

/** Refusals and their sentences. */
export const wordRules: Rules = {
	'each refusal carries its key and its status': async (query) =>
		(await raised(query))
			.filter(({ text }) => !refusal.test(text))
			.map(({ name, text }) => `${name}: ${text}`),

	'each refusal has a sentence': async (query) => {
		const uniqueness = await names(query, unique);
		const all = [
			...(await keys(query)),
			...uniqueness.filter((name) => !neverHit.includes(name)),
			...thrown
		];
		return [...new Set(all)].filter((key) => !spoken.includes(key));
	},

	'each function of the API says who may call it, and names the refusals that it raises': async (
		query
	) => {
		const rows = await query<{ name: string; body: string; comment: string | null }>(documented);
		return rows.flatMap(({ name, body, comment }) => {
			const named = refusesOf(comment);
			const own = (body.match(statement) ?? []).flatMap((text) => refusal.exec(text)?.[1] ?? []);
			return [
				...(/ Callers: [^.]+\./.test(comment ?? '') ? [] : [`${name}: no callers`]),
				...own
					.filter((key) => !guards.includes(key) && !named.includes(key))
					.map((key) => `${name}: ${key} is not named`)
			];
		});
	},

	'the comments of the API name no refusal that nothing raises': async (query) => {
		const known = [...(await keys(query)), ...(await names(query, constraints))];
		const rows = await query<{ name: string; comment: string | null }>(documented);
		return rows.flatMap(({ name, comment }) =>
			refusesOf(comment)
				.filter((key) => !known.includes(key))
				.map((key) => `${name}: ${key}`)
		);
	},

	'no sentence is left of a refusal that nobody raises': async (query) => {
		const used = new Set([
			...(await keys(query)),
			...(await names(query, unique)),
			...(await names(query, constraints)),
			...thrown,
			...said
		]);
		return spoken.filter((key) => !used.has(key));
	},

	'each act of the audit has words': async (query) =>
		(await logged(query)).filter((action) => !(action in acts)),

	'no words are left of an act that nobody logs': async (query) => {
		const actions = await logged(query);
		return Object.keys(acts).filter((action) => !actions.includes(action));
	},

	'an act is logged by its name, so that it is found here': async (query) =>
		(await routines(query))
			.filter(({ body }) => /private\.log\((?!\s*(case\s|'\w+'))/.test(body))
			.map(({ signature }) => signature),

	'the list of uniqueness without a sentence names nothing that is not there': async (query) => {
		const uniqueness = await names(query, unique);
		return neverHit.filter((name) => !uniqueness.includes(name));
	}
};

/** `… Refuses: forum_not_found, list_locked.` */
function refusesOf(comment: string | null): string[] {
	return /Refuses: ([\w, ]+)\./.exec(comment ?? '')?.[1]?.split(', ') ?? [];
}
