import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { committee, joins, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Scene } from './scene';

/** Amira and Ben sit in the south with Chloe in the chair; Mia sits in the north, Nadia chairs it. */
async function network(scene: Scene) {
	const south = await committee(scene, 'south');
	const north = await committee(scene, 'north');
	const amira = await member(scene, 'Amira');
	const ben = await member(scene, 'Ben');
	const chloe = await member(scene, 'Chloe');
	const mia = await member(scene, 'Mia');
	const nadia = await member(scene, 'Nadia');
	const of = {
		amira: await joins(scene, amira, south),
		ben: await joins(scene, ben, south),
		chloe: await joins(scene, chloe, south, 'chair'),
		mia: await joins(scene, mia, north),
		nadia: await joins(scene, nadia, north, 'chair')
	};
	return { south, north, amira, ben, chloe, mia, nadia, of };
}

const opening = (about: Record<string, unknown> = {}) => ({
	committees: ['south'],
	title: 'What do you see?',
	body: 'Tell us.',
	language: 'en',
	closed_to_government: false,
	client_key: randomUUID(),
	...about
});

function start(person: Persona, about: Record<string, unknown> = {}): Promise<string> {
	return person.calls<string>('start_thread', opening(about));
}

function reply(person: Persona, thread_id: string, about: Record<string, unknown> = {}) {
	return person.calls<number>('post_reply', {
		thread_id,
		body: 'We see that too.',
		language: 'en',
		client_key: randomUUID(),
		...about
	});
}

/** Everything of a thread that a reader could find. */
async function traces(reader: Persona, thread_id: string): Promise<number> {
	let found = 0;
	// One after the other: a scene has one connection, and one caller at a time.
	for (const table of ['threads', 'thread_committees', 'posts']) {
		found += (await reader.reads(table, { thread_id })).length;
	}
	return found;
}

/** The name of someone, as a reader sees it. */
function named(reader: Persona, { id }: Persona) {
	return reader.query('select name from public.people where person_id = $1', [id]);
}

async function postId({ sql }: Scene, thread_id: string, number = 1): Promise<string> {
	const [row] = await sql<{ post_id: string }>(
		'select post_id from public.posts where thread_id = $1 and number = $2',
		[thread_id, number]
	);
	return row!.post_id;
}

function age({ sql }: Scene, post_id: string, by: string) {
	return sql('update public.posts set created_at = created_at - $2::interval where post_id = $1', [
		post_id,
		by
	]);
}

async function unread(reader: Persona, thread_id: string): Promise<number | undefined> {
	const [row] = await reader.query<{ unread: number }>(
		'select t.unread from public.threads t where thread_id = $1',
		[thread_id]
	);
	return row?.unread;
}

function suspend({ sql }: Scene, person: Persona) {
	return sql('update public.people set suspended_at = now() where person_id = $1', [person.id]);
}

/** Connections open one by one; a race needs all of them to be ready. */
function openLines({ sql }: Scene) {
	return Promise.all(Array.from({ length: 10 }, () => sql('select pg_sleep(0.2)')));
}

describe('a thread is seen', () => {
	test('by the members of its committee and by organizers, and leaves no trace for others', () =>
		scene(async (scene) => {
			const { amira, ben, mia } = await network(scene);
			const thread = await start(amira);
			expect(await traces(ben, thread)).toBe(3);
			expect(await traces(await organizer(scene), thread)).toBe(3);
			const outsiders = [
				mia,
				await member(scene, 'Otto'),
				await member(scene, 'Gus', { sector: 'government' }),
				await member(scene, 'Pia', { sector: 'law_enforcement' }),
				await scene.person('Stranger')
			];
			for (const outsider of outsiders) {
				expect(await traces(outsider, thread)).toBe(0);
				expect(await unread(outsider, thread)).toBeUndefined();
			}
			await expect(scene.visitor.reads('threads')).rejects.toThrow(/denied/);
			await expect(scene.visitor.reads('posts')).rejects.toThrow(/denied/);
		}));

	test('by both committees when they share it, and each may reply', () =>
		scene(async (scene) => {
			const { amira, ben, mia } = await network(scene);
			const thread = await start(amira, { committees: ['south', 'north'] });
			expect(await reply(mia, thread)).toBe(2);
			expect(await reply(ben, thread)).toBe(3);
			expect(await traces(mia, thread)).toBe(6);
			expect((await named(amira, mia)).length).toBe(1);
		}));

	test('no longer by someone whose membership ended or who was suspended', () =>
		scene(async (scene) => {
			const { amira, ben, chloe, of } = await network(scene);
			const thread = await start(amira);
			await chloe.calls('end_membership', { membership_id: of.ben });
			await suspend(scene, amira);
			expect(await traces(ben, thread)).toBe(0);
			expect(await traces(amira, thread)).toBe(0);
			await expect(reply(ben, thread)).rejects.toThrow('thread_not_found');
			await expect(reply(amira, thread)).rejects.toThrow('account_suspended');
		}));

	test('with the name of an author who has left, and without that of one who deleted the account', () =>
		scene(async (scene) => {
			const { amira, ben, chloe, of } = await network(scene);
			const thread = await start(ben);
			await chloe.calls('end_membership', { membership_id: of.ben });
			expect(await named(amira, ben)).toHaveLength(1);
			await scene.sql('delete from auth.users where id = $1', [ben.id]);
			expect(await amira.reads('posts', { thread_id: thread })).toMatchObject([
				{ author_id: null, body: 'Tell us.' }
			]);
		}));
});

describe('closed to government and police', () => {
	test('closes a thread to members, chairs and organizers from government and police', () =>
		scene(async (scene) => {
			const { amira, ben, south } = await network(scene);
			const gus = await member(scene, 'Gus', { sector: 'government' });
			const pia = await member(scene, 'Pia', { sector: 'law_enforcement' });
			await joins(scene, gus, south, 'chair');
			await scene.sql(`insert into private.roles (person_id, role) values ($1, 'organizer')`, [
				pia.id
			]);
			const open = await start(amira);
			const closed = await start(amira, { closed_to_government: true });
			expect(await traces(ben, closed)).toBe(3);
			expect(await traces(await organizer(scene), closed)).toBe(3);
			for (const outsider of [gus, pia]) {
				expect(await traces(outsider, open)).toBe(3);
				expect(await traces(outsider, closed)).toBe(0);
				for (const call of [
					() => reply(outsider, closed),
					() => outsider.calls('set_thread_closed', { thread_id: closed, closed: true }),
					() => outsider.calls('mark_read', { thread_id: closed, number: 1 })
				]) {
					await expect(call()).rejects.toThrow('thread_not_found');
				}
				await expect(
					outsider.calls('delete_post', { post_id: await postId(scene, closed) })
				).rejects.toThrow('post_not_found');
			}
		}));

	test('is not opened by those whom it closes out', () =>
		scene(async (scene) => {
			const { south } = await network(scene);
			const gus = await member(scene, 'Gus', { sector: 'government' });
			await joins(scene, gus, south);
			await expect(start(gus, { closed_to_government: true })).rejects.toMatchObject({
				message: 'thread_closed_to_government',
				code: 'PT403'
			});
		}));
});

describe('start_thread', () => {
	test('asks for one’s own committee, and lets it share with another', () =>
		scene(async (scene) => {
			const { amira } = await network(scene);
			await start(amira, { committees: ['north', 'south'] });
			await expect(start(amira, { committees: ['north'] })).rejects.toMatchObject({
				message: 'members_only',
				code: 'PT403'
			});
			await start(await organizer(scene), { committees: ['north'] });
		}));

	test('refuses a committee that is not there, none, and the same one twice', () =>
		scene(async (scene) => {
			const { amira } = await network(scene);
			for (const committees of [['south', 'east'], [], ['south', 'south'], null]) {
				await expect(start(amira, { committees })).rejects.toThrow('committee_not_found');
			}
		}));

	test('refuses strangers, those outside, former members and suspended ones', () =>
		scene(async (scene) => {
			const { amira, ben, chloe, of } = await network(scene);
			await chloe.calls('end_membership', { membership_id: of.ben });
			await suspend(scene, amira);
			await expect(start(ben)).rejects.toThrow('members_only');
			await expect(start(await member(scene, 'Otto'))).rejects.toThrow('members_only');
			await expect(start(amira)).rejects.toThrow('account_suspended');
			await expect(start(await scene.person('Stranger'))).rejects.toThrow('profile_first');
		}));

	test('sent twice with one key is one thread', () =>
		scene(async (scene) => {
			const { amira } = await network(scene);
			const sent = opening();
			const first = await amira.calls('start_thread', sent);
			expect(await amira.calls('start_thread', sent)).toBe(first);
			expect(await amira.reads('threads')).toHaveLength(1);
			expect(await amira.reads('posts')).toHaveLength(1);
		}));

	test.skipIf(!concurrent)('sent many times at once with one key is one thread', () =>
		together(async (scene) => {
			const { amira } = await network(scene);
			await openLines(scene);
			for (let vote = 1; vote <= 5; vote += 1) {
				const sent = opening();
				const ids = await Promise.all(
					Array.from({ length: 8 }, () => amira.calls<string>('start_thread', sent))
				);
				expect(new Set(ids).size).toBe(1);
				expect(await amira.reads('threads')).toHaveLength(vote);
			}
		})
	);

	test.each([
		['no title', { title: '' }, 'threads_title_length'],
		['a title of spaces', { title: '      ' }, 'threads_title_length'],
		['a title too long', { title: 'x'.repeat(141) }, 'threads_title_length'],
		['a title that nobody sees', { title: '\u202e\u200b\u2800\n\t' }, 'threads_title_length'],
		['no text', { body: '' }, 'posts_not_empty'],
		['a text of empty lines', { body: ' \n\t\n ' }, 'posts_not_empty'],
		['a text too long', { body: 'é'.repeat(10_001) }, 'posts_body_length']
	])('refuses %s and leaves nothing', (_, about, constraint) =>
		scene(async (scene) => {
			const { amira } = await network(scene);
			await expect(start(amira, about)).rejects.toMatchObject({ constraint });
			expect(await amira.reads('threads')).toEqual([]);
		})
	);

	test('keeps a title as one line that turns nothing around', () =>
		scene(async (scene) => {
			const { amira } = await network(scene);
			await start(amira, { title: 'one\n\ntwo \u202eowt' });
			expect(await amira.reads('threads')).toMatchObject([{ title: 'one two owt' }]);
		}));

	test('keeps hostile words as they are', () =>
		scene(async (scene) => {
			const { amira } = await network(scene);
			const body = `'); drop table public.posts; -- <script>alert(1)</script> \u202e\u{1f600}`;
			const thread = await start(amira, { body, title: '<b>%s</b> \\' });
			expect(await amira.reads('posts', { thread_id: thread })).toMatchObject([{ body }]);
		}));

	test('takes as many characters as promised', () =>
		scene(async (scene) => {
			const { amira } = await network(scene);
			const thread = await start(amira, {
				title: 'é'.repeat(140),
				body: '\u{1f600}'.repeat(10_000)
			});
			expect(await traces(amira, thread)).toBe(3);
		}));
});

describe('post_reply', () => {
	test('counts up, and brings the thread forward', () =>
		scene(async (scene) => {
			const { amira, ben } = await network(scene);
			const thread = await start(amira);
			const [before] = await amira.reads('threads');
			expect(await reply(ben, thread)).toBe(2);
			const [after] = await amira.reads<{ posts_count: number; last_post_at: string }>('threads');
			expect(after!.posts_count).toBe(2);
			expect(Date.parse(after!.last_post_at)).toBeGreaterThan(
				Date.parse(before!.last_post_at as string)
			);
		}));

	test('sent twice with one key is one post, even when the thread closed in between', () =>
		scene(async (scene) => {
			const { amira, ben, chloe } = await network(scene);
			const thread = await start(amira);
			const client_key = randomUUID();
			expect(await reply(ben, thread, { client_key })).toBe(2);
			expect(await reply(ben, thread, { client_key })).toBe(2);
			await chloe.calls('set_thread_closed', { thread_id: thread, closed: true });
			expect(await reply(ben, thread, { client_key })).toBe(2);
			expect(await amira.reads('posts', { thread_id: thread })).toHaveLength(2);
			await expect(reply(ben, thread)).rejects.toThrow('thread_closed');
		}));

	test('does not take a key that was used in another thread, and leaves others theirs', () =>
		scene(async (scene) => {
			const { amira, ben } = await network(scene);
			const one = await start(amira);
			const two = await start(amira);
			const client_key = randomUUID();
			await reply(ben, one, { client_key });
			await expect(reply(ben, two, { client_key })).rejects.toMatchObject({
				constraint: 'posts_sent_once'
			});
			expect(await reply(amira, two, { client_key })).toBe(2);
		}));

	test.skipIf(!concurrent)('sent by many at once gives each its own number', () =>
		together(async (scene) => {
			const { amira, ben, chloe } = await network(scene);
			const thread = await start(amira);
			const twice = randomUUID();
			await openLines(scene);
			const numbers = await Promise.all([
				...Array.from({ length: 4 }, () => reply(ben, thread)),
				...Array.from({ length: 3 }, () => reply(chloe, thread, { client_key: twice }))
			]);
			expect(new Set(numbers).size).toBe(5);
			const [row] = await amira.reads('threads', { thread_id: thread });
			expect(row).toMatchObject({ posts_count: 6 });
		})
	);

	test('is refused in a thread that is not yours or not there, alike', () =>
		scene(async (scene) => {
			const { amira, mia } = await network(scene);
			const thread = await start(amira);
			for (const id of [thread, randomUUID()]) {
				await expect(reply(mia, id)).rejects.toMatchObject({
					message: 'thread_not_found',
					code: 'PT404'
				});
			}
		}));

	test.each([
		['nothing', { body: '' }, 'posts_not_empty'],
		['empty lines', { body: '\n\n' }, 'posts_not_empty'],
		['too much', { body: 'x'.repeat(10_001) }, 'posts_body_length']
	])('refuses %s and keeps the count', (_, about, constraint) =>
		scene(async (scene) => {
			const { amira } = await network(scene);
			const thread = await start(amira);
			await expect(reply(amira, thread, about)).rejects.toMatchObject({ constraint });
			expect(await amira.reads('threads')).toMatchObject([{ posts_count: 1 }]);
		})
	);
});

describe('a closed thread', () => {
	test('says since when, can be read, and opens again', () =>
		scene(async (scene) => {
			const { amira, ben, chloe } = await network(scene);
			const thread = await start(amira);
			await chloe.calls('set_thread_closed', { thread_id: thread, closed: true });
			await expect(reply(ben, thread)).rejects.toMatchObject({
				message: 'thread_closed',
				code: 'PT409',
				detail: expect.stringContaining('"at"')
			});
			expect(await traces(ben, thread)).toBe(3);
			await chloe.calls('set_thread_closed', { thread_id: thread, closed: false });
			expect(await reply(ben, thread)).toBe(2);
		}));

	test('is closed by any chair of its committees or an organizer, and noted', () =>
		scene(async (scene) => {
			const { amira, mia, nadia } = await network(scene);
			const olive = await organizer(scene);
			const joint = await start(amira, { committees: ['south', 'north'] });
			const own = await start(amira);
			const close = (thread_id: string) => ({ thread_id, closed: true });
			for (const caller of [amira, mia]) {
				await expect(caller.calls('set_thread_closed', close(joint))).rejects.toThrow(
					'chairs_only'
				);
			}
			await expect(nadia.calls('set_thread_closed', close(own))).rejects.toThrow(
				'thread_not_found'
			);
			await nadia.calls('set_thread_closed', close(joint));
			await olive.calls('set_thread_closed', { thread_id: joint, closed: false });
			expect(
				await scene.sql(
					'select action, actor_id from private.audit where subject_id = $1 order by acted_at',
					[joint]
				)
			).toEqual([
				{ action: 'close_thread', actor_id: nadia.id },
				{ action: 'reopen_thread', actor_id: olive.id }
			]);
		}));
});

describe('edit_post', () => {
	test('within five minutes leaves no mark, later it does, after a day it is refused', () =>
		scene(async (scene) => {
			const { amira } = await network(scene);
			const thread = await start(amira);
			const post_id = await postId(scene, thread);
			let version = 0;
			const edit = (body: string) =>
				amira.calls('edit_post', { post_id, version: (version += 1), body });
			await edit('Once');
			expect(await amira.reads('posts')).toMatchObject([{ body: 'Once', edited_at: null }]);
			await age(scene, post_id, '6 minutes');
			await edit('Twice');
			expect(await amira.reads('posts')).toMatchObject([
				{ body: 'Twice', edited_at: expect.any(String) }
			]);
			await age(scene, post_id, '24 hours');
			await expect(edit('Late')).rejects.toMatchObject({ message: 'post_too_old', code: 'PT409' });
			expect(await amira.reads('posts')).toMatchObject([{ body: 'Twice' }]);
		}));

	test('from an older version is refused and changes nothing', () =>
		scene(async (scene) => {
			const { amira } = await network(scene);
			const post_id = await postId(scene, await start(amira));
			await amira.calls('edit_post', { post_id, version: 1, body: 'From one tab' });
			for (const version of [1, 0, 3, null]) {
				await expect(
					amira.calls('edit_post', { post_id, version, body: 'From another' })
				).rejects.toMatchObject({ message: 'post_changed', code: 'PT409' });
			}
			expect(await amira.reads('posts')).toMatchObject([{ body: 'From one tab', version: 2 }]);
			await amira.calls('edit_post', { post_id, version: 2, body: 'From both' });
			expect(await amira.reads('posts')).toMatchObject([{ body: 'From both', version: 3 }]);
		}));

	test('tells nobody but the author whether a version is the latest', () =>
		scene(async (scene) => {
			const { amira, ben, mia } = await network(scene);
			const post_id = await postId(scene, await start(amira));
			for (const version of [1, 2]) {
				const edit = { post_id, version, body: 'Mine' };
				await expect(ben.calls('edit_post', edit)).rejects.toThrow('post_not_yours');
				await expect(mia.calls('edit_post', edit)).rejects.toThrow('post_not_found');
			}
		}));

	test.skipIf(!concurrent)('sent from two tabs at once takes one of them', () =>
		together(async (scene) => {
			const { amira } = await network(scene);
			const post_id = await postId(scene, await start(amira));
			await openLines(scene);
			for (let version = 1; version <= 5; version += 1) {
				const tabs = ['one', 'two', 'three', 'four'];
				const answers = await Promise.allSettled(
					tabs.map((tab) => amira.calls('edit_post', { post_id, version, body: `Tab ${tab}` }))
				);
				const taken = tabs.filter((_, tab) => answers[tab]?.status === 'fulfilled');
				expect(taken).toHaveLength(1);
				for (const answer of answers) {
					if (answer.status === 'rejected') {
						expect(answer.reason).toMatchObject({ message: 'post_changed' });
					}
				}
				expect(await amira.reads('posts', { post_id })).toMatchObject([
					{ body: `Tab ${taken[0]}`, version: version + 1 }
				]);
			}
		})
	);

	test('is for the author alone', () =>
		scene(async (scene) => {
			const { amira, ben, chloe, mia } = await network(scene);
			const post_id = await postId(scene, await start(amira));
			const olive = await organizer(scene);
			for (const caller of [ben, chloe, olive]) {
				await expect(
					caller.calls('edit_post', { post_id, version: 1, body: 'Mine' })
				).rejects.toThrow('post_not_yours');
			}
			for (const caller of [mia, await member(scene, 'Gus', { sector: 'government' })]) {
				await expect(
					caller.calls('edit_post', { post_id, version: 1, body: 'Mine' })
				).rejects.toThrow('post_not_found');
			}
		}));

	test('is refused once the author is out or suspended', () =>
		scene(async (scene) => {
			const { amira, ben, chloe, of } = await network(scene);
			const first = await postId(scene, await start(amira));
			const second = await postId(scene, await start(ben));
			await chloe.calls('end_membership', { membership_id: of.amira });
			await suspend(scene, ben);
			const edit = { version: 1, body: 'Back' };
			await expect(amira.calls('edit_post', { post_id: first, ...edit })).rejects.toThrow(
				'post_not_found'
			);
			await expect(ben.calls('edit_post', { post_id: second, ...edit })).rejects.toThrow(
				'account_suspended'
			);
		}));

	test('refuses nothing, too much, and a deleted post', () =>
		scene(async (scene) => {
			const { amira } = await network(scene);
			const post_id = await postId(scene, await start(amira));
			const edit = (body: string) => amira.calls('edit_post', { post_id, version: 1, body });
			await expect(edit(' \n ')).rejects.toMatchObject({ constraint: 'posts_not_empty' });
			await expect(edit('x'.repeat(10_001))).rejects.toMatchObject({
				constraint: 'posts_body_length'
			});
			await amira.calls('delete_post', { post_id });
			await expect(edit('Back')).rejects.toThrow('post_not_found');
		}));
});

describe('delete_post', () => {
	test('deletes the text, and the number stays', () =>
		scene(async (scene) => {
			const { amira, ben } = await network(scene);
			const thread = await start(amira);
			await reply(ben, thread);
			await amira.calls('delete_post', { post_id: await postId(scene, thread) });
			expect(
				await ben.query(
					'select number, body, deleted_at is null as present from public.posts order by number'
				)
			).toEqual([
				{ number: 1, body: '', present: false },
				{ number: 2, body: 'We see that too.', present: true }
			]);
			expect(await reply(amira, thread)).toBe(3);
			expect(await scene.sql(`select from private.audit where action = 'delete_post'`)).toEqual([]);
		}));

	test('by a chair or an organizer is noted, without the words', () =>
		scene(async (scene) => {
			const { amira, chloe } = await network(scene);
			const thread = await start(amira);
			await reply(amira, thread);
			const olive = await organizer(scene);
			const posts = [await postId(scene, thread, 1), await postId(scene, thread, 2)];
			await chloe.calls('delete_post', { post_id: posts[0] });
			await olive.calls('delete_post', { post_id: posts[1] });
			expect(
				await scene.sql(
					`select actor_id, subject_id, fields from private.audit where action = 'delete_post' order by acted_at`
				)
			).toEqual([
				{ actor_id: chloe.id, subject_id: posts[0], fields: [] },
				{ actor_id: olive.id, subject_id: posts[1], fields: [] }
			]);
		}));

	test('is refused to other members, other committees and strangers', () =>
		scene(async (scene) => {
			const { amira, ben, mia, nadia } = await network(scene);
			const post_id = await postId(scene, await start(amira));
			await expect(ben.calls('delete_post', { post_id })).rejects.toThrow('post_not_yours');
			for (const caller of [mia, nadia, await member(scene, 'Otto')]) {
				await expect(caller.calls('delete_post', { post_id })).rejects.toThrow('post_not_found');
			}
			await expect(
				(await scene.person('Stranger')).calls('delete_post', { post_id })
			).rejects.toThrow('profile_first');
		}));
});

describe('what is unread', () => {
	test('is counted for each reader, and one’s own posts are read', () =>
		scene(async (scene) => {
			const { amira, ben } = await network(scene);
			const thread = await start(amira);
			await reply(amira, thread);
			expect(await unread(amira, thread)).toBe(0);
			expect(await unread(ben, thread)).toBe(2);
			await ben.calls('mark_read', { thread_id: thread, number: 1 });
			expect(await unread(ben, thread)).toBe(1);
		}));

	test('never goes back, nor beyond what is there', () =>
		scene(async (scene) => {
			const { amira, ben } = await network(scene);
			const thread = await start(amira);
			await reply(amira, thread);
			for (const number of [-5, 2, 1, 999]) {
				await ben.calls('mark_read', { thread_id: thread, number });
			}
			expect(await unread(ben, thread)).toBe(0);
			await reply(amira, thread);
			expect(await unread(ben, thread)).toBe(1);
		}));

	test('a mark below the first post counts as none', () =>
		scene(async (scene) => {
			const { amira, ben } = await network(scene);
			const thread = await start(amira);
			await ben.calls('mark_read', { thread_id: thread, number: -5 });
			expect(await unread(ben, thread)).toBe(1);
		}));

	test('leaves out what was deleted, in every list and on the thread itself', () =>
		scene(async (scene) => {
			const { amira, ben } = await network(scene);
			const thread = await start(amira);
			await ben.calls('mark_read', { thread_id: thread, number: 1 });
			await reply(amira, thread);
			await reply(amira, thread, { body: 'Still here.' });
			const deletes = async (number: number) =>
				amira.calls('delete_post', { post_id: await postId(scene, thread, number) });
			const counts = async () => {
				const { page } = await ben.calls('thread_page', { thread_id: thread, page: 1 });
				const [line] = (await ben.calls('committee_page', { slug: 'south' })).page.inside.threads;
				const home = (await ben.calls('home_page')).page;
				return [
					await unread(ben, thread),
					page.unread,
					line.unread,
					home.threads[0]?.unread ?? 0,
					home.threads_unread && 1,
					(await ben.calls('unread_page')).page.threads[0]?.unread ?? 0
				];
			};
			expect(await counts()).toEqual([2, 2, 2, 2, 1, 2]);
			await deletes(2);
			expect(await counts()).toEqual([1, 1, 1, 1, 1, 1]);
			await deletes(3);
			expect(await counts()).toEqual([0, 0, 0, 0, 0, 0]);
		}));

	test('is listed page by page, and leads on from the end of a thread', () =>
		scene(async (scene) => {
			const { amira, ben, mia } = await network(scene);
			await scene.sql(`insert into public.threads (title, language, author_id, last_post_at, posts_count)
				select 'Thread ' || n, 'en', '${amira.id}', now() - n * interval '1 minute', 1 from generate_series(1, 23) n`);
			await scene.sql(`insert into public.thread_committees (thread_id, committee_id)
				select t.thread_id, c.committee_id from public.threads t, public.committees c where c.slug = 'south'`);
			const { page } = await ben.calls('unread_page');
			const titles = page.threads.map(({ title }: { title: string }) => title);
			expect(titles).toEqual(Array.from({ length: 20 }, (_, n) => `Thread ${n + 1}`));
			const { thread_id: before_thread, last_post_at: before } = page.next;
			const rest = (await ben.calls('unread_page', { before, before_thread })).page;
			expect(rest.threads.map(({ title }: { title: string }) => title)).toEqual([
				'Thread 21',
				'Thread 22',
				'Thread 23'
			]);
			expect(rest.next).toBeNull();
			const home = (await ben.calls('home_page')).page;
			expect([home.threads.length, home.threads_unread]).toEqual([5, 23]);
			expect((await mia.calls('unread_page')).page.threads).toEqual([]);

			const [first, second] = page.threads;
			const at = async () =>
				(await ben.calls('thread_page', { thread_id: first.thread_id, page: 1 })).page.next?.title;
			expect(await at()).toBe('Thread 2');
			await ben.calls('mark_read', { thread_id: second.thread_id, number: 1 });
			expect(await at()).toBe('Thread 3');
		}));

	test('a line of a list names who started it, who wrote last, and what', () =>
		scene(async (scene) => {
			const { amira, ben } = await network(scene);
			const thread = await start(amira);
			await reply(ben, thread, { body: 'In the east.' });
			await reply(ben, thread);
			await ben.calls('delete_post', { post_id: await postId(scene, thread, 3) });
			const [line] = (await amira.calls('committee_page', { slug: 'south' })).page.inside.threads;
			expect(line).toMatchObject({
				starter: 'Amira',
				replies: 1,
				last: { author: 'Ben', words: 'In the east.' }
			});
		}));

	test('is nobody else’s to see or to set', () =>
		scene(async (scene) => {
			const { amira, ben, chloe, mia } = await network(scene);
			const thread = await start(amira);
			await ben.calls('mark_read', { thread_id: thread, number: 1 });
			expect(await chloe.reads('read_marks')).toEqual([]);
			expect(await (await organizer(scene)).reads('read_marks')).toEqual([]);
			await expect(mia.calls('mark_read', { thread_id: thread, number: 1 })).rejects.toThrow(
				'thread_not_found'
			);
		}));
});

test('ten posts a minute are the most, whichever way they come', () =>
	scene(async (scene) => {
		const { amira } = await network(scene);
		const thread = await start(amira);
		for (let n = 0; n < 9; n++) await reply(amira, thread);
		await expect(reply(amira, thread)).rejects.toMatchObject({
			message: 'too_many_posts',
			code: 'PT429'
		});
		await expect(start(amira)).rejects.toThrow('too_many_posts');
		await scene.sql(`update public.posts set created_at = created_at - interval '1 minute'`);
		expect(await reply(amira, thread)).toBe(11);
	}));
