import { describe, expect, test } from 'vitest';
import { forum, inDays, insert, list, member, organizer } from './builders';
import { scene, type Scene } from './scene';

const words = { title_en: 'Other words', title_fr: 'Autres mots' };

async function areaOf({ sql }: Scene, priority_id: string): Promise<string> {
	const [row] = await sql<{ area_id: string }>(
		'select area_id from public.priorities where priority_id = $1',
		[priority_id]
	);
	return row!.area_id;
}

describe('the list', () => {
	test('of a published forum is read by anyone, of a draft by organizers', () =>
		scene(async (stage) => {
			const open = await forum(stage);
			const draft = await forum(stage, { published_at: null });
			const ahead = await forum(stage, { published_at: inDays(1) });
			for (const { forum_id } of [open, draft, ahead]) await list(stage, forum_id, 2);
			const olive = await organizer(stage);
			const amira = await member(stage, 'Amira');
			for (const reader of [stage.visitor, amira]) {
				for (const table of ['priorities', 'areas']) {
					const seen = await reader.reads(table, {}, 'forum_id');
					expect(new Set(seen.map(({ forum_id }) => forum_id))).toEqual(new Set([open.forum_id]));
				}
			}
			expect(await olive.reads('priorities', { forum_id: draft.forum_id })).toHaveLength(2);
		}));

	test('is reworded by organizers alone, in both languages', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const [priority_id] = await list(stage, forum_id, 2);
			const olive = await organizer(stage);
			const amira = await member(stage, 'Amira');
			const verb = { priority_id, ...words };
			await expect(amira.calls('reword_priority', verb)).rejects.toThrow('organizers_only');
			await expect(stage.visitor.calls('reword_priority', verb)).rejects.toThrow(/denied/);
			await olive.calls('reword_priority', { ...verb, title_en: '  Other words ' });
			expect(await stage.visitor.reads('priorities', { priority_id })).toMatchObject([words]);
			await expect(olive.calls('reword_priority', { ...verb, title_fr: '  ' })).rejects.toThrow(
				'priorities_title_fr_length'
			);
			await expect(
				olive.calls('reword_priority', { ...verb, title_en: 'x'.repeat(241) })
			).rejects.toThrow('priorities_title_en_length');
			await expect(
				olive.calls('reword_priority', { ...verb, priority_id: crypto.randomUUID() })
			).rejects.toThrow('priority_not_found');
		}));

	test('grows at its end, by organizers alone, on two levels and no third', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const [first] = await list(stage, forum_id, 2);
			const olive = await organizer(stage);
			const area_id = await areaOf(stage, first!);
			const point = { area_id, parent_id: null, ...words };
			await expect((await member(stage, 'Amira')).calls('add_priority', point)).rejects.toThrow(
				'organizers_only'
			);
			const added = await olive.calls<string>('add_priority', point);
			const sub = await olive.calls<string>('add_priority', { ...point, parent_id: added });
			const rows = await stage.visitor.reads('priorities', { forum_id });
			expect(rows.find(({ priority_id }) => priority_id === added)).toMatchObject({ position: 3 });
			expect(rows.find(({ priority_id }) => priority_id === sub)).toMatchObject({
				parent_id: added
			});
			await expect(olive.calls('add_priority', { ...point, parent_id: sub })).rejects.toThrow(
				'third_level'
			);
			await expect(
				olive.calls('add_priority', { ...point, area_id: crypto.randomUUID() })
			).rejects.toThrow('area_not_found');
		}));

	test('has areas that organizers add, each once, for a draft too', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { published_at: null });
			const olive = await organizer(stage);
			const amira = await member(stage, 'Amira');
			const area = { forum_id, name_en: ' Housing ', name_fr: 'Logement' };
			await expect(amira.calls('add_area', area)).rejects.toThrow('organizers_only');
			await expect(stage.visitor.calls('add_area', area)).rejects.toThrow(/denied/);
			const added = await olive.calls<string>('add_area', area);
			expect(await olive.calls('add_area', area)).toBe(added);
			expect(await olive.reads('areas', { forum_id })).toMatchObject([
				{ name_en: 'Housing', name_fr: 'Logement', position: 1 }
			]);
			const health = { ...area, name_en: 'Health', name_fr: 'Santé' };
			await olive.calls('add_area', health);
			expect(await olive.reads('areas', { name_en: 'Health' })).toMatchObject([{ position: 2 }]);
			await expect(olive.calls('add_area', { ...area, name_fr: ' ' })).rejects.toThrow(
				'areas_name_fr_length'
			);
			await expect(
				olive.calls('add_area', { ...area, forum_id: crypto.randomUUID() })
			).rejects.toThrow('forum_not_found');
		}));

	test('takes the same point once, however often it is sent', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const [first] = await list(stage, forum_id, 1);
			const olive = await organizer(stage);
			const point = { area_id: await areaOf(stage, first!), parent_id: null, ...words };
			const added = await olive.calls<string>('add_priority', point);
			expect(await olive.calls('add_priority', point)).toBe(added);
			// Under another point the same words are another part.
			const part = await olive.calls<string>('add_priority', { ...point, parent_id: added });
			expect(part).not.toBe(added);
			expect(await stage.visitor.reads('priorities', { forum_id })).toHaveLength(3);
		}));

	test('loses a point with its parts, by organizers alone', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const [first, second] = await list(stage, forum_id, 2);
			const olive = await organizer(stage);
			const amira = await member(stage, 'Amira');
			const area_id = await areaOf(stage, first!);
			await olive.calls('add_priority', { area_id, parent_id: first, ...words });
			const verb = { priority_id: first };
			await expect(amira.calls('delete_priority', verb)).rejects.toThrow('organizers_only');
			await expect(stage.visitor.calls('delete_priority', verb)).rejects.toThrow(/denied/);
			await olive.calls('delete_priority', verb);
			expect(await stage.visitor.reads('priorities', { forum_id })).toMatchObject([
				{ priority_id: second }
			]);
			await expect(olive.calls('delete_priority', verb)).rejects.toThrow('priority_not_found');
		}));

	test('takes no parent from another forum', () =>
		scene(async (stage) => {
			const here = await forum(stage);
			const elsewhere = await forum(stage);
			const [first] = await list(stage, here.forum_id, 1);
			const [foreign] = await list(stage, elsewhere.forum_id, 1);
			const olive = await organizer(stage);
			await expect(
				olive.calls('add_priority', {
					area_id: await areaOf(stage, first!),
					parent_id: foreign,
					...words
				})
			).rejects.toThrow('priorities_parent_of_forum');
		}));
});

describe('a lineage', () => {
	async function twoForums(stage: Scene) {
		const earlier = await forum(stage, { starts_on: '2014-11-26', ends_on: '2014-11-26' });
		const later = await forum(stage, { starts_on: '2016-11-23', ends_on: '2016-11-23' });
		const [from_id] = await list(stage, earlier.forum_id, 1);
		const [to_id] = await list(stage, later.forum_id, 1);
		return { earlier, later, from_id: from_id!, to_id: to_id! };
	}
	const line = {
		lineage_id: '6a0b7f52-40b4-4a7c-8f5e-0d4b2c8f7a11',
		relation: 'carried',
		note_en: '',
		note_fr: '',
		editorial: false
	};

	test('leads from an earlier forum to a later one, once', () =>
		scene(async (stage) => {
			const { from_id, to_id } = await twoForums(stage);
			await insert(stage, 'lineage', { ...line, from_id, to_id });
			expect(await stage.visitor.reads('lineage', { from_id })).toHaveLength(1);
			await stage.sql('savepoint before');
			const again = { ...line, lineage_id: crypto.randomUUID(), from_id, to_id };
			await expect(insert(stage, 'lineage', again)).rejects.toThrow('lineage_once');
			await stage.sql('rollback to savepoint before');
			const back = { ...again, from_id: to_id, to_id: from_id };
			await expect(insert(stage, 'lineage', back)).rejects.toThrow('lineage_backwards');
			await stage.sql('rollback to savepoint before');
		}));

	test('ends where a later list drops the priority, once for each list', () =>
		scene(async (stage) => {
			const { earlier, later, from_id, to_id } = await twoForums(stage);
			const drop = { ...line, relation: 'dropped', from_id, absent_from: later.forum_id };
			await insert(stage, 'lineage', drop);
			expect(await stage.visitor.reads('lineage', { absent_from: later.forum_id })).toHaveLength(1);
			const another = { ...drop, lineage_id: crypto.randomUUID() };
			for (const [row, refusal] of [
				[another, 'lineage_dropped_once'],
				[{ ...another, from_id: to_id, absent_from: earlier.forum_id }, 'lineage_backwards'],
				[{ ...another, relation: 'carried' }, 'lineage_leads_somewhere'],
				[{ ...another, to_id }, 'lineage_leads_somewhere'],
				[{ ...another, absent_from: null, to_id }, 'lineage_leads_somewhere']
			] as const) {
				await stage.sql('savepoint before');
				await expect(insert(stage, 'lineage', row)).rejects.toThrow(refusal);
				await stage.sql('rollback to savepoint before');
			}
			await stage.sql('update public.forums set published_at = null where forum_id = $1', [
				later.forum_id
			]);
			expect(await stage.visitor.reads('lineage')).toEqual([]);
		}));

	test('is read by the readers of both ends', () =>
		scene(async (stage) => {
			const { later, from_id, to_id } = await twoForums(stage);
			await insert(stage, 'lineage', { ...line, from_id, to_id });
			await stage.sql('update public.forums set published_at = null where forum_id = $1', [
				later.forum_id
			]);
			expect(await stage.visitor.reads('lineage')).toEqual([]);
			expect(await (await organizer(stage)).reads('lineage')).toHaveLength(1);
		}));
});
