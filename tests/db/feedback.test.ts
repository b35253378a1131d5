import { describe, expect, test } from 'vitest';
import { mineSchema, organizedSchema, shownChangeSchema } from '../../src/lib/feedback/schema';
import { confirmed, forum, inDays, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Scene } from './scene';

// Everyone answers once, and nothing that is stored says who answered what.

type Id = string;
const day = (days: number) => inDays(days).slice(0, 10);

/** A forum that ended yesterday. */
const ended = (s: Scene, about: Record<string, unknown> = {}) =>
	forum(s, { starts_on: day(-2), ends_on: day(-2), ...about }) as Promise<
		{ forum_id: string; slug: string } & Record<string, unknown>
	>;

const question = (forum_id: string, about: Record<string, unknown> = {}) => ({
	forum_id,
	feedback_question_id: null,
	version: 1,
	kind: 'text',
	text_en: 'What helped you most?',
	text_fr: 'Qu’est-ce qui vous a le plus aidé?',
	options_en: [],
	options_fr: [],
	...about
});
const lists = { options_en: ['Yes', 'No'], options_fr: ['Oui', 'Non'] };

/** A forum that ended, with a question of each kind; ids by kind. */
async function stage(s: Scene, about: Record<string, unknown> = {}) {
	const olive = await organizer(s);
	const { forum_id, slug } = await ended(s, about);
	const ask = (kind: string, more = {}) =>
		olive.calls<Id>('save_feedback_question', question(forum_id, { kind, ...more }));
	const scale = await ask('scale');
	const choice = await ask('choice', lists);
	const text = await ask('text');
	return { olive, forum_id, slug, scale, choice, text };
}

async function participant(s: Scene, forum_id: string, name: string, about = {}): Promise<Persona> {
	const person = await member(s, name);
	await confirmed(s, person, forum_id, about);
	return person;
}

const organized = async (olive: Persona, slug: string) =>
	organizedSchema.parse(await olive.calls('feedback_of', { slug }));
const mine = async (person: Persona, slug: string) =>
	mineSchema.nullable().parse(await person.calls('my_feedback', { slug }));
const tasks = async (person: Persona) =>
	((await person.calls('home_page')) as { page: { feedback: { slug: string }[] } }).page.feedback;
/** Moves the last day of a forum. */
const ends = (s: Scene, forum_id: string, days: number) =>
	s.sql('update public.forums set starts_on = $2, ends_on = $2 where forum_id = $1', [
		forum_id,
		day(days)
	]);
const retention = async (s: Scene) =>
	(await s.sql<{ gone: Record<string, number> }>('select private.feedback_retention() as gone'))[0]!
		.gone;

/** Many people, each of whom answers with a text of their own. */
async function crowd(s: Scene, count: number, forum_id: string, answers: (n: number) => object) {
	const people: Persona[] = [];
	for (let n = 0; n < count; n++) {
		const person = await participant(s, forum_id, `Person ${n}`);
		await person.calls('give_feedback', { forum_id, answers: answers(n) });
		people.push(person);
	}
	return people;
}

describe('feedback is given', () => {
	test('by confirmed participants, once, from the end of the last day for 21 days', () =>
		scene(async (s) => {
			const { forum_id, slug, text, scale } = await stage(s);
			const amira = await participant(s, forum_id, 'Amira');
			const give = () =>
				amira.calls('give_feedback', {
					forum_id,
					answers: { [text]: ' The people. ', [scale]: '4' }
				});
			for (const [days, status, refusal] of [
				[30, 'ahead', 'feedback_not_yet'],
				[-24, 'over', 'feedback_closed']
			] as const) {
				await ends(s, forum_id, days);
				expect(await mine(amira, slug)).toMatchObject({ status, given: false });
				expect(await tasks(amira)).toEqual([]);
				await expect(give()).rejects.toThrow(refusal);
			}
			await ends(s, forum_id, -2);
			expect(await mine(amira, slug)).toMatchObject({ status: 'open', given: false });
			expect(await tasks(amira)).toMatchObject([{ slug }]);
			await give();
			expect(await mine(amira, slug)).toMatchObject({ status: 'open', given: true });
			expect(await tasks(amira)).toEqual([]);
			await expect(give()).rejects.toThrow('feedback_given_already');
			expect(await s.sql('select answers from private.feedback_pending')).toEqual([
				{ answers: { [text]: 'The people.', [scale]: '4' } }
			]);
		}));

	test('by nobody else', () =>
		scene(async (s) => {
			const { forum_id, slug, text, olive } = await stage(s);
			const other = await ended(s);
			const give = { forum_id, answers: { [text]: 'Good' } };
			const people: [string, Persona][] = [
				['a member', await member(s, 'Mia')],
				['an organizer', olive],
				['a participant of another forum', await participant(s, other.forum_id, 'Otto')]
			];
			for (const status of ['pending', 'waitlisted', 'cancelled', 'refused']) {
				const about = { status, confirmed_at: null };
				people.push([status, await participant(s, forum_id, status, about)]);
			}
			for (const [who, person] of people) {
				expect(await mine(person, slug), who).toBeNull();
				expect(await tasks(person), who).toEqual([]);
				await expect(person.calls('give_feedback', give), who).rejects.toThrow(
					'feedback_participants_only'
				);
			}
			const gone = await participant(s, forum_id, 'Sam');
			await s.sql('update public.people set suspended_at = now() where person_id = $1', [gone.id]);
			await expect(gone.calls('give_feedback', give)).rejects.toThrow('account_suspended');
			const stranger = await s.person('Stranger');
			await expect(stranger.calls('give_feedback', give)).rejects.toThrow('profile_first');
			await expect(s.visitor.calls('give_feedback', give)).rejects.toMatchObject({ code: '42501' });
			await s.sql('update public.forums set cancelled_at = now() where forum_id = $1', [forum_id]);
			const late = await participant(s, forum_id, 'Lee');
			await expect(late.calls('give_feedback', give)).rejects.toThrow('feedback_closed');
		}));

	test('only to what was asked', () =>
		scene(async (s) => {
			const { forum_id, text, scale, choice } = await stage(s);
			const elsewhere = await stage(s);
			const amira = await participant(s, forum_id, 'Amira');
			for (const [answers, refusal] of [
				[{}, 'feedback_empty'],
				[null, 'feedback_empty'],
				[{ [text]: ' \n ' }, 'feedback_empty'],
				[[], 'feedback_unknown'],
				[{ [text]: ['a'] }, 'feedback_unknown'],
				[{ [text]: { a: 1 } }, 'feedback_unknown'],
				[{ [scale]: 4 }, 'feedback_unknown'],
				[{ [scale]: '0' }, 'feedback_unknown'],
				[{ [scale]: '6' }, 'feedback_unknown'],
				[{ [scale]: '1; drop' }, 'feedback_unknown'],
				[{ [choice]: '3' }, 'feedback_unknown'],
				[{ person: amira.id }, 'feedback_unknown'],
				[{ [elsewhere.text]: 'a' }, 'feedback_unknown'],
				[{ [text]: 'x'.repeat(1001) }, 'feedback_answers_text_length']
			] as const) {
				await expect(
					amira.calls('give_feedback', { forum_id, answers }),
					JSON.stringify(answers)?.slice(0, 80)
				).rejects.toThrow(refusal);
			}
			await amira.calls('give_feedback', { forum_id, answers: { [text]: 'x'.repeat(1000) } });
		}));
});

describe('organizers', () => {
	test('write five questions at most, in both languages, until somebody answers', () =>
		scene(async (s) => {
			const { olive, forum_id, slug, scale } = await stage(s);
			const save = (about: Record<string, unknown>) =>
				olive.calls<Id>('save_feedback_question', question(forum_id, about));
			for (const [about, refusal] of [
				[{ text_fr: '' }, 'feedback_questions_text_fr_length'],
				[{ text_en: 'x'.repeat(301) }, 'feedback_questions_text_en_length'],
				[{ kind: 'choice' }, 'feedback_questions_options_few'],
				[
					{ kind: 'choice', options_en: ['a', 'b'], options_fr: ['a'] },
					'feedback_questions_options_in_pairs'
				],
				[{ feedback_question_id: scale, version: 7 }, 'feedback_question_changed'],
				[{ feedback_question_id: forum_id }, 'feedback_question_not_found']
			] as const) {
				await expect(save(about), refusal).rejects.toThrow(refusal);
			}
			await save({ feedback_question_id: scale, kind: 'scale', text_en: 'How was it?' });
			await save({});
			const fifth = await save({});
			await expect(save({})).rejects.toThrow('too_many_feedback_questions');
			await olive.calls('delete_feedback_question', { feedback_question_id: fifth });
			expect((await organized(olive, slug)).questions).toMatchObject([
				{ kind: 'scale', text_en: 'How was it?', version: 2, result: null },
				{ kind: 'choice' },
				{ kind: 'text' },
				{ kind: 'text' }
			]);
			const amira = await participant(s, forum_id, 'Amira');
			await amira.calls('give_feedback', { forum_id, answers: { [scale]: '3' } });
			await expect(save({})).rejects.toThrow('feedback_locked');
			await expect(save({ feedback_question_id: scale, version: 2 })).rejects.toThrow(
				'feedback_locked'
			);
			await expect(
				olive.calls('delete_feedback_question', { feedback_question_id: scale })
			).rejects.toThrow('feedback_locked');
			expect(await organized(olive, slug)).toMatchObject({ locked: true });
		}));

	test('alone read and write, and nobody reads the tables', () =>
		scene(async (s) => {
			const { forum_id, slug, scale } = await stage(s);
			const amira = await participant(s, forum_id, 'Amira');
			for (const [verb, args] of [
				['feedback_of', { slug }],
				['save_feedback_question', question(forum_id)],
				['delete_feedback_question', { feedback_question_id: scale }],
				['save_feedback_change', { forum_id, version: 1, text_en: 'a', text_fr: 'b' }]
			] as const) {
				await expect(amira.calls(verb, args), verb).rejects.toThrow('organizers_only');
				await expect(s.visitor.calls(verb, args), verb).rejects.toMatchObject({ code: '42501' });
			}
			for (const table of ['given', 'pending', 'answers', 'questions', 'changes']) {
				for (const reader of [amira, s.visitor, s.service]) {
					await expect(
						reader.query(`select * from private.feedback_${table}`)
					).rejects.toMatchObject({ code: '42501' });
				}
			}
		}));

	test('see nothing below ten answers, then groups of five or more, and the rest once the time is over', () =>
		scene(async (s) => {
			const { olive, forum_id, slug, scale, choice, text } = await stage(s);
			const answers = (n: number) => ({
				[scale]: String((n % 5) + 1),
				[choice]: n < 3 ? '1' : '',
				[text]: `Words ${n}`
			});
			const counts: (number | null)[] = [];
			for (let n = 0; n < 17; n++) {
				const person = await participant(s, forum_id, `Person ${n}`);
				await person.calls('give_feedback', { forum_id, answers: answers(n) });
				const [first] = (await organized(olive, slug)).questions;
				counts.push(first!.result?.count ?? null);
			}
			const nothing: null[] = Array(9).fill(null);
			expect(counts).toEqual([...nothing, 5, 5, 5, 5, 5, 10, 10, 10]);
			await ends(s, forum_id, -24);
			const atEnd = await organized(olive, slug);
			const [rated, chosen, wrote] = atEnd.questions;
			expect(rated!.result).toEqual({
				count: 17,
				average: 2.8,
				counts: [4, 4, 3, 3, 3],
				texts: []
			});
			// Three people chose something: the question has too few answers of its own.
			expect(chosen!.result).toBeNull();
			expect([...wrote!.result!.texts].sort()).toEqual(
				Array.from({ length: 17 }, (_, n) => `Words ${n}`).sort()
			);
			expect(wrote!.result).toMatchObject({ average: null, counts: [] });
			await retention(s);
			expect((await organized(olive, slug)).questions[0]!.result).toEqual(rated!.result);
			expect(await s.sql('select from private.feedback_pending')).toEqual([]);
			expect(await s.sql('select from private.feedback_given')).toEqual([]);
			expect(atEnd).toMatchObject({ status: 'over', locked: true });
		}));

	test('never see answers of four people, which are deleted', () =>
		scene(async (s) => {
			const { olive, forum_id, slug, text } = await stage(s);
			const other = await stage(s, { slug: 'other-forum' });
			await crowd(s, 4, forum_id, (n) => ({ [text]: `Words ${n}` }));
			await crowd(s, 2, other.forum_id, (n) => ({ [other.text]: `Other ${n}` }));
			await ends(s, forum_id, -24);
			const results = async () => (await organized(olive, slug)).questions.map((q) => q.result);
			expect(await results()).toEqual([null, null, null]);
			expect(await retention(s)).toEqual({ feedback_given: 4, feedback_answers: 0 });
			expect(await results()).toEqual([null, null, null]);
			expect(await s.sql('select from private.feedback_answers')).toEqual([]);
			// The other forum is still open.
			expect(await s.sql('select from private.feedback_pending')).toHaveLength(2);
			expect(await s.sql('select from private.feedback_given')).toHaveLength(2);
		}));

	test('write for everyone what changed, in both languages, and one after the other', () =>
		scene(async (s) => {
			const { olive, forum_id, slug } = await stage(s);
			const shown = async () => {
				const [row] = await s.visitor.query<{ change: unknown }>(
					'select public.feedback_change(f) as change from public.forums f where slug = $1',
					[slug]
				);
				return shownChangeSchema.parse(row!.change);
			};
			const save = (version: number, text_en: string, text_fr: string) =>
				olive.calls('save_feedback_change', { forum_id, version, text_en, text_fr });
			expect(await shown()).toBeNull();
			await save(1, 'Longer breaks.', 'Des pauses plus longues.');
			expect(await shown()).toEqual({
				text_en: 'Longer breaks.',
				text_fr: 'Des pauses plus longues.'
			});
			await expect(save(1, 'Other', 'Autre')).rejects.toThrow('feedback_change_changed');
			await expect(save(2, 'Other', ' ')).rejects.toThrow('feedback_changes_in_pairs');
			await save(2, '', '');
			expect(await shown()).toBeNull();
			await save(3, 'Again.', 'Encore.');
			await s.sql('update public.forums set published_at = null where forum_id = $1', [forum_id]);
			const draft = await s.sql<{ change: unknown }>(
				'select public.feedback_change(f) as change from public.forums f where slug = $1',
				[slug]
			);
			expect(draft).toEqual([{ change: null }]);
		}));
});

test('texts are deleted 12 months after the forum, figures stay', () =>
	scene(async (s) => {
		const { forum_id, scale, text } = await stage(s);
		await crowd(s, 10, forum_id, (n) => ({ [scale]: '5', [text]: `Words ${n}` }));
		await ends(s, forum_id, -400);
		await retention(s);
		const left = await s.sql('select value, text from private.feedback_answers');
		expect(left).toEqual(Array(10).fill({ value: 5, text: null }));
	}));

test('a copy of a forum asks the same, and a draft is deleted with its questions', () =>
	scene(async (s) => {
		const { olive, forum_id, text } = await stage(s);
		await crowd(s, 1, forum_id, () => ({ [text]: 'Good' }));
		const copy = await ended(s, { published_at: null, slug: 'a-copy' });
		await s.sql('select private.feedback_clone_forum($1, $2)', [forum_id, copy.forum_id]);
		const { questions, locked } = await organized(olive, 'a-copy');
		expect(questions.map(({ kind }) => kind)).toEqual(['scale', 'choice', 'text']);
		expect(locked).toBe(false);
		await olive.calls('delete_forum', { forum_id: copy.forum_id });
		expect(await olive.calls('feedback_of', { slug: 'a-copy' })).toBeNull();
	}));

// Nothing joins --------------------------------------------------------------------------------

type Place = { who: string; xmin: string; ctid: string; id: string };

/** What the owner of the database can read of who answered, and of what was answered: the text is a person's id. */
async function traces(s: Scene) {
	const given = await s.sql<Place>(
		`select person_id::text as who, xmin::text, ctid::text, person_id::text as id
		from private.feedback_given order by ctid`
	);
	const said = await s.sql<Place & { pending: boolean }>(
		`select a.text as who, a.xmin::text, a.ctid::text, a.feedback_answer_id::text as id, false as pending
		from private.feedback_answers a where a.text is not null
		union all
		select v.value, p.xmin::text, p.ctid::text, p.feedback_pending_id::text, true
		from private.feedback_pending p, jsonb_each_text(p.answers) v where char_length(v.value) > 20`
	);
	return { given, said };
}

/** Each way to join the two that we can think of does no better than chance. */
async function joinsNothing(s: Scene, count: number): Promise<void> {
	const { given, said } = await traces(s);
	expect([given.length, said.length]).toEqual([count, count]);
	for (const { xmin, ctid, id } of said) {
		const near = given.filter((g) => Math.abs(Number(g.xmin) - Number(xmin)) <= 3);
		expect([0, count]).toContain(near.length);
		expect(given.filter((g) => g.id === id)).toEqual([]);
		expect(ctid).toMatch(/^\(\d+,\d+\)$/);
	}
	const place = ({ ctid }: Place) => {
		const [block, line] = ctid.slice(1, -1).split(',').map(Number);
		return block! * 1000 + line!;
	};
	const orders: [string, (a: Place, b: Place) => number][] = [
		['ctid', (a, b) => place(a) - place(b)],
		['xmin, then ctid', (a, b) => Number(a.xmin) - Number(b.xmin) || place(a) - place(b)],
		['id', (a, b) => (a.id < b.id ? -1 : 1)]
	];
	for (const [name, order] of orders) {
		for (const group of [said, said.filter((a) => a.pending), said.filter((a) => !a.pending)]) {
			const ranked = [...group].sort(order);
			const sorted = [...given].sort(order);
			const hits = ranked.filter(({ who }, n) => who === sorted[n]!.who).length;
			const back = ranked.filter(({ who }, n) => who === sorted.at(-1 - n)!.who).length;
			// By chance one of them; eight or more happen once in 90,000.
			expect(Math.max(hits, back), `rank by ${name}`).toBeLessThan(8);
		}
	}
}

test('who answered and what was answered have no id, place, transaction or rank in common', () =>
	scene(async (s) => {
		const { forum_id, text, scale } = await stage(s);
		const people: Persona[] = [];
		for (let n = 0; n < 33; n++) {
			const person = await participant(s, forum_id, `Person ${n}`);
			people.push(person);
			await person.calls('give_feedback', {
				forum_id,
				answers: { [text]: person.id, [scale]: '5' }
			});
			if (n % 8 === 7) await joinsNothing(s, n + 1);
		}
		await joinsNothing(s, 33);
		// Neither events nor audit nor jobs know them.
		for (const table of ['events', 'audit', 'jobs']) {
			const rows = JSON.stringify(await s.sql(`select * from private.${table}`));
			for (const { id } of people) expect(rows, table).not.toContain(id);
		}
		// What one person said to two questions is not joined either.
		const shared = await s.sql(
			`select from private.feedback_answers a join private.feedback_answers b using (feedback_answer_id)
			where a.feedback_question_id <> b.feedback_question_id`
		);
		expect(shared).toEqual([]);
	}));

test('what an account exports and deletes is that it answered', () =>
	scene(async (s) => {
		const { forum_id, slug, text } = await stage(s);
		const [amira, ben] = await crowd(s, 2, forum_id, (n) => ({ [text]: `Words ${n}` }));
		const data = await amira!.calls<Record<string, unknown>>('export_my_data');
		expect(JSON.stringify(data)).not.toContain('Words');
		expect(JSON.stringify(data)).toContain(
			`"feedback_given": [{"forum": "${slug}"`.replaceAll(': ', ':').replaceAll(', ', ',')
		);
		await amira!.calls('delete_my_account');
		expect(await s.sql('select person_id from private.feedback_given')).toEqual([
			{ person_id: ben!.id }
		]);
		expect(await s.sql('select from private.feedback_pending')).toHaveLength(2);
	}));

test.skipIf(!concurrent)('thirty who answer at once are thirty answers, joined by nothing', () =>
	together(async (s) => {
		const { forum_id, text } = await stage(s);
		const people: Persona[] = [];
		for (let n = 0; n < 30; n++) people.push(await participant(s, forum_id, `Person ${n}`));
		const give = (person: Persona) =>
			person.calls('give_feedback', { forum_id, answers: { [text]: person.id } }).then(
				() => 'stored',
				(cause: Error) => cause.message
			);
		// Everyone twice, as from two tabs.
		const answers = await Promise.all([...people, ...people].map(give));
		expect(answers.filter((one) => one === 'stored')).toHaveLength(30);
		expect(answers.filter((one) => one === 'feedback_given_already')).toHaveLength(30);
		await joinsNothing(s, 30);
		await Promise.all(
			people.slice(0, 5).map((person) => person.calls('delete_my_account').catch(() => null))
		);
		expect(await s.sql('select from private.feedback_given')).toHaveLength(25);
	})
);
