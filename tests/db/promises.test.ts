import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import {
	breakout,
	committee,
	confirmed,
	forum,
	inDays,
	insert,
	joins,
	list,
	member,
	organizer,
	voteKey
} from './builders';
import { scene, type Caller, type Persona, type Scene } from './scene';

// What the screens promise, beside the guards that keep it. A sentence that changes fails here until somebody
// has compared the new one with the guard; French says the same by the tests of sentences.

const folder = 'src/lib/platform/text/i18n/messages/en';
const messages: Record<string, unknown> = Object.assign(
	{},
	...readdirSync(folder).map((file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')))
);

function promised(
	what: string,
	sentences: Record<string, string>,
	proves: (s: Scene) => Promise<unknown>
): void {
	test(what, async () => {
		const said = Object.fromEntries(Object.keys(sentences).map((key) => [key, messages[key]]));
		expect(said).toEqual(sentences);
		await scene(proves);
	});
}

/** Those whom "closed to government and police" keeps out, all approved and members of the committee. */
async function excluded(s: Scene, committee_id: string): Promise<Record<string, Persona>> {
	const people = {
		government: await member(s, 'Gus', { sector: 'government' }),
		police: await member(s, 'Pia', { sector: 'law_enforcement' }),
		unknown: await member(s, 'Una', { sector: null }),
		organizer: await organizer(s, 'Odo')
	};
	await s.sql(`update public.people set sector = 'government' where person_id = $1`, [
		people.organizer.id
	]);
	for (const person of Object.values(people)) await joins(s, person, committee_id);
	return people;
}

function opens(person: Persona, about: Record<string, unknown> = {}): Promise<string> {
	return person.calls<string>('start_thread', {
		committees: ['south'],
		title: 'What do you see?',
		body: 'Tell us.',
		language: 'en',
		closed_to_government: false,
		client_key: randomUUID(),
		...about
	});
}

const reply = (thread_id: string, body = 'Yes.') => ({
	thread_id,
	body,
	language: 'en',
	client_key: randomUUID()
});

/** Every answer in which somebody could meet a thread, as text. */
async function seenBy(reader: Persona, thread_id: string): Promise<string> {
	const answers: unknown[] = [];
	for (const table of ['threads', 'thread_committees', 'posts']) {
		answers.push(await reader.reads(table));
	}
	const asked: [string, Record<string, unknown>][] = [
		['thread_page', { thread_id, page: 1 }],
		['committee_page', { slug: 'south' }],
		['unread_page', {}],
		['home_page', {}]
	];
	for (const [page, args] of asked) answers.push(await reader.calls(page, args));
	return JSON.stringify(answers);
}

/** Where a value is in the database, in any table and column, as text or as bytes. */
async function placesOf({ sql }: Scene, value: string): Promise<string[]> {
	const tables = await sql<{ name: string }>(
		`select format('%I.%I', schemaname, tablename) as name from pg_tables
		where schemaname in ('public', 'private', 'auth') order by 1`
	);
	const found: string[] = [];
	for (const { name } of tables) {
		const columns = await sql<{ key: string }>(
			`select distinct e.key from ${name} t, jsonb_each_text(to_jsonb(t)) e
			where strpos(lower(e.value), lower($1)) > 0 or strpos(e.value, $2) > 0 order by 1`,
			[value, Buffer.from(value).toString('hex')]
		);
		found.push(...columns.map(({ key }) => `${name}.${key}`));
	}
	return found;
}

/** Runs `attempt` and gives the key of its refusal, or the word "allowed". */
const saidTo = (attempt: Promise<unknown>): Promise<string> =>
	attempt.then(
		() => 'allowed',
		(cause: Error) => cause.message
	);

// Closed to government and police ------------------------------------------------------------

promised(
	'a thread that is closed to government and police is not there for them',
	{
		threads_closed_to_government: 'Closed to government and police',
		threads_closed_to_government_choice: 'Closed to government and police',
		threads_closed_to_government_help:
			'Members whose sector is government or police do not see the thread at all, even if they are organizers.',
		threads_closed_to_government_says:
			'Members whose sector is government or police do not see this thread.',
		threads_refusal_thread_closed_to_government:
			'Only people whose sector is neither government nor police can start a thread that is closed to them.'
	},
	async (s) => {
		const south = await committee(s, 'south');
		const amira = await member(s, 'Amira');
		await joins(s, amira, south);
		const closed = await opens(amira, { title: 'Hidden title', closed_to_government: true });
		const open = await opens(amira, { title: 'Open title' });
		const ben = await member(s, 'Ben');
		await joins(s, ben, south);
		expect(await seenBy(ben, closed)).toContain('Hidden title');
		for (const [who, person] of Object.entries(await excluded(s, south))) {
			const seen = await seenBy(person, closed);
			expect(seen, who).toContain('Open title');
			expect(seen, who).not.toContain('Hidden title');
			expect(seen, who).not.toContain(closed);
			for (const [verb, args] of [
				['post_reply', reply(closed)],
				['mark_read', { thread_id: closed, number: 1 }],
				['set_thread_closed', { thread_id: closed, closed: true }]
			] as const) {
				expect(await saidTo(person.calls(verb, args)), `${who} ${verb}`).toBe('thread_not_found');
			}
			expect(await saidTo(opens(person, { closed_to_government: true })), who).toBe(
				'thread_closed_to_government'
			);
			await person.calls('post_reply', reply(open));
		}
		// Its author too, from the moment at which an organizer corrects the sector.
		const olive = await organizer(s);
		await olive.calls('set_sector', { person_id: amira.id, sector: 'law_enforcement' });
		expect(await seenBy(amira, closed)).not.toContain('Hidden title');
	}
);

promised(
	'nobody from government or police signs up for a session that is closed to them, nor anybody not yet approved',
	{
		sessions_closed_to_government: 'Closed to government and police',
		sessions_closed_to_government_why:
			'People in these sectors cannot sign up, so that others can speak freely.',
		sessions_refusal_closed_to_government:
			'This session is closed to government and police. Your sector counts as one of them, so you cannot sign up.',
		sessions_refusal_approval_first:
			'You can sign up for this session once an organizer has approved your account.',
		people_organize_lead:
			'Everybody with an account. Approve new people once you know who they are: until then, they cannot vote or sign up for sessions that are closed to government and police.',
		people_need_text:
			'Until you approve them, they cannot vote or sign up for sessions that are closed to government and police.'
	},
	async (s) => {
		const { forum_id } = await forum(s);
		const south = await committee(s, 'south');
		const session_id = await breakout(s, forum_id, { closed_to_government: true });
		const fern = await member(s, 'Fern', { approved: false });
		const people = { ...(await excluded(s, south)), new: fern, approved: await member(s, 'Amira') };
		const said: Record<string, string[]> = {};
		for (const [who, person] of Object.entries(people)) {
			await confirmed(s, person, forum_id);
			said[who] = [
				await saidTo(person.calls('swap_signup', { session_id })),
				await saidTo(person.calls('sign_up', { session_id }))
			];
		}
		const closed = ['closed_to_government', 'closed_to_government'];
		expect(said).toEqual({
			government: closed,
			police: closed,
			unknown: closed,
			organizer: closed,
			new: ['approval_first', 'approval_first'],
			approved: ['allowed', 'allowed']
		});
		await (await organizer(s)).calls('approve_person', { person_id: fern.id });
		expect(await saidTo(fern.calls('sign_up', { session_id }))).toBe('allowed');
	}
);

promised(
	'only an organizer takes somebody out of government or police',
	{
		people_sector_help: 'Some sessions and threads are closed to government and police.',
		directory_sector_counts:
			'If you choose one of these sectors, only an organizer can change it afterwards: {sectors}.',
		directory_sector_silent:
			'Sessions and threads closed to government and police are also closed to you if you choose “{name}”.',
		people_refusal_sector_needs_another_organizer: 'Only another organizer can change your sector.'
	},
	async (s) => {
		const gus = await member(s, 'Gus', { sector: 'government' });
		const olive = await organizer(s);
		const profile = {
			name: 'Gus',
			language: 'en',
			province: 'NS',
			organization_name: '',
			discreet: false
		};
		for (const sector of ['ngo', 'undisclosed', null]) {
			expect(await saidTo(gus.calls('save_profile', { ...profile, sector }))).toBe(
				'sector_needs_organizer'
			);
		}
		expect(await saidTo(gus.calls('set_sector', { person_id: gus.id, sector: 'ngo' }))).toBe(
			'organizers_only'
		);
		expect(await saidTo(olive.calls('set_sector', { person_id: olive.id, sector: 'ngo' }))).toBe(
			'sector_needs_another_organizer'
		);
		expect(await saidTo(olive.calls('set_sector', { person_id: gus.id, sector: 'ngo' }))).toBe(
			'allowed'
		);
		const una = await member(s, 'Una', { sector: 'undisclosed' });
		expect(await una.query('select private.is_outside_government() as open')).toEqual([
			{ open: false }
		]);
		expect(await saidTo(una.calls('save_profile', { ...profile, sector: 'ngo' }))).toBe('allowed');
	}
);

promised(
	'a sector that counts as government or police closes sessions and threads to everybody who has it',
	{
		people_sectors_flag_close_text:
			'If you change this, everybody with this sector loses their spots in closed sessions to come, and cannot read closed threads any more. Votes that are open do not change.',
		people_sectors_flag_open_text:
			'If you change this, everybody with this sector can sign up for closed sessions once they are approved. They can also read closed threads of their committees, with everything that was written there.',
		people_refusal_sector_flag_outside_only:
			'Only an organizer whose own sector does not count as government or police can change this.',
		people_refusal_sector_flag_own:
			'This is your own sector, so another organizer has to change this.'
	},
	async (s) => {
		const south = await committee(s, 'south');
		const { forum_id } = await forum(s);
		const session_id = await breakout(s, forum_id, { closed_to_government: true });
		const olive = await organizer(s);
		const mira = await member(s, 'Mira');
		const yael = await member(s, 'Yael', { sector: 'youth' });
		for (const person of [mira, yael]) await joins(s, person, south);
		await confirmed(s, yael, forum_id);
		await yael.calls('sign_up', { session_id });
		await mira.calls('start_thread', {
			committees: ['south'],
			title: 'Closed',
			body: 'Among us.',
			language: 'en',
			closed_to_government: true,
			client_key: crypto.randomUUID()
		});
		const seen = async () => [
			(await yael.reads('threads')).length,
			(await yael.reads('signups')).length
		];
		const change = (counts_as_government: boolean, sector = 'youth') =>
			olive.calls('set_sector_counts', { sector, counts_as_government });
		expect(await seen()).toEqual([1, 1]);
		await change(true);
		expect(await seen()).toEqual([0, 0]);
		await change(false);
		expect(await seen()).toEqual([1, 0]);
		expect(await saidTo(yael.calls('sign_up', { session_id }))).toBe('allowed');
		expect(await saidTo(change(true, 'ngo'))).toBe('sector_flag_own');
		const insider = await organizer(s, 'Insider');
		await s.sql(`update public.people set sector = 'government' where person_id = $1`, [
			insider.id
		]);
		expect(
			await saidTo(
				insider.calls('set_sector_counts', { sector: 'youth', counts_as_government: false })
			)
		).toBe('sector_flag_outside_only');
	}
);

// Who sees what ------------------------------------------------------------------------------

promised(
	'a thread is read by the members of its committees and by organizers',
	{
		threads_aside:
			'A thread is a written conversation about one subject. It is not public. The members of its committees and the organizers can read it.',
		threads_new_lead:
			'The members of the committees you choose and the organizers can read it and reply. Nobody else can see it.',
		threads_reply_readers: 'Who can read your reply: members ({committees}) and organizers.',
		shared_privacy_posts_text:
			'The members of the thread’s committees and the organizers can read them. We also keep how far you have read in each thread. If you delete your account, your posts stay, under “Deleted account”.',
		committees_end_says:
			'{name} will no longer see the committee’s threads or members. What they wrote stays under their name. We record who ended the membership, and when.',
		committees_leave_says:
			'You will no longer see the committee’s threads or members. What you wrote stays under your name. You cannot come back by yourself: you would have to write to the organizers.'
	},
	async (s) => {
		const [south, north] = [await committee(s, 'south'), await committee(s, 'north')];
		const amira = await member(s, 'Amira');
		await joins(s, amira, south);
		const thread = await opens(amira, { title: 'Inside' });
		const former = await member(s, 'Fay');
		const membership_id = await joins(s, former, south);
		expect(await seenBy(former, thread)).toContain('Inside');
		await former.calls('end_membership', { membership_id });
		const neighbour = await member(s, 'Nell');
		await joins(s, neighbour, north);
		const gone = await member(s, 'Sue', { suspended: true });
		await joins(s, gone, south);
		for (const reader of [amira, await organizer(s)]) {
			expect(await seenBy(reader, thread)).toContain('Inside');
			await reader.calls('post_reply', reply(thread));
		}
		const outside = [
			former,
			neighbour,
			gone,
			await member(s, 'Otto'),
			await s.person('Without profile')
		];
		for (const reader of outside) {
			expect(await seenBy(reader, thread)).not.toContain('Inside');
			expect(await saidTo(reader.calls('post_reply', reply(thread)))).toMatch(
				/^(thread_not_found|account_suspended|profile_first)$/
			);
		}
		expect(await former.reads('memberships')).toMatchObject([{ person_id: former.id }]);
		expect(
			await s.sql(`select actor_id from private.audit where action = 'end_membership'`)
		).toEqual([{ actor_id: former.id }]);
		await expect(s.visitor.reads('threads')).rejects.toThrow(/denied/);
		await expect(s.visitor.reads('posts')).rejects.toThrow(/denied/);
		// Nobody becomes a member but by an organizer who accepts their request.
		const calling = async (what: string) =>
			(await s.sql('select proname from pg_proc where prosrc ilike $1', [`%${what}%`])).map(
				({ proname }) => proname
			);
		expect(await calling('insert into public.memberships')).toEqual(['start_membership']);
		expect(await calling('private.start_membership(')).toEqual(['accept_request']);
		// How far somebody has read is theirs alone.
		await amira.calls('mark_read', { thread_id: thread, number: 2 });
		expect(await amira.reads('read_marks', { person_id: amira.id })).toHaveLength(1);
		expect(await (await organizer(s, 'Oona')).reads('read_marks')).toEqual([]);
	}
);

promised(
	'who is on a committee is seen by its members and by organizers',
	{
		committees_members_aside:
			'Only members of this committee and organizers can see this list. The chair leads the committee and can end a membership.',
		committees_seats_aside:
			'A seat represents a region, not an organization. Only members and organizers can see names.'
	},
	async (s) => {
		const [south, north] = [await committee(s, 'south'), await committee(s, 'north')];
		const [amira, ben, mia] = [
			await member(s, 'Amira'),
			await member(s, 'Ben'),
			await member(s, 'Mia')
		];
		await joins(s, amira, south);
		await joins(s, ben, south);
		await joins(s, mia, north);
		const list = async (reader: Persona) => [
			(await reader.reads('memberships', { committee_id: south })).length,
			(await reader.calls('committee_page', { slug: 'south' })).page.inside?.members.length ?? 0
		];
		for (const reader of [amira, await organizer(s)]) expect(await list(reader)).toEqual([2, 2]);
		for (const reader of [mia, await member(s, 'Otto')]) expect(await list(reader)).toEqual([0, 0]);
		await expect(s.visitor.reads('memberships')).rejects.toThrow(/denied/);
	}
);

promised(
	'a request to join is read by the person and organizers, changed until decided, and deleted 30 days later',
	{
		joining_next_readers: 'Only you and the organizers can read your request.',
		joining_next_change: 'Until then, you can change your request. You can delete it at any time.',
		joining_next_until:
			'We keep your request until it is decided, and delete it 30 days later. If you delete your account, we delete it too.'
	},
	async (s) => {
		const noor = await member(s, 'Noor', { approved: false });
		const south = await committee(s, 'south');
		const chair = await member(s, 'Chloe');
		await joins(s, chair, south, 'chair');
		const olive = await organizer(s);
		const ask = (request_id: string | null, about: string) =>
			noor.calls('ask_to_join', { request_id, about, committees: ['south'] });
		await ask(null, 'Why');
		const [{ request_id }] = (await noor.reads('requests')) as [{ request_id: string }];
		for (const reader of [chair, olive]) expect(await reader.reads('requests')).toEqual([]);
		expect(await saidTo(chair.calls('requests_for_organizers'))).toBe('organizers_only');
		expect((await olive.calls('requests_for_organizers')).waiting).toHaveLength(1);
		await ask(request_id, 'Because');
		await olive.calls('decline_request', { request_id, version: 2, reason: 'Not yet.' });
		expect(await saidTo(ask(request_id, 'Still'))).toBe('request_ended');
		const decided = async (days: number) => {
			await s.sql(`update public.requests set decided_at = now() - make_interval(days => $1)`, [
				days
			]);
			await s.service.calls('delete_old_data');
			return (await noor.reads('requests')).length;
		};
		expect(await decided(29)).toBe(1);
		expect(await decided(31)).toBe(0);
		await ask(null, 'Again');
		await s.sql(`update public.requests set sent_at = now() - interval '3 years'`);
		await s.service.calls('delete_old_data');
		expect(await noor.reads('requests')).toHaveLength(1);
		await noor.calls('delete_my_account');
		expect(await s.sql('select from public.requests')).toEqual([]);
	}
);

const names =
	'If you are or were an organizer or a committee member, the members of all committees can see your name and organization.';

promised(
	'names are seen by organizers and by members of all committees, the rest by organizers',
	{
		people_profile_readers: `Organizers can see these answers. ${names} You can change your answers later.`,
		registrations_profile_too: `We also save these details in your profile, which you can change in “Your account”. ${names}`,
		shared_privacy_account_text: `Your email address and what you tell us about yourself: name, language, province or territory, sector, organization. Organizers can see all of it, to know who takes part. ${names} We keep this until you delete your account. An account that nobody confirms is deleted after two days.`
	},
	async (s) => {
		const [south, north] = [await committee(s, 'south'), await committee(s, 'north')];
		const [present, former, nobody] = [
			await member(s, 'Amira'),
			await member(s, 'Fay'),
			await member(s, 'Otto')
		];
		await joins(s, present, south);
		await former.calls('end_membership', { membership_id: await joins(s, former, south) });
		const olive = await organizer(s);
		const mia = await member(s, 'Mia');
		await joins(s, mia, north);
		const known = async (reader: Persona) =>
			(await reader.reads('people', {}, 'name')).map(({ name }) => name).sort();
		expect(await known(mia)).toEqual(['Amira', 'Fay', 'Mia', 'Olive']);
		expect(await known(former)).toEqual(['Fay']);
		expect(await known(nobody)).toEqual(['Otto']);
		expect(await known(olive)).toEqual(['Amira', 'Fay', 'Mia', 'Olive', 'Otto']);
		for (const column of ['language', 'province', 'sector', 'created_at']) {
			await expect(mia.reads('people', {}, column), column).rejects.toThrow(/denied/);
		}
		expect(await olive.calls('person_for_organizers', { person_id: nobody.id })).toMatchObject({
			name: 'Otto',
			email: nobody.email,
			language: 'en',
			province: 'NS',
			sector: 'ngo',
			organization_name: null
		});
		expect(await saidTo(mia.calls('person_for_organizers', { person_id: nobody.id }))).toBe(
			'organizers_only'
		);
	}
);

promised(
	'only organizers see an email address',
	{
		people_address_why:
			'There is no password, so nobody can find one on your phone or computer. Only the organizers can see your email address.'
	},
	async (s) => {
		const south = await committee(s, 'south');
		const [amira, chair] = [await member(s, 'Amira'), await member(s, 'Chloe')];
		await joins(s, amira, south);
		await joins(s, chair, south, 'chair');
		const thread = await opens(amira);
		const { forum_id } = await forum(s);
		await confirmed(s, amira, forum_id);
		const answers = [await seenBy(chair, thread), await chair.calls('export_my_data')];
		for (const { name } of await s.sql<{ name: string }>(
			`select c.relname as name from pg_class c
			where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v')`
		)) {
			answers.push(await chair.reads(name).catch(() => null));
		}
		expect(JSON.stringify(answers)).not.toContain(amira.email);
		const search = { search: '', status: null, after: null };
		expect(await saidTo(chair.calls('people_list', search))).toBe('organizers_only');
		await expect(s.visitor.calls('people_list', search)).rejects.toThrow(/denied/);
		await expect(chair.query('select email from auth.users')).rejects.toThrow(/denied/);
		const olive = await organizer(s);
		expect(JSON.stringify(await olive.calls('people_list', search))).toContain(amira.email);
	}
);

promised(
	'only organizers see who takes part in a forum, and in which session, but for those who choose a list',
	{
		forums_who_sees_text:
			'Only the organizers. The people at the check-in see your badge name and organization. If you tell us what you need, such as a meal or interpretation, the people chosen to read needs see your name too. Confirmed participants see you only if you choose to be on the list of participants.',
		registrations_who_text:
			'Only the organizers. The people at the check-in see your badge name and organization. If you tell us what you need, such as a meal or interpretation, the people chosen to read needs see your name too. Confirmed participants see you only if you choose to be on the list of participants.',
		registrations_email_quiet:
			'Only the organizers see who is registered. The people at the check-in see your badge name and organization. If you tell us what you need, such as a meal or interpretation, the people chosen to read needs see your name too. Confirmed participants see you only if you choose to be on the list of participants.',
		home_next_unseen:
			'Only the organizers see who is registered. The people at the check-in see your badge name and organization. If you tell us what you need, such as a meal or interpretation, the people chosen to read needs see your name too. Confirmed participants see you only if you choose to be on the list of participants.',
		shared_privacy_lead:
			'We keep little, and we say for how long. Only the organizers see that you take part in a forum. The people at the check-in see your badge name and organization. If you tell us what you need, such as a meal or interpretation, the people chosen to read needs see your name too. Confirmed participants see you only if you choose to be on the list of participants.',
		shared_privacy_registration_text:
			'Your answers and the sessions you chose: only the organizers can see them. When you came to the forum: the people at the check-in can see it too. Twelve months after the forum, we keep only totals, and no total under five. We delete what you typed and did not send within two days.'
	},
	async (s) => {
		const south = await committee(s, 'south');
		const { forum_id, slug } = await forum(s);
		const session_id = await breakout(s, forum_id);
		const [amira, chair] = [await member(s, 'Amira'), await member(s, 'Chloe')];
		for (const person of [amira, chair]) {
			await joins(s, person, south, person === chair ? 'chair' : 'member');
			await confirmed(s, person, forum_id);
			await person.calls('sign_up', { session_id });
		}
		const olive = await organizer(s);
		for (const table of ['registrations', 'signups']) {
			expect(await chair.reads(table), table).toMatchObject([{ person_id: chair.id }]);
			expect(await olive.reads(table), table).toHaveLength(2);
			await expect(s.visitor.reads(table), table).rejects.toThrow(/denied/);
		}
		const listed = async (reader: Persona) =>
			(await reader.calls('participants', { slug })).people.length;
		expect(await listed(chair)).toBe(0);
		await amira.calls('save_visibility', { forum_id, audience: 'participants' });
		expect(await listed(chair)).toBe(1);
		const colleague = await member(s, 'Mia');
		await joins(s, colleague, south);
		for (const reader of [colleague, olive]) expect(await listed(reader)).toBe(0);
		await expect(s.visitor.calls('participants', { slug })).rejects.toThrow(/denied/);
	}
);

promised(
	'only organizers see drafts of forums and of reports',
	{
		forums_draft: 'This forum is a draft. Only organizers can see this page.',
		reports_compose_seen: 'Only organizers can see a draft.',
		reports_done_saved: 'Saved. Only organizers can see the report until you publish it.'
	},
	async (s) => {
		const olive = await organizer(s);
		const draft = await forum(s, { published_at: null });
		const over = await forum(s, {
			starts_on: inDays(-9).slice(0, 10),
			ends_on: inDays(-9).slice(0, 10)
		});
		await insert(s, 'reports', {
			report_id: randomUUID(),
			forum_id: over.forum_id,
			title_en: 'What was said',
			title_fr: 'Ce qui a été dit',
			body_en: '',
			body_fr: '',
			version: 1
		});
		const seen = async (reader: Caller) => [
			(await reader.reads('forums', { forum_id: draft.forum_id }, 'it.slug')).length,
			(await reader.reads('reports', {}, 'report_id')).length
		];
		expect(await seen(olive)).toEqual([1, 1]);
		for (const reader of [s.visitor, await member(s, 'Amira')]) {
			expect(await seen(reader)).toEqual([0, 0]);
		}
	}
);

promised(
	'a post is edited for one day, and deleted for good',
	{
		threads_refusal_post_too_old:
			'A post can be edited for one day only. You can no longer change this one, but you can add a reply.',
		threads_delete_own:
			'The text will be deleted permanently. A line will show that a post was deleted.',
		threads_delete_other:
			'The text will be deleted permanently. A line will show that a post was deleted. We record that you deleted it.'
	},
	async (s) => {
		const south = await committee(s, 'south');
		const [amira, chair] = [await member(s, 'Amira'), await member(s, 'Chloe')];
		await joins(s, amira, south);
		await joins(s, chair, south, 'chair');
		const thread_id = await opens(amira);
		await amira.calls('post_reply', reply(thread_id, 'Mine to delete'));
		await amira.calls('post_reply', reply(thread_id, 'Theirs to delete'));
		const posts = await amira.reads<{ post_id: string }>('posts', { thread_id }, 'it.post_id');
		const edit = { post_id: posts[0]!.post_id, version: 1, body: 'Other words' };
		for (const [hours, said] of [
			[23, 'allowed'],
			[25, 'post_too_old']
		] as const) {
			await s.sql(
				`update public.posts set version = 1, created_at = now() - make_interval(hours => $1)`,
				[hours]
			);
			expect(await saidTo(amira.calls('edit_post', edit))).toBe(said);
		}
		await amira.calls('delete_post', { post_id: posts[1]!.post_id });
		await chair.calls('delete_post', { post_id: posts[2]!.post_id });
		expect(await placesOf(s, 'to delete')).toEqual([]);
		expect(await s.sql(`select actor_id from private.audit where action = 'delete_post'`)).toEqual([
			{ actor_id: chair.id }
		]);
	}
);

promised(
	'somebody suspended can do nothing but download their data and delete the account',
	{
		people_suspended_open: 'You can still download your data, delete your account and sign out.',
		people_person_suspend_text:
			'The person can no longer use the site. Their spots at coming forums go to those who wait. They can still download their data and delete their account. They will see the reason.'
	},
	async (s) => {
		const { forum_id } = await forum(s, { capacity_in_person: 1 });
		const [sam, wren, olive] = [
			await member(s, 'Sam'),
			await member(s, 'Wren'),
			await organizer(s)
		];
		await confirmed(s, sam, forum_id);
		await confirmed(s, wren, forum_id, { status: 'waitlisted', confirmed_at: null });
		await olive.calls('suspend_person', { person_id: sam.id, reason: 'Not who they say' });
		expect(
			await wren.reads('registrations', {}, 'public.offer(it) is not null as offered')
		).toEqual([{ offered: true }]);
		expect((await sam.calls('who')).person).toMatchObject({ suspended_reason: 'Not who they say' });
		expect(await sam.reads('people', {}, 'name')).toEqual([]);
		expect(await saidTo(sam.calls('cancel_registration', { forum_id }))).toBe('account_suspended');
		expect(await sam.calls('export_my_data')).toMatchObject({ people: { name: 'Sam' } });
		expect(await saidTo(sam.calls('delete_my_account'))).toBe('allowed');
	}
);

// Votes --------------------------------------------------------------------------------------

const opening = (forum_id: string) => ({
	vote_id: randomUUID(),
	key: voteKey,
	forum_id,
	title_en: 'The vote',
	title_fr: 'Le scrutin',
	closes_at: inDays(7),
	quorum: 0,
	sectors: ['ngo']
});

const ballot = (vote_id: string, picks: string[]) => ({
	vote_id,
	picks,
	stars: [],
	none_of_these: picks.length === 0,
	key: voteKey
});

/** A forum with a list of six, people who may vote, and an open vote. */
async function openVote(s: Scene, voters: number) {
	const { forum_id } = await forum(s);
	const items = await list(s, forum_id, 6);
	const people: Persona[] = [];
	for (let n = 1; n <= voters; n++) {
		people.push(await member(s, `Voter ${n}`));
		await confirmed(s, people.at(-1)!, forum_id);
	}
	const olive = await organizer(s);
	const vote_id = await olive.calls<string>('open_vote', opening(forum_id));
	return { vote_id, forum_id, items, people, olive };
}

/** Ends the time of a vote: the lock is lifted for this one statement. */
async function close({ sql }: Scene, vote_id: string): Promise<void> {
	await sql('set local session_replication_role = replica');
	await sql(
		`update public.votes set opens_at = clock_timestamp() - interval '7 days',
			closes_at = clock_timestamp() - interval '1 second' where vote_id = $1`,
		[vote_id]
	);
	await sql('set local session_replication_role = origin');
}

async function turnout(caller: Caller, vote_id: string): Promise<number | null> {
	const [row] = await caller.query<{ turnout: number | null }>(
		'select public.turnout(v) from public.votes v where vote_id = $1',
		[vote_id]
	);
	return row!.turnout;
}

promised(
	'the voters’ list is set at opening: approved, confirmed, from the chosen sectors, and locked',
	{
		votes_new_lock_voters:
			'the voters’ list: approved people whose registration is confirmed now, from the sectors you check;',
		votes_new_lock_lead:
			'The vote opens right away. After that, nobody, not even the organizers, can change these:',
		votes_new_lock_list:
			'the list: its areas, its priorities, their sub-points and the wording in both languages;',
		votes_new_lock_time: 'the closing time, the title and the quorum.',
		votes_new_sectors_help:
			'Every approved person from these sectors whose registration is confirmed can vote: one person, one ballot. Your choice is published with the result.',
		votes_not_voter_text:
			'The voters’ list was set when the vote opened. It includes people from the sectors below whom an organizer had approved and whose registration was confirmed by then. Forum: {forum}.',
		votes_new_to_approve_text:
			'They are not on the voters’ list of a vote that you open now. Approve those you know first.',
		votes_new_nobody_text:
			'Only approved people whose registration for the forum is confirmed can vote. There are none yet.',
		votes_refusal_no_voters:
			'No approved person from these sectors has a confirmed registration, so nobody could vote. Choose other sectors, or approve new people first.',
		people_approve_text:
			'This person is not approved yet: they are on no voters’ list and cannot sign up for sessions that are closed to government and police. Approve them if you know who they are, or have checked with their organization. A vote that is already open keeps its voters’ list.'
	},
	async (s) => {
		const { forum_id } = await forum(s);
		const items = await list(s, forum_id, 6);
		const olive = await organizer(s);
		const people = {
			new: await member(s, 'Fern', { approved: false }),
			suspended: await member(s, 'Sue', { suspended: true }),
			waiting: await member(s, 'Wren'),
			elsewhere: await member(s, 'Ada', { sector: 'academic' }),
			unregistered: await member(s, 'Otto')
		};
		await confirmed(s, people.new, forum_id);
		await confirmed(s, people.suspended, forum_id);
		await confirmed(s, people.waiting, forum_id, { status: 'waitlisted', confirmed_at: null });
		await confirmed(s, people.elsewhere, forum_id, { sector: 'academic' });
		expect(await saidTo(olive.calls('open_vote', opening(forum_id)))).toBe('no_voters');
		const amira = await member(s, 'Amira');
		await confirmed(s, amira, forum_id);
		const vote_id = await olive.calls<string>('open_vote', opening(forum_id));
		await olive.calls('approve_person', { person_id: people.new.id });
		for (const [who, person] of Object.entries(people)) {
			expect(await saidTo(person.calls('cast_ballot', ballot(vote_id, []))), who).toBe(
				who === 'suspended' ? 'account_suspended' : 'not_a_voter'
			);
		}
		for (const picks of [[items[0]!], [items[1]!]]) {
			await amira.calls('cast_ballot', ballot(vote_id, picks));
		}
		expect(await s.sql('select from private.ballots')).toHaveLength(1);
		for (const change of [
			`update public.votes set closes_at = closes_at + interval '1 day'`,
			`update public.votes set title_en = 'Another'`,
			`update public.votes set quorum = 1`,
			`update public.vote_items set title_en = 'Another'`,
			`update public.priorities set title_en = 'Another'`
		]) {
			await s.sql('savepoint before');
			expect(await saidTo(s.sql(change)), change).toMatch(/^(vote|list)_locked$/);
			await s.sql('rollback to savepoint before');
		}
	}
);

promised(
	'until the count nothing is shown but how many voted, in steps of five while the vote is open',
	{
		votes_who_count:
			'The count saves the ballots again without name, time or order. The site then deletes the key. Without it, nobody can read the old ballots, not even in a backup of the database. Until then, the only figure shown is how many people have voted. While the vote is open, it goes up in steps of five.',
		votes_result_hidden:
			'The site shows no results until the ballots are counted, not even to the organizers.',
		votes_organize_open_lead:
			'It closes automatically on {moment}. Until then, you cannot shorten it or count the ballots.',
		votes_organize_turnout_help:
			'This shows how many people voted, never who. Organizers’ pages never show a choice or a name.'
	},
	async (s) => {
		const { vote_id, items, people, olive } = await openVote(s, 6);
		const shown: (number | null)[] = [];
		for (const voter of people) {
			await voter.calls('cast_ballot', ballot(vote_id, [items[0]!]));
			shown.push(await turnout(s.visitor, vote_id));
			expect(await turnout(olive, vote_id)).toBe(shown.at(-1));
		}
		expect(shown).toEqual([null, null, null, null, 5, 5]);
		expect(await saidTo(olive.calls('count_vote', { vote_id, key: voteKey }))).toBe(
			'vote_still_open'
		);
		await close(s, vote_id);
		expect(await turnout(s.visitor, vote_id)).toBe(6);
		expect(await olive.reads('results')).toEqual([]);
		await olive.calls('count_vote', { vote_id, key: voteKey });
		expect(await s.visitor.reads('results', { vote_id }, 'it.picks')).toHaveLength(6);
	}
);

promised(
	'with fewer than five ballots only their number is shown',
	{
		votes_result_few_lead:
			'Fewer than five people voted, so the list is not shown. This way, nobody can work out who chose what.'
	},
	async (s) => {
		const { vote_id, items, people, olive } = await openVote(s, 4);
		for (const voter of people) await voter.calls('cast_ballot', ballot(vote_id, [items[0]!]));
		await close(s, vote_id);
		await olive.calls('count_vote', { vote_id, key: voteKey });
		expect(await olive.reads('results')).toEqual([]);
		expect(
			await s.visitor.reads(
				'votes',
				{ vote_id },
				'it.ballots_cast, it.ballots_none, it.fingerprint'
			)
		).toEqual([{ ballots_cast: 4, ballots_none: null, fingerprint: null }]);
	}
);

promised(
	'who has the database reads no ballot, and after the count the key is destroyed',
	{
		votes_who_confidential:
			'This ballot is confidential. Until the count, your name and your ballot stay linked, so that you can change it. The ballot is encrypted, and its key is not in the database or its backups. No page shows who cast which ballot, not even to the organizers. Someone who manages the site’s server could read your ballot until the count.',
		shared_privacy_ballot_text:
			'It stays linked to you until the count, so that you can change it while the vote is open. It is encrypted, and no page shows who cast which ballot, not even to the organizers. Until the count, someone who manages the site’s server could read it. After the count, the site deletes the key. Without it, nobody can read the old ballots, not even in a backup of the database.',
		votes_organize_ask_once: 'You can count only once, and nobody can undo it.'
	},
	async (s) => {
		const { vote_id, items, people, olive } = await openVote(s, 5);
		const before = await placesOf(s, items[3]!);
		for (const [n, voter] of people.entries()) {
			await voter.calls('cast_ballot', ballot(vote_id, n === 0 ? [] : [items[3]!, items[4]!]));
		}
		expect(await placesOf(s, items[3]!)).toEqual(before);
		expect(await placesOf(s, voteKey)).toEqual([]);
		expect(
			await s.sql('select distinct octet_length(encrypted) as octets from private.ballots')
		).toHaveLength(1);
		for (const reader of [olive, s.service]) {
			await expect(reader.query('select from private.ballots')).rejects.toThrow(/denied/);
		}
		expect(await olive.calls('my_ballot', { vote_id, key: voteKey })).toMatchObject([
			{ has_voted: false, picks: [] }
		]);
		await close(s, vote_id);
		await olive.calls('count_vote', { vote_id, key: voteKey });
		expect(await s.sql('select from private.ballots')).toEqual([]);
		expect(await s.sql('select from private.vote_keys')).toEqual([]);
		expect(
			await s.sql(`select payload from private.jobs where kind = 'votes_destroy_key'`)
		).toEqual([{ payload: { vote_id } }]);
		const columns = await s.sql<{ name: string }>(
			`select attname::text as name from pg_attribute
			where attrelid = 'private.anonymous_ballots'::regclass and attnum > 0 order by 1`
		);
		expect(columns.map(({ name }) => name)).toEqual([
			'anonymous_ballot_id',
			'picks',
			'stars',
			'vote_id'
		]);
		expect(await saidTo(olive.calls('count_vote', { vote_id, key: voteKey }))).toBe(
			'vote_counted_already'
		);
	}
);

// Deletion and retention ---------------------------------------------------------------------

promised(
	'a deleted account leaves its posts without an author, its number in the audit, and nothing else',
	{
		privacy_delete_goes:
			'Your profile, registrations, session sign-ups, memberships and any ballot not yet counted are deleted right away.',
		privacy_delete_places: 'Your spots are offered to the next people on the waitlist.',
		privacy_delete_stays:
			'Your posts stay in the threads, under “Deleted account”. If some should not stay, delete them first.',
		privacy_download_text:
			'Everything this site keeps about you, in one file that you can open or give to another site.',
		shared_privacy_rights_text:
			'In “Your account”, you can see, correct, download or delete what we keep. Deletion is immediate; backup copies are replaced within days. Your posts stay, under “Deleted account”. The audit log keeps a random number in place of your account, without your name, for two years. We also keep a code of that number, so that a restored backup does not bring your account back. For people who are suspended, or whose sector is government or police, we keep a coded version of the email address for two years. This way, nobody can get around a restriction by deleting their account.'
	},
	async (s) => {
		const south = await committee(s, 'south');
		const { vote_id, forum_id, items, olive } = await openVote(s, 1);
		const later = await forum(s, { capacity_in_person: 1 });
		const quill = await member(s, 'Quillonne Zephyrine', { approved: false });
		await joins(s, quill, south, 'chair');
		await olive.calls('approve_person', { person_id: quill.id });
		await quill.calls('save_profile', {
			name: 'Quillonne Zephyrine',
			language: 'en',
			province: 'NS',
			sector: 'ngo',
			organization_name: 'Zephyrine and sisters',
			discreet: true
		});
		for (const place of [forum_id, later.forum_id]) {
			await quill.calls('register', {
				forum_id: place,
				mode: 'in_person',
				name: 'Quillonne Zephyrine',
				language: 'en',
				province: 'NS',
				sector: 'ngo',
				organization_name: 'Zephyrine and sisters',
				discreet: true
			});
		}
		await quill.calls('sign_up', { session_id: await breakout(s, forum_id) });
		const next = await member(s, 'Wren');
		await confirmed(s, next, later.forum_id, { status: 'waitlisted', confirmed_at: null });
		await s.sql('insert into private.voters values ($1, $2)', [vote_id, quill.id]);
		await quill.calls('cast_ballot', ballot(vote_id, [items[0]!]));
		const thread_id = await opens(quill, { body: 'These words stay' });
		await quill.calls('mark_read', { thread_id, number: 1 });
		await quill.calls('set_thread_closed', { thread_id, closed: true });
		await s.sql(
			`insert into auth.audit_log_entries (id, payload, created_at)
			values (gen_random_uuid(), jsonb_build_object('actor_id', $1::text, 'actor_username', $2::text)::json, now())`,
			[quill.id, quill.email]
		);
		// Each table that knows the person is in the file: by its name, or as the account and its sign-ins.
		const exported = Object.keys(await quill.calls<object>('export_my_data'));
		const named: Record<string, string> = { users: 'account', audit_log_entries: 'sign_ins' };
		for (const place of await placesOf(s, quill.id)) {
			const table = place.split('.')[1]!;
			expect(exported, place).toContain(named[table] ?? table);
		}

		await quill.calls('delete_my_account');
		const left: Record<string, string[]> = {};
		for (const needle of [quill.id, quill.email, 'Quillonne', 'Zephyrine'])
			left[needle] = await placesOf(s, needle);
		expect(left).toEqual({
			[quill.id]: ['private.audit.actor_id', 'private.audit.subject_id'],
			[quill.email]: [],
			Quillonne: [],
			Zephyrine: []
		});
		expect(await s.sql('select author_id, body from public.posts')).toEqual([
			{ author_id: null, body: 'These words stay' }
		]);
		expect(
			await next.reads('registrations', {}, 'public.offer(it) is not null as offered')
		).toEqual([{ offered: true }]);
		expect(await s.sql('select from private.ballots')).toEqual([]);
	}
);

promised(
	'of a deleted account that was suspended or from government, a coded address stays for two years',
	{
		privacy_delete_coded:
			'For two years, we keep a coded version of your email address, and the reason. This way, deleting the account does not lift a suspension or give access to what is closed to government and police.'
	},
	async (s) => {
		const people = [
			await member(s, 'Sam', { suspended: true }),
			await member(s, 'Gus', { sector: 'government' }),
			await member(s, 'Pia', { sector: 'law_enforcement' }),
			await member(s, 'Amira')
		];
		for (const person of people) await person.calls('delete_my_account');
		const blocked = await s.sql(
			'select suspended, governmental from private.blocked_addresses order by suspended desc'
		);
		expect(blocked).toEqual([
			{ suspended: true, governmental: false },
			{ suspended: false, governmental: true },
			{ suspended: false, governmental: true }
		]);
		for (const { email } of people) expect(await placesOf(s, email)).toEqual([]);
		const back = await s.person('Gus again', { email: people[1]!.email });
		const profile = { name: 'Gus', language: 'en', province: 'NS', organization_name: '' };
		expect(
			await saidTo(back.calls('save_profile', { ...profile, sector: 'ngo', discreet: false }))
		).toBe('sector_needs_organizer');
	}
);

promised(
	'what is stored for a time is deleted after it, and not before',
	{
		registrations_until:
			'12 months after the forum, on {date}, we delete this registration and keep only totals. Your name, organization, province and sector stay in your profile until you change them or delete your account.',
		shared_privacy_emails_text:
			'The address and the content until the email is sent, for five days at most. After that, only that an email was sent, and when, for thirty days.',
		shared_privacy_traces_text:
			'Who changed which item, and when, but not what it said; who signed in, and when: for thirty days. What organizers and chairs did, who left a committee, and that an account was deleted: for two years.'
	},
	async (s) => {
		const lasts: Record<string, string> = {};
		/** Rows as old as each age; whether each is left after a day's work. */
		async function ages(name: string, least: string, most: string, row: string, left: string) {
			await s.sql('savepoint before');
			for (const age of [least, most]) await s.sql(row, [age]);
			await s.service.calls('delete_old_data');
			await s.service.calls('delete_old_jobs');
			await s.service.calls('delete_old_events');
			lasts[name] = (await s.sql(left)).length === 1 ? `between ${least} and ${most}` : 'wrong';
			await s.sql('rollback to savepoint before');
		}
		await ages(
			'events',
			'29 days',
			'31 days',
			`insert into private.events (kind, subject_kind, subject_id, happened_at)
			values ('post_edited', 'post', gen_random_uuid(), clock_timestamp() - $1::interval)`,
			'select from private.events'
		);
		await ages(
			'sign-ins',
			'29 days',
			'31 days',
			`insert into auth.audit_log_entries (id, payload, created_at)
			values (gen_random_uuid(), '{}', now() - $1::interval)`,
			'select from auth.audit_log_entries'
		);
		await ages(
			'emails that were sent',
			'29 days',
			'31 days',
			`insert into private.jobs (kind, payload, finished_at)
			values ('mail_send', '{"recipient": "a@example.org"}', clock_timestamp() - $1::interval)`,
			`select from private.jobs where kind = 'mail_send'`
		);
		await ages(
			'acts',
			'23 months',
			'25 months',
			`insert into private.audit (action, acted_at) values ('approve_person', now() - $1::interval)`,
			'select from private.audit'
		);
		await ages(
			'coded addresses',
			'23 months',
			'25 months',
			`insert into private.blocked_addresses values (gen_random_uuid()::text, true, false, now() - $1::interval)`,
			'select from private.blocked_addresses'
		);
		await ages(
			'accounts that nobody confirmed',
			'1 day',
			'3 days',
			`insert into auth.users (id, email, created_at)
			values (gen_random_uuid(), gen_random_uuid() || '@example.org', now() - $1::interval)`,
			'select from auth.users where email_confirmed_at is null'
		);
		expect(lasts).toEqual({
			events: 'between 29 days and 31 days',
			'sign-ins': 'between 29 days and 31 days',
			'emails that were sent': 'between 29 days and 31 days',
			acts: 'between 23 months and 25 months',
			'coded addresses': 'between 23 months and 25 months',
			'accounts that nobody confirmed': 'between 1 day and 3 days'
		});

		// An email that cannot be sent is ended after five days, and its words with it.
		await s.sql(`select private.queue_email('a@example.org', 'en', false, 'spot_offered', '{}')`);
		expect(
			await s.sql(
				`select expires_at - queued_at <= interval '5 days 1 second' as soon from private.jobs`
			)
		).toEqual([{ soon: true }]);
		await s.sql(`update private.jobs set expires_at = clock_timestamp() - interval '1 hour'`);
		await s.service.calls('delete_old_jobs');
		expect(await placesOf(s, 'a@example.org')).toEqual([]);

		const amira = await member(s, 'Amira');
		for (const months of [11, 13]) {
			const day = new Date();
			day.setMonth(day.getMonth() - months);
			const on = day.toISOString().slice(0, 10);
			const { forum_id } = await forum(s, { slug: `over-${months}`, starts_on: on, ends_on: on });
			await confirmed(s, amira, forum_id);
		}
		await s.service.calls('delete_old_data');
		expect(
			await s.sql(`select f.slug from public.registrations r join public.forums f using (forum_id)`)
		).toEqual([{ slug: 'over-11' }]);
		// One person is no total.
		expect(
			await s.sql(
				`select participants, provinces::text, sectors::text from public.forums where slug = 'over-13'`
			)
		).toEqual([{ participants: null, provinces: '{}', sectors: '{}' }]);
	}
);

// Leave this site ----------------------------------------------------------------------------

test('“Leave this site” replaces the page, and stores, clears and sends nothing', () => {
	const sentences = {
		shared_leaving_lead:
			'It takes you to a weather page right away. It does not delete your browsing history.',
		shared_leaving_does_2: 'On a keyboard, pressing Shift three times quickly does the same.',
		shared_leaving_does_3:
			'The page you were on disappears right away, and “Back” does not bring it back.',
		shared_leaving_does_4: 'The weather page does not know which page you came from.',
		shared_leaving_script:
			'The second and third points need JavaScript. Without it, the link still works, but “Back” returns to this site.',
		shared_leaving_not_1:
			'It does not delete this site from your browser history. The other pages you opened are still listed there, and “Back” can open them.',
		shared_leaving_not_2: 'It does not sign you out.',
		shared_leaving_not_3: 'It does not close other windows or tabs.'
	};
	expect(Object.fromEntries(Object.keys(sentences).map((key) => [key, messages[key]]))).toEqual(
		sentences
	);

	type Listener = (event: Record<string, unknown>) => void;
	const listeners: Record<string, Listener> = {};
	const went: string[] = [];
	const page = { title: 'Thread', documentElement: { hidden: false } };
	const link = { href: 'https://weather.gc.ca/' };
	// Nothing else is there: storage, cookies, a request or another way to navigate would throw.
	runInNewContext(readFileSync('static/exit.js', 'utf8'), {
		addEventListener: (kind: string, listener: Listener) => (listeners[kind] = listener),
		document: Object.assign(page, {
			querySelector: (selector: string) => (selector === '[data-exit]' ? link : null)
		}),
		location: { replace: (address: string) => went.push(address) }
	});
	const press = (key: string, timeStamp: number) => listeners.keydown!({ key, timeStamp });
	for (const at of [0, 700, 1600]) press('Shift', at);
	for (const [n, key] of ['Shift', 'Shift', 'a', 'Shift'].entries()) press(key, 5000 + n);
	expect(went).toEqual([]);
	for (const at of [9000, 9400, 9800]) press('Shift', at);
	expect(went).toEqual([link.href]);
	expect(page.documentElement.hidden).toBe(true);
	let stopped = false;
	listeners.click!({ target: { closest: () => link }, preventDefault: () => (stopped = true) });
	expect(went).toEqual([link.href, link.href]);
	expect(stopped).toBe(true);

	const button = readFileSync('src/lib/ui/QuickExit.svelte', 'utf8');
	expect(button).toContain('rel="noreferrer"');
	expect(button).not.toContain('target=');
	expect(readFileSync('src/app.html', 'utf8')).toContain(
		'<meta name="referrer" content="same-origin" />'
	);
});

promised(
	'needs are read with names by needs readers outside of government, who are noted; organizers see totals',
	{
		needs_who_text:
			'Only the needs readers whom the organizers named for this forum can see your name beside your answers. None of them is from a government or police service. Other organizers see totals only, such as the number of vegetarian meals.',
		needs_readings_text:
			'Each time a needs reader opens the list with your answers, it is noted here.'
	},
	async (s) => {
		const { forum_id, slug } = await forum(s);
		const amira = await member(s, 'Amira');
		await confirmed(s, amira, forum_id);
		const said = { kinds: ['vegan'], other_language: '', phone: '', words: 'For Amira only' };
		await amira.calls('save_needs', { forum_id, ...said });
		const olive = await organizer(s);
		const named = async (person: Persona) =>
			olive.calls('name_role', {
				person_id: person.id,
				role: 'needs_reader',
				forum_id,
				ends_on: null
			});
		for (const sector of ['government', 'law_enforcement', null]) {
			await expect(named(await member(s, 'Gus', { sector }))).rejects.toThrow(
				'needs_reader_of_government'
			);
		}
		const rosa = await member(s, 'Rosa');
		await named(rosa);
		await expect(olive.calls('read_needs', { slug, after: null })).rejects.toThrow(
			'needs_readers_only'
		);
		const totals = await olive.calls('needs_overview', { slug });
		expect(totals.counts).toMatchObject([{ kind: 'vegan', in_person: 1 }]);
		expect(JSON.stringify(totals)).not.toMatch(/Amira/);
		for (let time = 1; time < 3; time++) {
			await rosa.calls('read_needs', { slug, after: null });
			expect((await amira.calls('my_needs', { forum_id })).readings).toHaveLength(time);
		}
	}
);

promised(
	'requests to be apart are for needs readers, keep apart from the moment they are accepted, and say nothing of who is where',
	{
		apart_lead:
			'You can ask not to share a session with somebody. Only needs readers learn that you asked.',
		apart_does_decides:
			'A needs reader reads your request and decides. Nothing changes before that.',
		apart_does_never: 'Then you and those you named can no longer get a spot in the same session.',
		apart_does_half:
			'About half of the sessions are full for you, and the others are full for them. This is always so, even where nobody you named is.',
		apart_who_text:
			'Only needs readers of this forum. A needs reader from an organization or sector that you choose does not see it.',
		apart_readings_text:
			'Each time a needs reader opens the list with your requests, it is noted here.'
	},
	async (s) => {
		const { forum_id, slug } = await forum(s);
		const session_id = await breakout(s, forum_id);
		const [amira, xavier] = [await member(s, 'Amira'), await member(s, 'Xavier')];
		for (const person of [amira, xavier]) await confirmed(s, person, forum_id);
		const olive = await organizer(s);
		const named = async (name: string, sector: string) => {
			const person = await member(s, name, { sector });
			const role = { role: 'needs_reader', forum_id, ends_on: null };
			await olive.calls('name_role', { person_id: person.id, ...role });
			return person;
		};
		const [rosa, yuri] = [await named('Rosa', 'ngo'), await named('Yuri', 'youth')];
		const asked = { forum_id, words: '', organization_id: null };
		await amira.calls('ask_apart', { ...asked, about: 'sector', sector: 'youth' });
		await amira.calls('ask_apart', { ...asked, about: 'person', words: 'Xavier', sector: null });
		for (const outsider of [olive, xavier]) {
			await expect(outsider.calls('read_apart', { slug })).rejects.toThrow('needs_readers_only');
		}
		expect((await yuri.calls('read_apart', { slug })).requests).toMatchObject([
			{ about: 'person' }
		]);
		const { requests } = await rosa.calls('read_apart', { slug });
		expect((await amira.calls('my_apart', { slug })).readings).toMatchObject([
			{ reader: 'Rosa' },
			{ reader: 'Yuri' }
		]);
		const bars = async (person: Persona) =>
			(await person.reads('sessions', { session_id }, 'public.spots_left(it) as left'))[0]!.left ===
			'full';
		expect([await bars(amira), await bars(xavier)]).toEqual([false, false]);
		const { request_id } = requests.find((one: { about: string }) => one.about === 'person');
		await rosa.calls('accept_apart', { request_id, person_id: xavier.id });
		// Nobody is in the session: it is of one half all the same.
		expect([await bars(amira), await bars(xavier)].sort()).toEqual([false, true]);
	}
);

promised(
	'notes are read by note-takers and organizers, then by who signed up, and never by a government of a closed session',
	{
		notes_readers:
			'Only the note-takers of this session and the organizers can read these notes. Once they are reviewed, people who signed up for the session can too.',
		notes_closed: 'This session is closed to government and police: they cannot read these notes.',
		notes_privacy_text:
			'The note-takers of the session and the organizers can read them. Once they are reviewed, people who signed up for the session can too. Only the organizers can see which version you wrote, until 12 months after the forum. The notes stay, without your name.',
		notes_redact_text:
			'Copy the passage from the notes exactly. It is deleted from them and from all earlier versions, and a mark “[…]” stays. What was put on the list or into a report stays: change it there.',
		notes_delete_text:
			'The notes are deleted with their pairs and all versions. This cannot be undone.'
	},
	async (s) => {
		const { forum_id, slug } = (await forum(s)) as { forum_id: string; slug: string };
		const session_id = await breakout(s, forum_id, { closed_to_government: true });
		const olive = await organizer(s);
		const [nora, pat, ned] = [
			await member(s, 'Nora'),
			await member(s, 'Pat'),
			await member(s, 'Ned')
		];
		for (const someone of [pat, ned]) await confirmed(s, someone, forum_id);
		await pat.calls('sign_up', { session_id });
		await olive.calls('name_note_taker', { forum_id, session_id, address: nora.email });
		const closedTo = await excluded(s, await committee(s, 'south'));
		for (const someone of Object.values(closedTo)) {
			await s.sql(`insert into private.note_takers (session_id, person_id) values ($1, $2)`, [
				session_id,
				someone.id
			]);
		}
		const part = { key: '1', version: 0, body: 'Said in the room', recommendation: '' };
		await nora.calls('save_note', { session_id, language: 'en', parts: [part] });
		const reads = async (someone: Persona) =>
			JSON.stringify(await someone.calls('note_page', { slug, session_id })).includes('Said');
		const readers = async () => [
			await reads(nora),
			await reads(olive),
			await reads(pat),
			await reads(ned),
			...(await Promise.all(Object.values(closedTo).map(reads)))
		];
		const nobody = Object.values(closedTo).map(() => false);
		expect(await readers()).toEqual([true, true, false, false, ...nobody]);
		await olive.calls('review_note', { session_id, version: 2, reviewed: true });
		expect(await readers()).toEqual([true, true, true, false, ...nobody]);
		expect(JSON.stringify(await nora.calls('note_page', { slug, session_id }))).not.toMatch(/Nora/);
		await expect(nora.calls('note_versions', { session_id })).rejects.toThrow('organizers_only');
		await olive.calls('redact_note', { session_id, passage: 'in the room' });
		const all = await s.sql(
			'select p.body, h.body as earlier from private.note_parts p left join private.note_history h using (part_id)'
		);
		expect(JSON.stringify(all)).toContain('Said […]');
		expect(JSON.stringify(all)).not.toContain('in the room');
		await nora.calls('delete_my_account');
		expect(await reads(olive)).toBe(true);
		await olive.calls('delete_note', { session_id });
		for (const table of ['notes', 'note_parts', 'note_history'])
			expect(await s.sql(`select from private.${table}`)).toEqual([]);
	}
);

promised(
	'organizers cannot read which sessions a vouched person chose, nor how they voted',
	{
		vouched_slip_knows:
			'The site stores no name and no email address for you. The organization that gave you this slip and the organizers cannot see which sessions you choose, nor how you vote.'
	},
	async (s) => {
		const olive = await organizer(s);
		const { forum_id } = await forum(s);
		const guest = await s.person('x', { email: `${randomUUID()}@vouched.invalid` });
		const { organization_id } = await insert(s, 'organizations', {
			organization_id: randomUUID(),
			name_en: 'Shelter',
			name_fr: 'Refuge',
			serves: [],
			mandate_en: '',
			mandate_fr: '',
			languages: [],
			affiliation: 'member',
			sample: false
		});
		await olive.calls('make_vouched_spots', {
			...{ forum_id, organization_id, batch_id: randomUUID(), mode: 'in_person', language: 'en' },
			...{ province: 'ON', sector: 'lived_experience', support_person: false, honorarium: false },
			...{ over_capacity: false, reason: '', accounts: [guest.id], code_hashes: ['a'.repeat(64)] }
		});
		await guest.calls('sign_up', { session_id: await breakout(s, forum_id) });
		expect(await guest.reads('signups')).toHaveLength(1);
		expect(await olive.reads('signups')).toEqual([]);
		await expect(olive.query('select from private.ballots')).rejects.toThrow('permission');
		const [stored] = await s.sql(
			`select p.name, p.organization_name, u.email = $2 as made_up
			from public.people p join auth.users u on u.id = p.person_id where p.person_id = $1`,
			[guest.id, guest.email]
		);
		expect(stored).toEqual({
			name: 'Guest 1 / Personne invitée 1',
			organization_name: null,
			made_up: true
		});
	}
);

promised(
	'feedback is anonymous, once each, and shown in groups of five or more',
	{
		feedback_promise_apart:
			'That you answered is stored apart from your answers. No name, number, time or order links the two.',
		feedback_promise_groups:
			'Organizers see answers only in groups of five or more. Texts are in random order, apart from your other answers.',
		feedback_promise_few:
			'If fewer than five people answer, nobody sees the answers, and they are deleted.',
		feedback_promise_once:
			'You can answer once. Afterwards nobody can find your answers, so you cannot change or delete them.',
		feedback_promise_until:
			'That you answered is deleted after {date}. What people wrote is deleted 12 months after the forum.',
		feedback_promise_server:
			'Somebody with access to the server or its backups could link the two, by comparing copies from before and after.',
		shared_privacy_feedback_text:
			'That you answered, for 21 days after the forum, and apart from it your answers. Nothing links the two, and organizers see answers only in groups of five or more. What people wrote is deleted 12 months after the forum.'
	},
	async (s) => {
		const olive = await organizer(s);
		const yesterday = { starts_on: inDays(-2).slice(0, 10), ends_on: inDays(-2).slice(0, 10) };
		const { forum_id, slug } = await forum(s, yesterday);
		const empty = { feedback_question_id: null, version: 1, options_en: [], options_fr: [] };
		const asked = { ...empty, forum_id, kind: 'text', text_en: 'What helped?', text_fr: 'Quoi?' };
		const question = await olive.calls<string>('save_feedback_question', asked);
		const shown = async () =>
			(await olive.calls('feedback_of', { slug })).questions[0].result?.count ?? 0;
		const seen: number[] = [];
		for (let n = 0; n < 19; n++) {
			const person = await member(s, `Person ${n}`);
			await confirmed(s, person, forum_id);
			const give = { forum_id, answers: { [question]: person.id } };
			await person.calls('give_feedback', give);
			expect(await saidTo(person.calls('give_feedback', give))).toBe('feedback_given_already');
			expect(JSON.stringify(await person.calls('my_feedback', { slug }))).not.toContain(person.id);
			seen.push(await shown());
		}
		const steps = seen.map((count, n) => count - (seen[n - 1] ?? 0)).filter((step) => step > 0);
		expect(steps.every((step) => step >= 5)).toBe(true);
		// One transaction wrote all who answered and all that waits; no column is the same, and none is a time.
		const written = await s.sql(
			`select distinct xmin::text from private.feedback_given
			union select distinct xmin::text from private.feedback_pending`
		);
		expect(written).toHaveLength(1);
		const columns = await s.sql<{ name: string }>(
			`select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
			where c.relkind = 'r' and c.relname ~ '^feedback_(given|pending|answers)$' and a.attnum > 0 order by 1`
		);
		expect(columns.map(({ name }) => name)).toEqual([
			'feedback_answers.feedback_answer_id',
			'feedback_answers.feedback_question_id',
			'feedback_answers.text',
			'feedback_answers.value',
			'feedback_given.forum_id',
			'feedback_given.person_id',
			'feedback_pending.answers',
			'feedback_pending.feedback_pending_id',
			'feedback_pending.forum_id'
		]);
		const ends = (days: number) =>
			s.sql('update public.forums set starts_on = $2, ends_on = $2 where forum_id = $1', [
				forum_id,
				inDays(days).slice(0, 10)
			]);
		await ends(-24);
		expect(await shown()).toBe(19);
		await s.service.calls('delete_old_data');
		expect(await s.sql('select from private.feedback_given')).toEqual([]);
		expect(await shown()).toBe(19);
		await ends(-400);
		await s.service.calls('delete_old_data');
		expect(await s.sql('select from private.feedback_answers')).toEqual([]);
		expect(await shown()).toBe(0);
	}
);

promised(
	'whether notes are what was said is answered anonymously, once each, and shown in groups of five or more',
	{
		confirmations_promise_apart:
			'That you answered is stored apart from your answer. No name, number, time or order links the two.',
		confirmations_promise_groups:
			'Answers are shown only in groups of five or more. Only the organizers can read other words, in random order.',
		confirmations_promise_few:
			'If fewer than five people answer about a pair, nobody sees the answers, and they are deleted.',
		confirmations_promise_once:
			'You can answer once about each pair. Afterwards nobody can find your answer, so you cannot change or delete it.',
		confirmations_promise_until:
			'That you answered is deleted once the time is over. Other words are deleted 12 months after the forum, and earlier when the pair changes.',
		confirmations_promise_server:
			'Somebody with access to the server or its backups could link the two, by comparing copies from before and after.',
		confirmations_privacy_text:
			'That you answered, for 72 hours after the review of the notes, and apart from it your answer. Nothing links the two, and answers are shown only in groups of five or more. Other words are deleted 12 months after the forum.',
		confirmations_rewordings_text:
			'You see the words, never who wrote them. When you use them, answers to the old words are deleted and people are asked again.',
		confirmations_email_until:
			'You can answer until {until}. Answers are anonymous, and this email is the only one about it.',
		confirmations_minority_text:
			'Most answers say “Not this”. The pair stays in the notes, as what some people said.'
	},
	async (s) => {
		const [olive, nora] = [await organizer(s), await member(s, 'Nora')];
		const { forum_id, slug } = await forum(s);
		const session_id = await breakout(s, forum_id, { capacity: 50 });
		await olive.calls('name_note_taker', { forum_id, session_id, address: nora.email });
		const people: Persona[] = [];
		for (let n = 0; n < 19; n++) {
			people.push(await member(s, `Person ${n}`));
			await confirmed(s, people[n]!, forum_id);
			await s.sql(
				`insert into public.signups (session_id, forum_id, person_id, during)
				values ($1, $2, $3, tstzrange(now(), now() + interval '1 hour'))`,
				[session_id, forum_id, people[n]!.id]
			);
		}
		const parts = ['a', 'b'].map((body) => ({
			...{ key: randomUUID(), version: 0, body, recommendation: '' }
		}));
		await nora.calls('save_note', { session_id, language: 'en', parts });
		await olive.calls('review_note', { session_id, version: 2, reviewed: true });
		const page = (who: Persona) => who.calls('confirmation_page', { slug, session_id });
		const ids = (await page(nora)).points.map(({ point_id }: { point_id: string }) => point_id);
		const seen: number[] = [];
		for (const person of people) {
			const point = ids[0];
			const answers = [{ point, choice: 'reword', finding: person.id }];
			const say = () => person.calls('confirm_points', { session_id, answers });
			await say();
			expect(await saidTo(say())).toBe('point_answered_already');
			expect(JSON.stringify(await page(person))).not.toContain(person.id);
			seen.push((await page(nora)).points[0].result?.count ?? 0);
		}
		await people[0]!.calls('confirm_points', {
			...{ session_id, answers: [{ point: ids[1], choice: 'no' }] }
		});
		const steps = seen.map((count, n) => count - (seen[n - 1] ?? 0)).filter((step) => step > 0);
		expect(steps.every((step) => step >= 5)).toBe(true);
		// One transaction wrote all who answered and all that waits; no column is the same, and none is a time.
		const written = await s.sql(
			`select distinct xmin::text from private.confirmation_given
			union select distinct xmin::text from private.confirmation_pending`
		);
		expect(written).toHaveLength(1);
		const columns = await s.sql<{ name: string }>(
			`select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
			where c.relkind = 'r' and c.relname ~ '^confirmation_(given|pending)$' and a.attnum > 0 order by 1`
		);
		expect(columns.map(({ name }) => name.replace('confirmation_', ''))).toEqual([
			'given.person_id',
			'given.point_id',
			'pending.choice',
			'pending.confirmation_pending_id',
			'pending.finding',
			'pending.point_id',
			'pending.recommendation'
		]);
		await s.sql(`update private.confirmation_points set until = now() - interval '1 minute'`);
		await s.service.calls('delete_old_data');
		expect(await s.sql('select from private.confirmation_given')).toEqual([]);
		const [first, second] = (await page(olive)).points;
		expect([first.result.count, first.result.rewordings.length, second.result]).toEqual([
			...[19, 19, null]
		]);
		expect((await page(nora)).points[0].result.rewordings).toEqual([]);
		expect(await s.sql('select from private.confirmation_answers')).toHaveLength(19);
		await olive.calls('reword_pair', {
			...{ session_id, point_id: ids[0], finding: 'New', recommendation: '' }
		});
		expect(await s.sql('select from private.confirmation_answers')).toEqual([]);
		const again = (await page(people[3]!)).points.filter(({ open }: { open: boolean }) => open);
		expect(again).toMatchObject([{ finding: 'New', given: false }]);
		const asked = await s.sql(
			`select from private.jobs where payload ->> 'kind' = 'confirmation_asked'`
		);
		expect(asked).toHaveLength(19);
	}
);

promised(
	'a check-in code is random; the people at the check-in find a badge name with it, and others nothing',
	{
		checkins_code_who:
			'The code is random and holds nothing about you. Only the people at the check-in of this forum and the organizers can find your badge name with it.'
	},
	async (s) => {
		const { forum_id, slug } = await forum(s);
		const [amira, chi] = [await member(s, 'Amira'), await member(s, 'Chi')];
		await confirmed(s, amira, forum_id, { name: 'Amira Haddad', badge_name: 'Mimi' });
		const needs = { kinds: ['vegan'], other_language: '', phone: '', words: 'For Amira only' };
		await amira.calls('save_needs', { forum_id, ...needs });
		const olive = await organizer(s);
		const role = { person_id: chi.id, role: 'check_in', forum_id, ends_on: null };
		await olive.calls('name_role', role);
		const [row] = await amira.reads('registrations', {}, 'public.my_check_in(it) as mine');
		const { code } = (row as { mine: { code: string } }).mine;
		const scan = (someone: Persona) =>
			someone.calls('check_in', { forum_id, scan_id: randomUUID(), code });
		const stranger = await member(s, 'Sam');
		for (const someone of [stranger, amira]) {
			await expect(scan(someone)).rejects.toThrow('check_in_only');
		}
		expect(await scan(chi)).toMatchObject({ outcome: 'in', name: 'Mimi' });
		const seen = JSON.stringify(await chi.calls('check_in_page', { slug, search: 'haddad' }));
		expect(seen).toContain('Mimi');
		expect(seen).not.toMatch(/Haddad|For Amira|vegan|example\.org|"ngo"/);
	}
);
