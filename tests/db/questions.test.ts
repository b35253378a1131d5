import { describe, expect, test } from 'vitest';
import { faultOf, gapsOf, type Kind, type Question } from '../../src/lib/questions/rules';
import { confirmed, forum, inDays, member, organizer } from './builders';
import { scene, type Persona, type Scene } from './scene';

const registration = {
	mode: 'in_person',
	name: 'Amira',
	language: 'fr',
	province: 'QC',
	sector: 'ngo',
	organization_name: '',
	discreet: false
};

const blank = {
	question_id: null,
	version: 1,
	kind: 'text' as Kind,
	text_en: 'Why?',
	text_fr: 'Pourquoi?',
	help_en: '',
	help_fr: '',
	options_en: [] as string[],
	options_fr: [] as string[],
	required: false
};
const list = {
	kind: 'several' as Kind,
	options_en: ['One', 'Two', 'Three'],
	options_fr: ['Un', 'Deux', 'Trois']
};

function asks(person: Persona, forum_id: string, about: object = {}): Promise<string> {
	return person.calls('save_question', { forum_id, ...blank, ...about });
}

function registers(person: Persona, forum_id: string, answers: unknown, about: object = {}) {
	return person.calls('register', { forum_id, ...registration, ...about, answers });
}

async function stored({ sql }: Scene) {
	return sql<{ text: string | null; chosen: number[] }>(
		`select text, chosen from public.answers a join public.questions q using (question_id) order by q.position`
	);
}

describe('a question', () => {
	test('is added, changed, moved and deleted by organizers, and each act is in the audit', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const olive = await organizer(stage);
			const first = await asks(olive, forum_id);
			const second = await asks(olive, forum_id, {
				...list,
				text_en: 'Which?',
				text_fr: 'Lesquels?'
			});
			await asks(olive, forum_id, { question_id: first, text_en: 'Why now?' });
			await expect(asks(olive, forum_id, { question_id: first })).rejects.toThrow(
				'question_changed'
			);
			await olive.calls('move_question', { question_id: second, up: true });
			await olive.calls('move_question', { question_id: second, up: true });
			const order = 'select text_en from public.questions order by position';
			expect(await stage.sql(order)).toEqual([{ text_en: 'Which?' }, { text_en: 'Why now?' }]);
			await olive.calls('move_question', { question_id: second, up: false });
			expect(await stage.sql(order)).toEqual([{ text_en: 'Why now?' }, { text_en: 'Which?' }]);
			await olive.calls('delete_question', { question_id: first });
			expect(await stage.sql(order)).toEqual([{ text_en: 'Which?' }]);
			const acts = await stage.sql<{ action: string }>(
				`select action from private.audit where actor_id = $1 order by acted_at`,
				[olive.id]
			);
			expect(acts.map(({ action }) => action)).toEqual([
				'save_question',
				'save_question',
				'save_question',
				'move_question',
				'move_question',
				'delete_question'
			]);
		}));

	test('is written by nobody else', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const question_id = await asks(await organizer(stage), forum_id);
			const otto = await member(stage, 'Otto');
			await expect(asks(otto, forum_id)).rejects.toThrow('organizers_only');
			for (const [verb, more] of [
				['move_question', { up: true }],
				['hide_question', { hidden: true }],
				['delete_question', {}]
			] as const) {
				await expect(otto.calls(verb, { question_id, ...more })).rejects.toThrow('organizers_only');
			}
			await expect(stage.visitor.reads('questions')).rejects.toThrow(/denied/);
			expect(await otto.reads('questions', {}, 'it.answered_by')).toEqual([{ answered_by: 0 }]);
		}));

	test('of a draft is seen by organizers alone', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { published_at: null });
			const olive = await organizer(stage);
			await asks(olive, forum_id);
			expect(await (await member(stage, 'Otto')).reads('questions')).toEqual([]);
			expect(await olive.reads('questions', {}, 'text_en')).toEqual([{ text_en: 'Why?' }]);
		}));

	test('there are eight of, without those that are hidden', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const olive = await organizer(stage);
			const ids: string[] = [];
			for (let number = 1; number <= 8; number++) ids.push(await asks(olive, forum_id));
			await expect(asks(olive, forum_id)).rejects.toThrow('too_many_questions');
			await olive.calls('hide_question', { question_id: ids[0], hidden: true });
			await asks(olive, forum_id);
			await expect(
				olive.calls('hide_question', { question_id: ids[0], hidden: false })
			).rejects.toThrow('too_many_questions');
		}));

	test('keeps its kind, text and options once somebody has answered, and can be hidden', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const olive = await organizer(stage);
			const question_id = await asks(olive, forum_id, list);
			const amira = await stage.person('Amira');
			await registers(amira, forum_id, { [question_id]: ['2'] });
			for (const change of [
				{ kind: 'choice' },
				{ text_fr: 'Autre' },
				{ options_en: ['Two', 'One', 'Three'] }
			]) {
				await expect(asks(olive, forum_id, { ...list, question_id, ...change })).rejects.toThrow(
					'question_answered'
				);
			}
			await expect(olive.calls('delete_question', { question_id })).rejects.toThrow(
				'question_answered'
			);
			const more = { help_en: 'As many as you like.', help_fr: 'Autant que vous voulez.' };
			await asks(olive, forum_id, { ...list, ...more, question_id, required: true });
			await olive.calls('hide_question', { question_id, hidden: true });
			// Not asked any more, so neither required nor taken.
			const ben = await stage.person('Ben');
			await expect(registers(ben, forum_id, { [question_id]: ['1'] })).rejects.toThrow(
				'answers_unknown'
			);
			await registers(ben, forum_id, {});
			expect(await olive.reads('questions', {}, 'it.answered_by')).toEqual([{ answered_by: 1 }]);
			expect(await stored(stage)).toEqual([{ text: null, chosen: [2] }]);
		}));

	test('may lack a language in a draft, which is then not published, and says which ones', () =>
		scene(async (stage) => {
			const about = { published_at: null, objectives_en: ['Meet'], objectives_fr: ['Se réunir'] };
			const { forum_id } = await forum(stage, about);
			const olive = await organizer(stage);
			await asks(olive, forum_id);
			const half = await asks(olive, forum_id, { text_fr: '' });
			const options = await asks(olive, forum_id, { ...list, options_fr: ['Un'] });
			await expect(asks(olive, forum_id, { text_en: '', text_fr: ' ' })).rejects.toThrow(
				'question_without_text'
			);
			await expect(olive.calls('publish_forum', { forum_id })).rejects.toMatchObject({
				message: 'questions_incomplete',
				detail: '{"numbers": "2, 3"}'
			});
			await asks(olive, forum_id, { question_id: half });
			await olive.calls('hide_question', { question_id: options, hidden: true });
			await olive.calls('publish_forum', { forum_id });
			await expect(asks(olive, forum_id, { text_fr: '' })).rejects.toThrow('question_incomplete');
			await expect(
				olive.calls('hide_question', { question_id: options, hidden: false })
			).rejects.toThrow('question_incomplete');
		}));

	test('lacks the same for the site and for the database', () =>
		scene(async ({ sql }) => {
			const texts = ['', 'x'];
			const lists = [[], ['a'], ['a', 'b'], ['a', 'b', 'c']];
			for (const kind of ['text', 'choice', 'several', 'consent'] as const) {
				for (const [en, fr] of texts.flatMap((a) => texts.map((b) => [a, b] as const))) {
					for (const options_en of lists) {
						const [help_en, options_fr] = [fr, lists[2]!];
						const about = {
							kind,
							text_en: en,
							text_fr: fr,
							help_en,
							help_fr: en,
							options_en,
							options_fr
						};
						const [row] = await sql<{ gaps: string[] }>(
							`select private.question_gaps(json_populate_record(null::public.questions, $1::text::json)) as gaps`,
							[JSON.stringify(about)]
						);
						expect(gapsOf(about)).toEqual(row!.gaps);
					}
				}
			}
		}));

	test('of consent is never required, and a code of conduct always', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const olive = await organizer(stage);
			const consent = await asks(olive, forum_id, { kind: 'consent', required: true });
			const code = await asks(olive, forum_id, { kind: 'code_of_conduct', required: false });
			const amira = await stage.person('Amira');
			await expect(registers(amira, forum_id, { [consent]: ['1'] })).rejects.toThrow(
				'answers_missing'
			);
			expect(await registers(amira, forum_id, { [code]: ['1'] })).toEqual([
				{ outcome: 'confirmed', waitlist_position: null }
			]);
			expect(await stored(stage)).toEqual([{ text: null, chosen: [1] }]);
		}));
});

describe('answers', () => {
	test('are read by the person; organizers get them with the registration', () =>
		scene(async (stage) => {
			const { forum_id, slug } = await forum(stage);
			const olive = await organizer(stage);
			const why = await asks(olive, forum_id);
			const which = await asks(olive, forum_id, list);
			const amira = await stage.person('Amira');
			await registers(amira, forum_id, { [why]: ['  To meet.  '], [which]: ['3', '1', '3'] });
			const mine = [
				{ text: 'To meet.', chosen: [] },
				{ text: null, chosen: [1, 3] }
			];
			expect(await amira.reads('answers', {}, 'text, chosen')).toEqual(mine);
			for (const other of [olive, await member(stage, 'Otto')]) {
				expect(await other.reads('answers')).toEqual([]);
			}
			await expect(stage.visitor.reads('answers')).rejects.toThrow(/denied/);
			const [row] = await stage.sql<{ answers: object[] }>(
				'select private.answers_of($1, $2) as answers',
				[forum_id, amira.id]
			);
			expect(row!.answers).toMatchObject([
				{ text_en: 'Why?', text_fr: 'Pourquoi?', kind: 'text', ...mine[0] },
				{ kind: 'several', ...mine[1], options_en: list.options_en }
			]);
			const exported = await amira.calls('export_my_data');
			expect(exported.answers).toMatchObject([
				{ forum: slug, question_en: 'Why?', text: 'To meet.' },
				{ chosen: [1, 3], options_fr: list.options_fr }
			]);
		}));

	test('that are not what the questions ask are refused, and nobody is registered', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const olive = await organizer(stage);
			const other = await forum(stage);
			const why = await asks(olive, forum_id, { required: true });
			const which = await asks(olive, forum_id, { ...list, kind: 'choice' });
			const yes = await asks(olive, forum_id, { kind: 'yes_no' });
			const elsewhere = await asks(olive, other.forum_id);
			const amira = await stage.person('Amira');
			const fine = { [why]: ['So.'] };
			for (const [answers, key] of [
				[{}, 'answers_missing'],
				[null, 'answers_missing'],
				[{ [why]: ['  '] }, 'answers_missing'],
				[{ [why]: [] }, 'answers_missing'],
				[{ [why]: ['a', 'b'] }, 'answers_unknown'],
				[{ [why]: ['x'.repeat(1001)] }, 'answers_text_length'],
				[{ ...fine, [which]: ['4'] }, 'answers_unknown'],
				[{ ...fine, [which]: ['0'] }, 'answers_unknown'],
				[{ ...fine, [which]: ['1', '2'] }, 'answers_unknown'],
				[{ ...fine, [which]: ['one'] }, 'answers_unknown'],
				[{ ...fine, [yes]: ['3'] }, 'answers_unknown'],
				[{ ...fine, [elsewhere]: ['x'] }, 'answers_unknown'],
				[{ ...fine, nothing: ['x'] }, 'answers_unknown'],
				[{ [why]: 'So.' }, 'answers_unknown'],
				[{ [why]: [1] }, 'answers_unknown'],
				[{ [why]: [['So.']] }, 'answers_unknown'],
				[{ [why]: { text: 'So.' } }, 'answers_unknown'],
				[['So.'], 'answers_unknown'],
				['So.', 'answers_unknown'],
				[7, 'answers_unknown']
			] as const) {
				const said = registers(amira, forum_id, answers);
				await expect(said, JSON.stringify(answers)).rejects.toThrow(key);
			}
			expect(await stage.sql('select from public.registrations')).toEqual([]);
			expect(await stored(stage)).toEqual([]);
			await registers(amira, forum_id, { ...fine, [which]: [''], [yes]: ['2'] });
			expect(await stored(stage)).toEqual([
				{ text: 'So.', chosen: [] },
				{ text: null, chosen: [2] }
			]);
		}));

	test('are wrong for the site when they are for the database, whatever was sent', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const olive = await organizer(stage);
			const amira = await member(stage, 'Amira');
			await confirmed(stage, amira, forum_id);
			const values = [
				'',
				' ',
				'0',
				'1',
				'2',
				'3',
				'4',
				'-1',
				'01',
				'1.0',
				' 1',
				'x',
				'é'.repeat(1000),
				'🌊'.repeat(1001)
			];
			const sent = [
				[],
				...values.map((one) => [one]),
				['1', '2'],
				['1', '1'],
				['', '1'],
				['1', 'x']
			];
			const questions: Question[] = [];
			for (const kind of [
				'text',
				'choice',
				'several',
				'yes_no',
				'consent',
				'code_of_conduct'
			] as const) {
				for (const required of kind === 'text' ? [false, true] : [kind === 'code_of_conduct']) {
					const options = kind === 'choice' || kind === 'several' ? list : {};
					const question_id = await asks(olive, forum_id, { ...options, kind, required });
					questions.push({ ...blank, ...options, kind, required, question_id });
					for (const given of sent) {
						const refused = await stage
							.as(amira.id)
							.calls('edit_registration', { ...edit, forum_id, answers: { [question_id]: given } })
							.then(() => null)
							.catch((said: Error) => said.message);
						const fault = faultOf(questions.at(-1)!, given);
						const keys = {
							missing: 'answers_missing',
							too_long: /answers_text_length/,
							unknown: 'answers_unknown'
						};
						if (fault === null) expect(refused, `${kind} ${given}`).toBeNull();
						else expect(refused, `${kind} ${given}`).toMatch(keys[fault]);
					}
					await stage.sql('delete from public.answers');
					await olive.calls('delete_question', { question_id });
				}
			}
		}));

	test('go with the account, and twelve months after the forum', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const olive = await organizer(stage);
			const why = await asks(olive, forum_id);
			const [amira, ben] = [await stage.person('Amira'), await stage.person('Ben')];
			for (const person of [amira, ben]) await registers(person, forum_id, { [why]: ['So.'] });
			await amira.calls('delete_my_account');
			expect(await stored(stage)).toHaveLength(1);
			expect(await stage.service.calls('delete_old_data')).toMatchObject({ answers: 0 });
			const past = inDays(-367).slice(0, 10);
			await stage.sql(`update public.forums set starts_on = $1, ends_on = $1`, [past]);
			expect(await stage.service.calls('delete_old_data')).toMatchObject({ answers: 1 });
			expect(await stored(stage)).toEqual([]);
		}));
});

const edit = {
	name: 'Amira B.',
	badge_name: 'Mira',
	language: 'en',
	province: 'NS',
	organization_name: 'The House'
};

describe('changing a registration', () => {
	test('saves it, the profile and the answers, and never costs the place', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 1 });
			const olive = await organizer(stage);
			const why = await asks(olive, forum_id);
			const [amira, ben, cleo] = [
				await stage.person('Amira'),
				await stage.person('Ben'),
				await stage.person('Cleo')
			];
			for (const person of [amira, ben, cleo]) {
				await registers(person, forum_id, { [why]: ['First.'] }, { badge_name: 'A' });
			}
			const places = `select person_id, status, mode, joined_at, confirmed_at from public.registrations order by person_id`;
			const before = await stage.sql(places);
			for (const person of [amira, ben]) {
				await person.calls('edit_registration', {
					...edit,
					forum_id,
					answers: { [why]: ['Second.'] }
				});
			}
			await cleo.calls('edit_registration', { ...edit, badge_name: ' ', forum_id, answers: {} });
			expect(await stage.sql(places)).toEqual(before);
			expect(
				await ben.reads(
					'registrations',
					{},
					'name, badge_name, language, province, organization_name'
				)
			).toEqual([edit]);
			expect(await cleo.reads('registrations', {}, 'badge_name')).toEqual([{ badge_name: null }]);
			expect((await amira.calls('who')).person).toMatchObject({ name: 'Amira B.', sector: 'ngo' });
			expect(await stored(stage)).toEqual([
				{ text: 'Second.', chosen: [] },
				{ text: 'Second.', chosen: [] }
			]);
		}));

	test('is possible until the last day that organizers gave, the day before the forum by default', () =>
		scene(async (stage) => {
			const zone = 'America/Winnipeg';
			const [{ today }] = (await stage.sql<{ today: string }>(
				`select (now() at time zone '${zone}')::date::text as today`
			)) as [{ today: string }];
			const { forum_id } = await forum(stage, { starts_on: today, ends_on: today });
			const olive = await organizer(stage);
			const amira = await member(stage, 'Amira');
			await confirmed(stage, amira, forum_id);
			const change = () => amira.calls('edit_registration', { ...edit, forum_id });
			await expect(change()).rejects.toThrow('edits_closed');
			expect(await amira.reads('registrations', {}, 'status, name')).toEqual([
				{ status: 'confirmed', name: 'Someone' }
			]);
			await olive.calls('set_edits_until', { forum_id, day: today });
			await change();
			await expect(
				olive.calls('set_edits_until', { forum_id, day: '2099-01-01' })
			).rejects.toMatchObject({ constraint: 'forums_edits_before_end' });
			await expect(amira.calls('set_edits_until', { forum_id, day: null })).rejects.toThrow(
				'organizers_only'
			);
			await olive.calls('set_edits_until', { forum_id, day: null });
			await expect(change()).rejects.toThrow('edits_closed');
		}));

	test('is refused to who is not registered, at a cancelled forum, and in part', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const olive = await organizer(stage);
			await asks(olive, forum_id, { required: true });
			const amira = await member(stage, 'Amira');
			const change = (about = {}) =>
				amira.calls('edit_registration', { ...edit, forum_id, ...about });
			await expect(change()).rejects.toThrow('not_registered');
			await confirmed(stage, amira, forum_id);
			await expect(change()).rejects.toThrow('answers_missing');
			await expect(change({ province: null })).rejects.toThrow('registration_incomplete');
			expect(await amira.reads('registrations', {}, 'name')).toEqual([{ name: 'Someone' }]);
			await amira.calls('cancel_registration', { forum_id });
			await expect(change()).rejects.toThrow('not_registered');
			const off = await forum(stage, { cancelled_at: inDays(0) });
			await confirmed(stage, amira, off.forum_id);
			await expect(change({ forum_id: off.forum_id })).rejects.toThrow('forum_cancelled');
		}));
});
