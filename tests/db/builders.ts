import type { Persona, Scene } from './scene';

// What several domains need to set a stage. Each makes the least that is valid; a test says what it
// is about.

/** In the place of the key that the site stores for an open vote. */
export const voteKey = 'k'.repeat(43);

/** Has a vote that was written by hand know that key. */
export async function giveKey({ sql }: Scene, vote_id: string): Promise<void> {
	await sql(`insert into private.vote_keys values ($1, sha256(convert_to($2, 'UTF8')))`, [
		vote_id,
		voteKey
	]);
}

type Profile = {
	sector?: string | null;
	province?: string;
	language?: 'en' | 'fr';
	suspended?: boolean;
	approved?: boolean;
};

/** Someone with an account and a profile: an NGO from Nova Scotia by default. */
export async function member(scene: Scene, name: string, about: Profile = {}): Promise<Persona> {
	const {
		sector = 'ngo',
		province = 'NS',
		language = 'en',
		suspended = false,
		approved = true
	} = about;
	const person = await scene.person(name);
	await scene.sql(
		`insert into public.people (person_id, name, language, province, sector, suspended_at, approved_at)
		values ($1, $2, $3, $4, $5, case when $6::boolean then now() end, case when $7::boolean then now() end)`,
		[person.id, name, language, province, sector, suspended, approved]
	);
	return person;
}

/** Someone who organizes. */
export async function organizer(scene: Scene, name = 'Olive'): Promise<Persona> {
	const person = await member(scene, name);
	await scene.sql(`insert into private.roles (person_id, role) values ($1, 'organizer')`, [
		person.id
	]);
	return person;
}

type Forum = Record<string, unknown> & { forum_id: string };

/** A published forum in thirty days, open for registration, with ten places of each kind. */
export async function forum(scene: Scene, about: Record<string, unknown> = {}): Promise<Forum> {
	const columns: Record<string, unknown> = {
		slug: `forum-${Math.random().toString(36).slice(2, 10)}`,
		name_en: 'Forum',
		name_fr: 'Forum (fr)',
		place_en: 'Winnipeg',
		place_fr: 'Winnipeg',
		format: 'hybrid',
		time_zone: 'America/Winnipeg',
		starts_on: inDays(30).slice(0, 10),
		ends_on: inDays(30).slice(0, 10),
		capacity_in_person: 10,
		capacity_online: 10,
		registration_opens_at: inDays(-5),
		registration_closes_at: inDays(20),
		published_at: inDays(-6),
		...about
	};
	return insert(scene, 'forums', columns) as Promise<Forum>;
}

/** A row of a public table, from the columns that matter. */
export async function insert(
	{ sql }: Scene,
	table: string,
	columns: Record<string, unknown>
): Promise<Record<string, unknown>> {
	const names = Object.keys(columns);
	const [row] = await sql<{ row: Record<string, unknown> }>(
		`with made as (
			insert into public.${table} (${names.join(', ')})
			select ${names.map((name) => `given.${name}`).join(', ')}
			from json_populate_record(null::public.${table}, $1::text::json) as given
			returning *
		) select to_json(made) as row from made`,
		[JSON.stringify(columns)]
	);
	return row!.row;
}

/** Makes someone a member of a committee, from a year ago. */
export async function joins(
	{ sql }: Scene,
	person: Persona,
	committee: string,
	duty = 'member'
): Promise<string> {
	const [row] = await sql<{ membership_id: string }>(
		`insert into public.memberships (committee_id, person_id, duty, starts_at)
		values ($1, $2, $3, now() - interval '1 year') returning membership_id`,
		[committee, person.id, duty]
	);
	return row!.membership_id;
}

/** A confirmed registration, written straight into the book. */
export async function confirmed(
	scene: Scene,
	person: Persona,
	forum_id: string,
	about: Record<string, unknown> = {}
): Promise<void> {
	await insert(scene, 'registrations', {
		registration_id: crypto.randomUUID(),
		forum_id,
		person_id: person.id,
		mode: 'in_person',
		status: 'confirmed',
		name: 'Someone',
		language: 'en',
		province: 'NS',
		sector: 'ngo',
		joined_at: inDays(-3),
		confirmed_at: inDays(-3),
		...about
	});
}

/** A moment so many days from now. */
export function inDays(days: number): string {
	return new Date(Date.now() + days * 86_400_000).toISOString();
}

/** A list of so many points, in one area. Their ids, in order. */
export async function list(scene: Scene, forum_id: string, points: number): Promise<string[]> {
	const area = { forum_id, name_en: 'Services', name_fr: 'Services', position: 1 };
	const { area_id } = await insert(scene, 'areas', { area_id: crypto.randomUUID(), ...area });
	const rows = await scene.sql<{ priority_id: string }>(
		`insert into public.priorities (forum_id, area_id, title_en, title_fr, position)
		select $1, $2, 'Point ' || n, 'Le point ' || n, n from generate_series(1, $3::integer) n
		returning priority_id`,
		[forum_id, area_id, points]
	);
	return rows.map(({ priority_id }) => priority_id);
}

/** A committee without members; its id. */
export async function committee(scene: Scene, slug: string): Promise<string> {
	const row = await insert(scene, 'committees', {
		committee_id: crypto.randomUUID(),
		slug,
		position: 1,
		name_en: `Committee ${slug}`,
		name_fr: `Comité ${slug}`,
		description_en: '',
		description_fr: '',
		duties_en: [],
		duties_fr: [],
		meets_en: '',
		meets_fr: ''
	});
	return row.committee_id as string;
}

/** A breakout with sign-up and ten signups, on the first hour in thirty days by default; its id. */
export async function breakout(
	scene: Scene,
	forum_id: string,
	about: Record<string, unknown> = {}
): Promise<string> {
	const row = await insert(scene, 'sessions', {
		forum_id,
		kind: 'breakout',
		title_en: 'Breakout',
		title_fr: 'Atelier',
		position: 1,
		starts_at: inDays(30),
		ends_at: inDays(30 + 1 / 24),
		sign_up: true,
		capacity: 10,
		...about
	});
	return row.session_id as string;
}

/** A vote that opened nine days ago, with a voters' list; its id. */
export async function vote(
	scene: Scene,
	forum_id: string,
	closes: number,
	voters: Persona[]
): Promise<string> {
	const { vote_id } = await insert(scene, 'votes', {
		vote_id: crypto.randomUUID(),
		forum_id,
		title_en: 'A vote',
		title_fr: 'Un vote',
		mode: 'confidential',
		opens_at: inDays(-9),
		closes_at: inDays(closes),
		choices: 4,
		stars: 3,
		quorum: 0,
		sectors: ['ngo'],
		voters_count: voters.length,
		sample: false
	});
	await giveKey(scene, vote_id as string);
	for (const { id } of voters) {
		await scene.sql('insert into private.voters (vote_id, person_id) values ($1, $2)', [
			vote_id,
			id
		]);
	}
	return vote_id as string;
}
