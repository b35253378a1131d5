import { describe, expect, test } from 'vitest';
import { snapshotSchema } from '../../src/lib/reports/schema';
import { forum, giveKey, inDays, insert, joins, member, organizer, voteKey } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Scene } from './scene';

const texts = {
	title_en: 'Highlights',
	title_fr: 'Faits saillants',
	body_en: 'What we heard.',
	body_fr: 'Ce que nous avons entendu.'
};

/** A forum that is over, with one session and a list of three points, one of them with a part. */
async function past(s: Scene, about: Record<string, unknown> = {}) {
	const { forum_id } = await forum(s, {
		starts_on: inDays(-40).slice(0, 10),
		ends_on: inDays(-40).slice(0, 10),
		participants: 60,
		participants_qualifier: 'over',
		provinces: ['MB', 'QC'],
		sectors: ['ngo'],
		objectives_en: ['Compare', 'Choose'],
		objectives_fr: ['Comparer', 'Choisir'],
		...about
	});
	await s.sql(
		`insert into public.sessions (forum_id, kind, title_en, title_fr, position)
		values ($1, 'panel', 'Regional panel', 'Panel régional', 1)`,
		[forum_id]
	);
	const [area] = await s.sql<{ area_id: string }>(
		`insert into public.areas (forum_id, name_en, name_fr, position)
		values ($1, 'Policy', 'Politiques', 1) returning area_id`,
		[forum_id]
	);
	const points = await s.sql<{ priority_id: string }>(
		`insert into public.priorities (forum_id, area_id, title_en, title_fr, position)
		select $1, $2, 'Point ' || n, 'Élément ' || n, n from generate_series(1, 3) n returning priority_id`,
		[forum_id, area!.area_id]
	);
	await s.sql(
		`insert into public.priorities (forum_id, area_id, parent_id, title_en, title_fr, position)
		values ($1, $2, $3, 'Part of 1', 'Partie de 1', 4)`,
		[forum_id, area!.area_id, points[0]!.priority_id]
	);
	return { forum_id, points: points.map(({ priority_id }) => priority_id) };
}

/** A vote on the list whose time is over, with so many ballots for the first point. */
async function votedOn(s: Scene, forum_id: string, pick: string, ballots: number) {
	const [vote] = await s.sql<{ vote_id: string }>(
		`insert into public.votes (forum_id, title_en, title_fr, opens_at, closes_at, choices, sectors, voters_count)
		values ($1, 'A vote', 'Un vote', $2, $3, 2, '{ngo}', $4) returning vote_id`,
		[forum_id, inDays(-9), inDays(-1), Math.max(ballots, 1)]
	);
	const { vote_id } = vote!;
	await s.sql(`select private.copy_list(r) from public.votes r where vote_id = $1`, [vote_id]);
	await giveKey(s, vote_id);
	for (let n = 0; n < ballots; n++) {
		const voter = await member(s, `Voter ${n}`);
		await s.sql('insert into private.voters (vote_id, person_id) values ($1, $2)', [
			vote_id,
			voter.id
		]);
		await s.sql(
			`insert into private.ballots values ($1, $2, private.encrypt_ballot(array[$3::uuid], '{}', $4))`,
			[vote_id, voter.id, pick, voteKey]
		);
	}
	return vote_id;
}

function start(olive: Persona, forum_id: string, words = texts): Promise<string> {
	return olive.calls('draft_report', { forum_id, ...words });
}

function publish(olive: Persona, report_id: string, version = 1, one_language = false) {
	return olive.calls('publish_report', { report_id, version, one_language });
}

const notes = { note_en: 'The number of sessions was wrong.', note_fr: 'Le nombre de séances.' };

function correct(olive: Persona, report_id: string, version: number | null, words: object = {}) {
	return olive.calls<number>('correct_report', {
		report_id,
		version,
		...texts,
		...notes,
		...words
	});
}

function unpublish(olive: Persona, report_id: string, version: number | null) {
	return olive.calls('unpublish_report', { report_id, version });
}

/** A report that everyone reads, at version 2. */
async function published(s: Scene, words: Partial<typeof texts> = {}) {
	const olive = await organizer(s);
	const { forum_id, points } = await past(s);
	const report_id = await start(olive, forum_id, { ...texts, ...words });
	await publish(olive, report_id, 1, true);
	return { olive, forum_id, points, report_id };
}

test('a report of an invented forum is marked, and so is one only', () =>
	scene(async (s) => {
		const olive = await organizer(s);
		for (const sample of [true, false]) {
			const { forum_id } = await past(s, { sample });
			await start(olive, forum_id);
			expect(await olive.reads('reports', { forum_id }, 'it.sample')).toEqual([{ sample }]);
			await s.sql('savepoint before');
			await expect(
				s.sql('update public.reports set sample = not sample where forum_id = $1', [forum_id])
			).rejects.toThrow('reports_forum_and_sample');
			await s.sql('rollback to savepoint before');
		}
	}));

test('what is published here has a day, whatever was known of it before', () =>
	scene(async (s) => {
		const olive = await organizer(s);
		const { forum_id } = await past(s);
		const report_id = await start(olive, forum_id);
		await s.sql('update public.reports set published_precision = null');
		await publish(olive, report_id, 1, true);
		expect(await s.visitor.reads('reports', { forum_id }, 'it.published_precision')).toEqual([
			{ published_precision: 'day' }
		]);
	}));

describe('who may', () => {
	test.each([
		'a visitor',
		'a stranger',
		'a member',
		'a government participant',
		'someone suspended'
	])('%s drafts, saves, publishes, corrects, takes down and asks nothing', (who) =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id } = await past(s);
			const report_id = await start(olive, forum_id);
			const caller = await someone(s, who);
			const refused =
				who === 'a visitor'
					? { code: '42501' }
					: who === 'someone suspended'
						? { message: 'account_suspended' }
						: who === 'a stranger'
							? { message: 'profile_first' }
							: { message: 'organizers_only' };
			for (const [verb, args] of [
				['report_facts', { forum_id }],
				['draft_report', { forum_id, ...texts }],
				['save_report', { report_id, version: 1, ...texts }],
				['publish_report', { report_id, version: 1, one_language: true }]
			] as const) {
				await expect(caller.calls(verb, args), verb).rejects.toMatchObject(refused);
			}
			expect(await caller.reads('reports')).toEqual([]);
			await publish(olive, report_id);
			expect(await caller.reads('reports')).toMatchObject([{ report_id }]);
			for (const [verb, args] of [
				['correct_report', { report_id, version: 2, ...texts, ...notes }],
				['unpublish_report', { report_id, version: 2 }]
			] as const) {
				await expect(caller.calls(verb, args), verb).rejects.toMatchObject(refused);
			}
			await correct(olive, report_id, 2);
			expect(await caller.reads('report_corrections')).toMatchObject([{ report_id, ...notes }]);
			await unpublish(olive, report_id, 3);
			expect(await caller.reads('reports')).toEqual([]);
			expect(await caller.reads('report_corrections')).toEqual([]);
		})
	);

	test('nobody writes the table itself, an organizer neither', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id } = await past(s);
			await start(olive, forum_id);
			for (const statement of [
				`update public.reports set body_en = 'mine'`,
				'delete from public.reports',
				`insert into public.reports (forum_id) values ('${forum_id}')`,
				`insert into public.report_corrections (report_id, version) values ('${forum_id}', 1)`,
				`update public.report_corrections set note_en = 'mine'`,
				'delete from public.report_corrections'
			]) {
				await expect(olive.query(statement), statement).rejects.toMatchObject({ code: '42501' });
			}
		}));

	test('an organizer whose time has passed is out at once', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id } = await past(s);
			await start(olive, forum_id);
			await s.sql(
				`update private.roles set starts_at = now() - interval '2 days', ends_at = now() - interval '1 day'
				where person_id = $1`,
				[olive.id]
			);
			expect(await olive.reads('reports')).toEqual([]);
			await expect(olive.calls('report_facts', { forum_id })).rejects.toThrow('organizers_only');
		}));
});

async function someone(s: Scene, who: string) {
	switch (who) {
		case 'a visitor':
			return s.visitor;
		case 'a stranger':
			return s.person('Stranger');
		case 'a government participant':
			return member(s, 'Gil', { sector: 'government' });
		case 'someone suspended':
			return member(s, 'Sam', { suspended: true });
	}
	const amira = await member(s, 'Amira');
	const committee = await insert(s, 'committees', {
		committee_id: crypto.randomUUID(),
		position: 0,
		slug: 'a-committee',
		name_en: 'A committee',
		name_fr: 'Un comité',
		description_en: '',
		description_fr: '',
		duties_en: [],
		duties_fr: [],
		meets_en: '',
		meets_fr: ''
	});
	await joins(s, amira, committee.committee_id as string);
	return amira;
}

describe('the draft', () => {
	test('starts once for each forum, and a forum that is not there has none', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id } = await past(s);
			await start(olive, forum_id);
			await expect(start(olive, forum_id)).rejects.toMatchObject({
				message: 'report_drafted_already',
				code: 'PT409'
			});
			await expect(start(olive, crypto.randomUUID())).rejects.toThrow('forum_not_found');
		}));

	test('is saved over the version that the editor saw, and over no other', () =>
		scene(async (s) => {
			const [olive, omar] = [await organizer(s), await organizer(s, 'Omar')];
			const { forum_id } = await past(s);
			const report_id = await start(olive, forum_id);
			const edit = { report_id, ...texts };
			expect(await olive.calls('save_report', { ...edit, version: 1, body_en: 'Hers' })).toBe(2);
			for (const version of [1, 3, null]) {
				await expect(
					omar.calls('save_report', { ...edit, version, body_en: 'His' })
				).rejects.toMatchObject({ message: 'report_changed', code: 'PT409' });
			}
			expect(await omar.reads('reports')).toMatchObject([{ body_en: 'Hers', version: 2 }]);
			expect(await omar.calls('save_report', { ...edit, version: 2, body_en: 'Both' })).toBe(3);
		}));

	test('takes no text that is too long, and no report that is not there', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id } = await past(s);
			const report_id = await start(olive, forum_id);
			const save = (words: object) =>
				olive.calls('save_report', { report_id, version: 1, ...texts, ...words });
			await expect(save({ body_fr: 'a'.repeat(60_001) })).rejects.toMatchObject({
				constraint: 'reports_body_fr_length'
			});
			await expect(save({ title_en: 'a'.repeat(161) })).rejects.toMatchObject({
				constraint: 'reports_title_en_length'
			});
			await expect(save({ title_en: null })).rejects.toMatchObject({ code: '23502' });
			await expect(save({ report_id: crypto.randomUUID() })).rejects.toThrow('report_not_found');
			expect(await save({ body_en: `<script>alert('x')</script>` })).toBe(2);
		}));

	test('leaves a line in the log that names no words', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id } = await past(s);
			const report_id = await start(olive, forum_id);
			await publish(olive, report_id);
			const lines = await s.sql(
				'select action, actor_id, fields from private.audit where subject_id = $1 order by acted_at',
				[report_id]
			);
			expect(lines).toEqual([
				{ action: 'draft_report', actor_id: olive.id, fields: [] },
				{ action: 'publish_report', actor_id: olive.id, fields: [] }
			]);
		}));
});

describe('publishing', () => {
	test('shows the report to everyone, and is not saved over again', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id } = await past(s);
			const report_id = await start(olive, forum_id);
			await publish(olive, report_id);
			expect(await s.visitor.reads('reports', {}, 'title_en')).toEqual([
				{ title_en: 'Highlights' }
			]);
			for (const again of [
				() => publish(olive, report_id, 2),
				() => olive.calls('save_report', { report_id, version: 2, ...texts })
			]) {
				await expect(again()).rejects.toMatchObject({
					message: 'report_published_already',
					code: 'PT409'
				});
			}
		}));

	test('waits while a vote on the list is open or not counted', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id, points } = await past(s);
			const vote_id = await votedOn(s, forum_id, points[0]!, 5);
			const report_id = await start(olive, forum_id);
			await expect(publish(olive, report_id)).rejects.toMatchObject({
				message: 'vote_not_counted',
				code: 'PT409'
			});
			await olive.calls('count_vote', { vote_id, key: voteKey });
			await publish(olive, report_id);
			expect(await s.visitor.reads('reports')).toHaveLength(1);
		}));

	test('waits for the forum to be published, so that no draft shows through', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id } = await past(s, { published_at: null });
			const report_id = await start(olive, forum_id);
			await expect(publish(olive, report_id)).rejects.toThrow('forum_not_published');
		}));

	test('of an older version than the saved one is refused', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id } = await past(s);
			const report_id = await start(olive, forum_id);
			await olive.calls('save_report', { report_id, version: 1, ...texts });
			await expect(publish(olive, report_id, 1)).rejects.toThrow('report_changed');
		}));

	test.each([
		[{ body_fr: '' }, 'fr'],
		[{ title_fr: ' ' }, 'fr'],
		[{ body_en: '\r\n\t ' }, 'en']
	])('with %o has to be meant', (words, missing) =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id } = await past(s);
			const report_id = await start(olive, forum_id, { ...texts, ...words });
			for (const meant of [false, null]) {
				await expect(publish(olive, report_id, 1, meant as boolean)).rejects.toMatchObject({
					message: 'report_language_missing',
					code: 'PT422',
					detail: expect.stringContaining(`"${missing}"`)
				});
			}
			await publish(olive, report_id, 1, true);
			expect(await s.visitor.reads('reports')).toHaveLength(1);
		})
	);

	test('of nothing whole is refused, meant or not', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id } = await past(s);
			const report_id = await start(olive, forum_id, { ...texts, title_en: '', body_fr: '' });
			await expect(publish(olive, report_id, 1, true)).rejects.toThrow('report_empty');
		}));
});

describe('the snapshot', () => {
	test('holds facts, program, list and result, in the shape that the pages read', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id, points } = await past(s);
			const vote_id = await votedOn(s, forum_id, points[1]!, 6);
			await olive.calls('count_vote', { vote_id, key: voteKey });
			const facts = snapshotSchema.parse(await olive.calls('report_facts', { forum_id }));
			expect(facts.forum).toMatchObject({
				participants: 60,
				qualifier: 'over',
				provinces: ['MB', 'QC'],
				objectives: [
					{ en: 'Compare', fr: 'Comparer' },
					{ en: 'Choose', fr: 'Choisir' }
				]
			});
			expect(facts.sessions).toEqual([
				{ kind: 'panel', title: { en: 'Regional panel', fr: 'Panel régional' } }
			]);
			expect(facts.vote).toMatchObject({ id: vote_id, ballots_cast: 6, voters_count: 6 });
			expect(facts.areas[0]!.priorities).toMatchObject([
				{ rank: 2, picks: 0, tied: true, points: [{ en: 'Part of 1', fr: 'Partie de 1' }] },
				{ rank: 1, picks: 6, tied: false, points: [] },
				{ rank: 2, picks: 0, tied: true }
			]);
		}));

	test('gives turnout only below five ballots', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id, points } = await past(s);
			const vote_id = await votedOn(s, forum_id, points[0]!, 4);
			await olive.calls('count_vote', { vote_id, key: voteKey });
			const facts = snapshotSchema.parse(await olive.calls('report_facts', { forum_id }));
			expect(facts.vote).toMatchObject({ ballots_cast: 4 });
			expect(facts.areas[0]!.priorities.map(({ rank, picks }) => [rank, picks])).toEqual([
				[null, null],
				[null, null],
				[null, null]
			]);
		}));

	test('says nothing of a vote that is not counted', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id, points } = await past(s);
			await votedOn(s, forum_id, points[0]!, 6);
			const facts = await olive.calls('report_facts', { forum_id });
			expect(facts.vote).toBeNull();
			expect(JSON.stringify(facts)).not.toMatch(/"(rank|picks)":\s*\d/);
		}));

	test('reads as the ballot read, whatever was reworded between the count and the report', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id, points } = await past(s);
			const vote_id = await votedOn(s, forum_id, points[0]!, 5);
			await olive.calls('count_vote', { vote_id, key: voteKey });
			const before = await olive.calls('report_facts', { forum_id });
			await s.sql(
				`update public.priorities set title_en = 'Reworded ' || title_en where forum_id = $1`,
				[forum_id]
			);
			expect(await olive.calls('report_facts', { forum_id })).toEqual(before);
		}));

	test('of a published report stays when a priority, a session and the forum are reworded', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id, points } = await past(s);
			const report_id = await start(olive, forum_id);
			await publish(olive, report_id);
			const [before] = await s.visitor.reads('reports');
			await olive.calls('reword_priority', {
				priority_id: points[0],
				title_en: 'Something else',
				title_fr: 'Autre chose'
			});
			await s.sql(`update public.sessions set title_en = 'Other' where forum_id = $1`, [forum_id]);
			await s.sql('update public.forums set participants = 7 where forum_id = $1', [forum_id]);
			expect(await s.visitor.reads('reports')).toEqual([before]);
			expect(await olive.calls('report_facts', { forum_id })).not.toEqual(before!.snapshot);
		}));
});

describe('a correction', () => {
	test('changes the texts, not the facts, and every reader sees it', () =>
		scene(async (s) => {
			const { olive, report_id, points } = await published(s);
			const [before] = await s.visitor.reads('reports');
			await olive.calls('reword_priority', {
				priority_id: points[0],
				title_en: 'Something else',
				title_fr: 'Autre chose'
			});
			expect(await correct(olive, report_id, 2, { body_en: 'What we really heard.' })).toBe(3);
			expect(await correct(olive, report_id, 3, { note_en: 'Again.', note_fr: 'Encore.' })).toBe(4);
			expect(await s.visitor.reads('reports')).toEqual([
				{ ...before, ...texts, version: 4, title_en: 'Highlights' }
			]);
			const corrections = await s.visitor.reads('report_corrections');
			expect(corrections.map(({ version, note_fr }) => [version, note_fr])).toEqual([
				[3, notes.note_fr],
				[4, 'Encore.']
			]);
			const lines = await s.sql(
				`select action, fields from private.audit where subject_id = $1 and action = 'correct_report'`,
				[report_id]
			);
			expect(lines).toEqual([
				{ action: 'correct_report', fields: [] },
				{ action: 'correct_report', fields: [] }
			]);
		}));

	test('is made over the version that was seen, of a report that is published', () =>
		scene(async (s) => {
			const { olive, report_id } = await published(s);
			await correct(olive, report_id, 2);
			for (const version of [1, 2, 4, null]) {
				await expect(correct(olive, report_id, version)).rejects.toMatchObject({
					message: 'report_changed',
					code: 'PT409'
				});
			}
			await expect(correct(olive, crypto.randomUUID(), 1)).rejects.toThrow('report_not_found');
			await unpublish(olive, report_id, 3);
			await expect(correct(olive, report_id, 4)).rejects.toMatchObject({
				message: 'report_not_published',
				code: 'PT409'
			});
		}));

	test.each([
		['both languages, a note in English', texts, { note_fr: ' \n' }, 'fr'],
		['both languages, a note in French', texts, { note_en: null }, 'en'],
		['English, a note in French', { title_fr: '', body_fr: '' }, { note_en: '' }, 'en'],
		['French, a note in English', { title_en: '', body_en: '' }, { note_fr: '' }, 'fr']
	])('of %s is refused', (_, words, note, missing) =>
		scene(async (s) => {
			const { olive, report_id } = await published(s, words);
			await expect(correct(olive, report_id, 2, { ...words, ...note })).rejects.toMatchObject({
				message: 'correction_without_note',
				code: 'PT422',
				detail: expect.stringContaining(`"${missing}"`)
			});
			expect(await s.visitor.reads('report_corrections')).toEqual([]);
		})
	);

	test('may add a language, with a note in it, and drops none', () =>
		scene(async (s) => {
			const english = { title_fr: '', body_fr: '' };
			const { olive, report_id } = await published(s, english);
			await correct(olive, report_id, 2, { ...english, note_fr: '' });
			await expect(correct(olive, report_id, 3, { note_fr: '' })).rejects.toThrow(
				'correction_without_note'
			);
			await correct(olive, report_id, 3);
			for (const [words, missing] of [
				[{ body_en: ' \n' }, 'en'],
				[{ title_fr: '' }, 'fr'],
				[{ body_fr: null }, 'fr']
			] as const) {
				await expect(correct(olive, report_id, 4, words)).rejects.toMatchObject({
					message: 'correction_drops_language',
					code: 'PT422',
					detail: expect.stringContaining(`"${missing}"`)
				});
			}
		}));

	test('takes no text and no note that is too long', () =>
		scene(async (s) => {
			const { olive, report_id } = await published(s);
			for (const [words, constraint] of [
				[{ body_fr: 'a'.repeat(60_001) }, 'reports_body_fr_length'],
				[{ note_en: 'a'.repeat(501) }, 'report_corrections_note_en_length']
			] as const) {
				await expect(correct(olive, report_id, 2, words)).rejects.toMatchObject({ constraint });
			}
		}));
});

describe('taking down', () => {
	test('makes a draft of it again, word for word, without corrections, and logs it', () =>
		scene(async (s) => {
			const { olive, report_id } = await published(s);
			await correct(olive, report_id, 2, { body_en: 'Too much.' });
			await unpublish(olive, report_id, 3);
			expect(await olive.reads('reports')).toMatchObject([
				{ ...texts, body_en: 'Too much.', version: 4, published_at: null, snapshot: null }
			]);
			expect(await s.sql('select from public.report_corrections')).toEqual([]);
			const lines = await s.sql<{ action: string }>(
				'select action from private.audit where subject_id = $1 and actor_id = $2 order by acted_at',
				[report_id, olive.id]
			);
			expect(lines.map(({ action }) => action)).toEqual([
				'draft_report',
				'publish_report',
				'correct_report',
				'unpublish_report'
			]);

			await olive.calls('save_report', { report_id, version: 4, ...texts });
			await publish(olive, report_id, 5);
			expect(await s.visitor.reads('reports')).toMatchObject([{ body_en: texts.body_en }]);
			expect(await s.visitor.reads('report_corrections')).toEqual([]);
		}));

	test('happens once, over the version that was seen', () =>
		scene(async (s) => {
			const { olive, report_id } = await published(s);
			for (const version of [1, 3, null]) {
				await expect(unpublish(olive, report_id, version)).rejects.toThrow('report_changed');
			}
			await unpublish(olive, report_id, 2);
			for (const version of [2, 3]) {
				await expect(unpublish(olive, report_id, version)).rejects.toMatchObject({
					message: 'report_not_published',
					code: 'PT409'
				});
			}
			await expect(unpublish(olive, crypto.randomUUID(), 1)).rejects.toThrow('report_not_found');
		}));
});

describe('what is published', () => {
	const untold = `version = version + 1`;

	test.each([
		`body_en = 'Other'`,
		`body_en = 'Other', ${untold}`,
		untold,
		`snapshot = '{}'`,
		`snapshot = '{}', ${untold}`,
		`published_at = now() - interval '1 year', ${untold}`,
		`published_precision = 'year', ${untold}`,
		`published_at = null, snapshot = null`,
		`published_at = null, snapshot = null, body_en = 'Other', ${untold}`,
		`published_at = null, snapshot = null, version = version + 2`,
		`sample = true, published_at = null, snapshot = null, ${untold}`
	])('is never changed by: set %s', (change) =>
		scene(async (s) => {
			const { olive, report_id } = await published(s);
			await correct(olive, report_id, 2);
			await expect(
				s.sql(`update public.reports set ${change} where report_id = $1`, [report_id])
			).rejects.toThrow('report_published_already');
		})
	);

	test.each([
		`update public.report_corrections set note_en = 'Other'`,
		'delete from public.report_corrections'
	])('keeps its corrections against: %s', (statement) =>
		scene(async (s) => {
			const { olive, report_id } = await published(s);
			await correct(olive, report_id, 2);
			await expect(s.sql(statement)).rejects.toThrow('correction_locked');
		})
	);

	test('goes with its forum, corrections and all', () =>
		scene(async (s) => {
			const { olive, report_id, forum_id } = await published(s);
			await correct(olive, report_id, 2);
			await s.sql('delete from public.forums where forum_id = $1', [forum_id]);
			expect(await s.sql('select from public.report_corrections')).toEqual([]);
		}));
});

test.skipIf(!concurrent)('of two who correct or unpublish at the same time, one is refused', () =>
	together(async (s) => {
		const omar = await organizer(s, 'Omar');
		const { olive, report_id } = await published(s);
		const attempts = await Promise.allSettled([
			correct(olive, report_id, 2, { body_en: 'Hers' }),
			correct(omar, report_id, 2, { body_en: 'His' }),
			correct(olive, report_id, 2, { body_en: 'Hers' })
		]);
		expect(attempts.map(({ status }) => status).sort()).toEqual([
			'fulfilled',
			'rejected',
			'rejected'
		]);
		expect(await s.visitor.reads('report_corrections')).toHaveLength(1);
		const last = await Promise.allSettled([
			unpublish(olive, report_id, 3),
			correct(omar, report_id, 3)
		]);
		expect(last.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		const refused = [...attempts, ...last].flatMap((one) =>
			one.status === 'rejected' ? [one.reason.message] : []
		);
		for (const message of refused) {
			expect(['report_changed', 'report_not_published']).toContain(message);
		}
	})
);

test.skipIf(!concurrent)('of two who save or start at the same time, one is refused', () =>
	together(async (s) => {
		const [olive, omar] = [await organizer(s), await organizer(s, 'Omar')];
		const { forum_id } = await past(s);
		const started = await Promise.allSettled([start(olive, forum_id), start(omar, forum_id)]);
		expect(started.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		const [{ report_id }] = (await olive.reads('reports')) as [{ report_id: string }];
		const saved = await Promise.allSettled(
			[olive, omar, olive, omar].map((editor, n) =>
				editor.calls('save_report', { report_id, version: 1, ...texts, body_en: `Text ${n}` })
			)
		);
		expect(saved.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		const refused = saved.flatMap((one) => (one.status === 'rejected' ? [one.reason.message] : []));
		expect(refused).toEqual(['report_changed', 'report_changed', 'report_changed']);
		const winner = saved.findIndex(({ status }) => status === 'fulfilled');
		expect(await olive.reads('reports')).toMatchObject([{ version: 2, body_en: `Text ${winner}` }]);
	})
);
