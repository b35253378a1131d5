import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { confirmed, forum, inDays, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Scene } from './scene';

// Who has come to a forum. Somebody without a right there learns nothing from a code.

const today = { starts_on: inDays(-1).slice(0, 10), ends_on: inDays(1).slice(0, 10) };

/** A forum of today, an organizer, somebody at its check-in, and Amira, who is confirmed. */
async function stage(s: Scene) {
	const { forum_id, slug } = await forum(s, today);
	const olive = await organizer(s);
	const chi = await member(s, 'Chi');
	await named(olive, chi, forum_id);
	const amira = await member(s, 'Amira');
	const about = { name: 'Amira Haddad', badge_name: 'Mimi', organization_name: 'Shelter' };
	await confirmed(s, amira, forum_id, about);
	return { forum_id, slug: slug as string, olive, chi, amira, code: await codeOf(amira) };
}

const named = (olive: Persona, person: Persona, forum_id: string) =>
	olive.calls('name_role', { person_id: person.id, role: 'check_in', forum_id, ends_on: null });

async function codeOf(person: Persona): Promise<string> {
	const rows = await person.reads<{ mine: { code: string } }>(
		'registrations',
		{ person_id: person.id },
		'it.person_id, public.my_check_in(it) as mine'
	);
	return rows[0]!.mine.code;
}

const scan = (someone: Persona, forum_id: string, code: string, more: object = {}) =>
	someone.calls('check_in', { forum_id, scan_id: randomUUID(), code, ...more });

/** The times of a scan so many minutes ago, by a clock that is wrong by as many hours. */
function ago(minutes: number, wrongHours = 0) {
	const now = Date.now() + wrongHours * 3_600_000;
	return {
		at: new Date(now - minutes * 60_000).toISOString(),
		sent_at: new Date(now).toISOString()
	};
}

const minutesSince = (at: string) => (Date.now() - Date.parse(at)) / 60_000;

async function ids(s: Scene): Promise<string> {
	const rows = await s.sql<{ registration_id: string }>(
		'select registration_id from public.registrations'
	);
	return rows[0]!.registration_id;
}

describe('a code', () => {
	test('is random, shown to its person alone, and new with each confirmation', () =>
		scene(async (s) => {
			const { forum_id, olive, chi, amira, code } = await stage(s);
			expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
			for (const other of [olive, chi]) {
				const [row] = await other.query<{ mine: unknown }>(
					`select public.my_check_in(r) as mine from (select (json_populate_record(null::public.registrations, $1::text::json)).*) r`,
					[JSON.stringify({ registration_id: await ids(s), person_id: other.id })]
				);
				expect(row!.mine).toBeNull();
				const seen = [await other.reads('registrations'), await other.calls('export_my_data')];
				expect(JSON.stringify(seen)).not.toContain(code);
				await expect(other.query('select code from private.check_in_codes')).rejects.toThrow(
					/denied/
				);
			}
			await amira.calls('cancel_registration', { forum_id });
			expect(await scan(chi, forum_id, code)).toMatchObject({ outcome: 'no', reason: 'cancelled' });
			await s.sql(`update public.registrations set status = 'confirmed', confirmed_at = now()`);
			expect(await codeOf(amira)).not.toBe(code);
			expect(await scan(chi, forum_id, code)).toMatchObject({ reason: 'unknown_code' });
		}));

	test('of a spot that is handed over does not pass with it', () =>
		scene(async (s) => {
			const { forum_id, chi, amira, code } = await stage(s);
			const bea = await member(s, 'Bea');
			await amira.calls('hand_over', { forum_id, email: bea.email });
			const about = { forum_id, mode: 'in_person', name: 'Bea', language: 'en', province: 'NS' };
			const rest = { sector: 'ngo', organization_name: '', discreet: false };
			await bea.calls('register', { ...about, ...rest });
			expect(await codeOf(bea)).not.toBe(code);
			expect(await scan(chi, forum_id, code)).toMatchObject({ reason: 'cancelled' });
			expect(await scan(chi, forum_id, await codeOf(bea))).toMatchObject({ name: 'Bea' });
			// The account behind a registration changes.
			const before = await codeOf(bea);
			await s.sql('update public.registrations set person_id = $1 where person_id = $2', [
				chi.id,
				bea.id
			]);
			expect(await codeOf(chi)).not.toBe(before);
		}));

	test('is given to nobody who waits', () =>
		scene(async (s) => {
			const { forum_id } = await stage(s);
			const wei = await member(s, 'Wei');
			await confirmed(s, wei, forum_id, { status: 'waitlisted', confirmed_at: null });
			const [row] = await wei.reads('registrations', {}, 'public.my_check_in(it) as mine');
			expect(row).toEqual({ mine: null });
		}));

	test('may be typed in lower case, with spaces, and O for 0', () =>
		scene(async (s) => {
			const { forum_id, chi, amira } = await stage(s);
			await s.sql(
				`update private.check_in_codes set code = '0123456789' where registration_id = (
				select registration_id from public.registrations where person_id = $1)`,
				[amira.id]
			);
			const typed = ' oI2l4-56 789 '.replace('l', '3');
			expect(await scan(chi, forum_id, typed)).toMatchObject({ outcome: 'in', name: 'Mimi' });
		}));
});

describe('a scan', () => {
	test('is green with the name on the badge, then amber with the first time', () =>
		scene(async (s) => {
			const { forum_id, slug, olive, chi, amira, code } = await stage(s);
			const first = await scan(chi, forum_id, code, ago(10));
			expect(first).toMatchObject({
				outcome: 'in',
				name: 'Mimi',
				organization_name: 'Shelter',
				reason: null
			});
			expect(JSON.stringify(first)).not.toContain('Haddad');
			const second = await scan(olive, forum_id, code);
			expect(second).toMatchObject({ outcome: 'already', at: first.at });
			const page = await chi.calls('check_in_page', { slug, scan_id: second.scan_id });
			expect(page).toMatchObject({
				organizer: false,
				attendance: { registered: 1, attended: 1 },
				scan: { outcome: 'already', at: first.at },
				people: [{ name: 'Mimi', at: first.at, scan_id: first.scan_id }]
			});
			const [mine] = await amira.reads<any>('registrations', {}, 'public.my_check_in(it) as mine');
			expect(mine.mine.at).toBe(first.at);
		}));

	test('sent again gives its first answer, whatever has happened', () =>
		scene(async (s) => {
			const { forum_id, chi, amira, code } = await stage(s);
			const scan_id = randomUUID();
			const sent = { forum_id, scan_id, code };
			const first = await chi.calls('check_in', sent);
			await amira.calls('cancel_registration', { forum_id });
			expect(await chi.calls('check_in', sent)).toEqual(first);
			expect(await chi.calls('check_in', { ...sent, code: 'another' })).toEqual(first);
			await chi.calls('undo_check_in', { scan_id });
			expect(await chi.calls('check_in', sent)).toEqual({ ...first, undone: true });
			expect(await s.sql('select from private.scans')).toHaveLength(1);
			const other = await forum(s, today);
			const olive = await organizer(s, 'Other');
			const there = { ...sent, forum_id: other.forum_id };
			await expect(olive.calls('check_in', there)).rejects.toThrow('scan_not_found');
		}));

	test.each([
		['waitlisted', { status: 'waitlisted', confirmed_at: null }],
		['pending', { status: 'pending', confirmed_at: null }],
		['refused', { status: 'refused', confirmed_at: null }],
		['cancelled', { status: 'cancelled', confirmed_at: null }]
	])('of somebody who is %s is red and says so', (reason, about) =>
		scene(async (s) => {
			const { forum_id, chi } = await stage(s);
			const wei = await member(s, 'Wei');
			const registration_id = randomUUID();
			await confirmed(s, wei, forum_id, { ...about, registration_id, name: 'Wei' });
			const args = { forum_id, scan_id: randomUUID(), registration_id };
			expect(await chi.calls('check_in', args)).toMatchObject({
				outcome: 'no',
				reason,
				name: 'Wei',
				at: null
			});
			expect(await s.sql('select outcome from private.scans')).toEqual([{ outcome: 'no' }]);
		})
	);

	test('of another forum, and of no code, is red without a name', () =>
		scene(async (s) => {
			const { forum_id, chi } = await stage(s);
			const other = await forum(s, today);
			const bea = await member(s, 'Bea');
			await confirmed(s, bea, other.forum_id, { name: 'Bea Secret' });
			for (const [code, reason] of [
				[await codeOf(bea), 'other_forum'],
				['0000000000', 'unknown_code'],
				['', 'unknown_code'],
				["'; drop table x --", 'unknown_code'],
				['9'.repeat(5000), 'unknown_code']
			] as const) {
				const answer = await scan(chi, forum_id, code);
				expect(answer).toMatchObject({ outcome: 'no', reason, name: null, registration_id: null });
			}
			expect(await s.sql('select from private.scans where registration_id is not null')).toEqual(
				[]
			);
		}));

	test('that arrives late lowers the first time and adds nobody', () =>
		scene(async (s) => {
			const { forum_id, slug, olive, chi, code } = await stage(s);
			await scan(chi, forum_id, code, ago(5));
			const late = await scan(olive, forum_id, code, ago(40));
			expect(late.outcome).toBe('already');
			expect(minutesSince(late.at)).toBeCloseTo(40, 0);
			const { attendance, people } = await chi.calls('check_in_page', { slug });
			expect(attendance.attended).toBe(1);
			expect(minutesSince(people[0].at)).toBeCloseTo(40, 0);
		}));

	test('has the time of the device by its age, never later than now nor before the forum', () =>
		scene(async (s) => {
			const { forum_id, chi, code } = await stage(s);
			const timeOf = async (times: object) => {
				const { scan_id } = await scan(chi, forum_id, code, times);
				const [row] = await s.sql<{ minutes: number }>(
					`select extract(epoch from clock_timestamp() - effective_at)::float / 60 as minutes
					from private.scans where scan_id = $1`,
					[scan_id]
				);
				return row!.minutes;
			};
			expect(await timeOf(ago(20, 9))).toBeCloseTo(20, 0);
			expect(await timeOf(ago(20, -9))).toBeCloseTo(20, 0);
			expect(await timeOf(ago(-30))).toBeCloseTo(0, 0);
			expect(await timeOf({})).toBeCloseTo(0, 0);
			expect(await timeOf({ at: 'infinity', sent_at: '-infinity' })).toBeCloseTo(0, 0);
			const odd = { at: '4000-01-01 00:00 BC', sent_at: '290000-01-01' };
			expect(await timeOf(odd)).toBeCloseTo(0, 0);
			expect(await timeOf(ago(9 * 24 * 60))).toBeLessThan(3 * 24 * 60);
		}));

	test('of a forum that is cancelled or not published is refused', () =>
		scene(async (s) => {
			const { forum_id, olive, chi, code } = await stage(s);
			await s.sql('update public.forums set cancelled_at = now()');
			await expect(scan(chi, forum_id, code)).rejects.toThrow('forum_cancelled');
			await s.sql('update public.forums set cancelled_at = null, published_at = null');
			for (const someone of [chi, olive]) {
				await expect(scan(someone, forum_id, code)).rejects.toThrow('forum_not_found');
			}
		}));
});

test('200 scans made offline by two devices arrive once each, shuffled and sent again', () =>
	scene(async (s) => {
		const { forum_id, slug, olive, chi } = await stage(s);
		const codes: string[] = [];
		for (let n = 0; n < 40; n++) {
			const person = await member(s, `Person ${n}`);
			await confirmed(s, person, forum_id, { name: `Person ${n}` });
			codes.push(await codeOf(person));
		}
		const scans = Array.from({ length: 200 }, (_, n) => ({
			scan_id: randomUUID(),
			code: codes[(n * 7) % 40]!,
			minutes: 10 + ((n * 37) % 200),
			by: n % 2 ? olive : chi
		}));
		const shuffled = [...scans, ...scans, ...scans.filter((_, n) => n % 3 === 0)]
			.map((it, n) => [(n * 7919) % 467, it] as const)
			.sort(([a], [b]) => a - b)
			.map(([, it]) => it);
		const answers = new Map<string, string>();
		for (const { by, scan_id, code, minutes } of shuffled) {
			const answer = await by.calls('check_in', { forum_id, scan_id, code, ...ago(minutes) });
			const said = JSON.stringify(answer);
			expect(answers.get(scan_id) ?? said).toBe(said);
			answers.set(scan_id, said);
		}
		expect(await s.sql('select from private.scans')).toHaveLength(200);
		expect(
			await s.sql(`select outcome, count(*)::integer as n from private.scans group by 1 order by 1`)
		).toEqual([
			{ outcome: 'in', n: 40 },
			{ outcome: 'already', n: 160 }
		]);
		const { attendance } = await chi.calls('check_in_page', { slug });
		expect(attendance).toMatchObject({ registered: 41, attended: 40 });
		for (const code of codes) {
			const [row] = await s.sql<{ at: string }>(
				`select private.checked_in_at(registration_id)::text as at from private.check_in_codes where code = $1`,
				[code]
			);
			const oldest = Math.max(...scans.filter((it) => it.code === code).map((it) => it.minutes));
			expect(Math.abs(minutesSince(row!.at) - oldest)).toBeLessThan(1);
		}
		expect(
			await s.sql(`select count(*)::integer as n from private.events where kind = 'checked_in'`)
		).toEqual([{ n: 40 }]);
	}));

describe('undoing', () => {
	test('names one scan, is noted, and leaves those of other devices', () =>
		scene(async (s) => {
			const { forum_id, slug, olive, chi, amira, code } = await stage(s);
			const first = await scan(chi, forum_id, code, ago(30));
			const second = await scan(olive, forum_id, code, ago(20));
			const undo = (scan_id: string) => chi.calls<string | null>('undo_check_in', { scan_id });
			expect(minutesSince((await undo(first.scan_id))!)).toBeCloseTo(20, 0);
			await undo(first.scan_id);
			const page = () => chi.calls('check_in_page', { slug });
			expect(await page()).toMatchObject({ people: [{ scan_id: second.scan_id }] });
			expect(await undo(second.scan_id)).toBeNull();
			expect(await page()).toMatchObject({ people: [], attendance: { attended: 0 } });
			expect(
				await s.sql(
					`select subject_id, context_id from private.audit where action = 'undo_check_in'`
				)
			).toEqual([
				{ subject_id: amira.id, context_id: forum_id },
				{ subject_id: amira.id, context_id: forum_id }
			]);
			expect(await scan(chi, forum_id, code)).toMatchObject({ outcome: 'in' });
		}));

	test('is for the check-in of that forum', () =>
		scene(async (s) => {
			const { forum_id, olive, chi, amira, code } = await stage(s);
			const { scan_id } = await scan(chi, forum_id, code);
			const other = await forum(s, today);
			const zoe = await member(s, 'Zoe');
			await named(olive, zoe, other.forum_id);
			for (const someone of [amira, zoe]) {
				for (const id of [scan_id, randomUUID()]) {
					await expect(someone.calls('undo_check_in', { scan_id: id })).rejects.toMatchObject({
						message: 'scan_not_found',
						code: 'PT404'
					});
				}
			}
		}));
});

test('nobody else checks in, searches, or learns anything from a code', () =>
	scene(async (s) => {
		const { forum_id, slug, olive, chi, amira, code } = await stage(s);
		const other = await forum(s, today);
		const zoe = await member(s, 'Zoe');
		await named(olive, zoe, other.forum_id);
		const gus = await member(s, 'Gus', { sector: 'government' });
		await expect(named(olive, gus, forum_id)).rejects.toThrow('check_in_of_government');
		await s.sql(
			`insert into private.forum_roles (forum_id, person_id, role, starts_at, ends_at)
			values ($1, $2, 'check_in', now() - interval '2 days', now() - interval '1 second')`,
			[forum_id, amira.id]
		);
		const reader = await member(s, 'Rosa');
		const role = { person_id: reader.id, role: 'needs_reader', forum_id, ends_on: null };
		await olive.calls('name_role', role);
		const registration_id = await ids(s);
		const refused: Record<string, Persona> = {
			'a stranger': await member(s, 'Sam'),
			'a participant whose role has ended': amira,
			'the check-in of another forum': zoe,
			'a needs reader': reader,
			'a government': gus
		};
		for (const [who, someone] of Object.entries(refused)) {
			const tried: [string, object][] = [
				['check_in', { forum_id, scan_id: randomUUID(), code }],
				['check_in', { forum_id, scan_id: randomUUID(), code: '0000000000' }],
				['check_in', { forum_id, scan_id: randomUUID(), registration_id }],
				['check_in', { forum_id: randomUUID(), scan_id: randomUUID(), code }],
				['check_in_page', { slug }],
				['check_in_page', { slug: 'no-such-forum', search: 'Mimi' }],
				['match_names', { forum_id, names: ['Mimi'] }],
				['check_in_list', { forum_id, registration_ids: [], scan_ids: [] }]
			];
			for (const [verb, args] of tried) {
				const call = someone.calls(verb, args as Record<string, unknown>);
				await expect(call, `${who}: ${verb}`).rejects.toMatchObject({
					message: 'check_in_only',
					code: 'PT403'
				});
			}
		}
		for (const someone of [chi, zoe]) {
			const sheet = someone.calls('check_in_sheet', { slug });
			await expect(sheet).rejects.toThrow('organizers_only');
		}
		await s.sql('update public.people set suspended_at = now() where person_id = $1', [chi.id]);
		await expect(scan(chi, forum_id, code)).rejects.toThrow('account_suspended');
		await s.sql(
			`update public.people set suspended_at = null, sector = 'law_enforcement' where person_id = $1`,
			[chi.id]
		);
		await expect(scan(chi, forum_id, code)).rejects.toThrow('check_in_only');
		await expect(
			s.visitor.calls('check_in', { forum_id, scan_id: randomUUID(), code })
		).rejects.toMatchObject({ code: '42501' });
		expect(await s.sql('select from private.scans')).toEqual([]);
	}));

test('a search finds names, badges and organizations, without address, sector or needs', () =>
	scene(async (s) => {
		const { forum_id, slug, chi, amira } = await stage(s);
		const needs = { kinds: ['vegan'], other_language: '', phone: '', words: 'Nuts' };
		await amira.calls('save_needs', { forum_id, ...needs });
		for (const search of ['haddad', 'MIMI', ' shelt', 'Àmíra']) {
			const { people } = await chi.calls('check_in_page', { slug, search });
			expect(people, search).toEqual([
				{
					registration_id: expect.any(String),
					name: 'Mimi',
					organization_name: 'Shelter',
					mode: 'in_person',
					status: 'confirmed',
					at: null,
					scan_id: null
				}
			]);
		}
		for (const search of ['%', '_', 'ngo', 'example.org', 'Nuts', '\\', 'a'.repeat(9000)]) {
			expect((await chi.calls('check_in_page', { slug, search })).people, search).toEqual([]);
		}
		for (let n = 0; n < 25; n++) {
			await confirmed(s, await member(s, `Zed ${n}`), forum_id, { name: `Zed ${n}` });
		}
		expect((await chi.calls('check_in_page', { slug, search: 'zed' })).people).toHaveLength(21);
	}));

test('who came is listed from the last, twenty at a time', () =>
	scene(async (s) => {
		const { forum_id, slug, chi } = await stage(s);
		for (let n = 0; n < 25; n++) {
			const person = await member(s, `P${n}`);
			await confirmed(s, person, forum_id, { name: `P${n}` });
			await scan(chi, forum_id, await codeOf(person), ago(n + 1));
		}
		const first = await chi.calls('check_in_page', { slug });
		expect(first.people.map((it: { name: string }) => it.name).slice(0, 2)).toEqual(['P0', 'P1']);
		const after = first.people[19].registration_id;
		const rest = await chi.calls('check_in_page', { slug, after });
		const names = rest.people.map((it: { name: string }) => it.name);
		expect(names).toEqual(['P20', 'P21', 'P22', 'P23', 'P24']);
	}));

describe('a paper list', () => {
	test('is matched whatever the order of the words, and says what is not clear', () =>
		scene(async (s) => {
			const { forum_id, chi } = await stage(s);
			for (const name of ['Zoé Tremblay-Roy', 'Li Wei', 'Li Wei']) {
				await confirmed(s, await member(s, name), forum_id, { name });
			}
			const names = ['HADDAD, Amira', 'mimi', 'Roy Tremblay Zoe', 'li wei', 'Nobody', ' - ', ''];
			const lines = await chi.calls('match_names', { forum_id, names });
			expect(lines.map((it: { people: object[] }) => it.people.length)).toEqual([
				1, 1, 1, 2, 0, 0, 0
			]);
			expect(JSON.stringify(lines)).not.toContain('Haddad');
			const many = Array.from({ length: 301 }, () => 'x');
			await expect(chi.calls('match_names', { forum_id, names: many })).rejects.toThrow(
				'too_many_names'
			);
		}));

	test('checks in each person by a scan of its own, once', () =>
		scene(async (s) => {
			const { forum_id, slug, chi, code } = await stage(s);
			const registration_ids = [await ids(s)];
			for (const status of ['confirmed', 'cancelled']) {
				const registration_id = randomUUID();
				const confirmed_at = status === 'confirmed' ? inDays(-2) : null;
				const about = { registration_id, status, confirmed_at };
				await confirmed(s, await member(s, status), forum_id, about);
				registration_ids.push(registration_id);
			}
			await scan(chi, forum_id, code);
			const scan_ids = registration_ids.map(() => randomUUID());
			const sent = { forum_id, registration_ids, scan_ids };
			for (let time = 0; time < 2; time++) {
				const counts = await chi.calls('check_in_list', sent);
				expect(counts).toEqual({ in: 1, already: 1, no: 1 });
			}
			expect(await s.sql('select from private.scans')).toHaveLength(4);
			expect((await chi.calls('check_in_page', { slug })).attendance.attended).toBe(2);
			const uneven = { ...sent, scan_ids: [] };
			await expect(chi.calls('check_in_list', uneven)).rejects.toThrow('too_many_names');
		}));
});

describe('somebody who comes without a registration', () => {
	const account = (s: Scene) => s.person('x', { email: `${randomUUID()}@walk-in.invalid` });
	const about = {
		name: ' Wanda  Walker ',
		organization_name: '',
		mode: 'in_person',
		language: 'en',
		province: 'NS',
		sector: 'ngo',
		over_capacity: false,
		reason: ''
	};
	const adds = async (
		s: Scene,
		someone: Persona,
		forum_id: string,
		more: Record<string, unknown> = {}
	) => {
		const { id } = await account(s);
		return someone.calls('add_walk_in', {
			forum_id,
			scan_id: randomUUID(),
			account: id,
			...about,
			...more
		});
	};

	test('is registered and checked in, once', () =>
		scene(async (s) => {
			const { forum_id, slug, chi } = await stage(s);
			const scan_id = randomUUID();
			for (let time = 0; time < 2; time++) {
				const answer = await adds(s, chi, forum_id, { scan_id });
				expect(answer).toMatchObject({ outcome: 'in', name: expect.stringContaining('Walker') });
			}
			const { attendance } = await chi.calls('check_in_page', { slug });
			expect(attendance).toMatchObject({ registered: 2, attended: 1 });
			expect(await s.sql('select from private.emails')).toEqual([]);
			const olive = await organizer(s, 'Ola');
			const { people } = await olive.calls('roster', { forum_id, search: 'walker' });
			expect(people).toMatchObject([{ status: 'confirmed', email: null, over_capacity: false }]);
			// Nobody can sign in to that account, so it is no voter.
			expect(await olive.calls('voters_by_sector', { forum_id })).toMatchObject([
				{ sector: 'ngo', people: 1 }
			]);
		}));

	test('takes no spot that others wait for; an organizer gives one beyond the capacity, with a reason', () =>
		scene(async (s) => {
			const { forum_id, olive, chi } = await stage(s);
			const wei = await member(s, 'Wei');
			await confirmed(s, wei, forum_id, { status: 'waitlisted', confirmed_at: null });
			await expect(adds(s, chi, forum_id)).rejects.toThrow('walk_in_no_room');
			await s.sql('update public.forums set capacity_in_person = 1');
			await expect(adds(s, chi, forum_id)).rejects.toThrow('walk_in_no_room');
			const beyond = { over_capacity: true, reason: 'Came from far away' };
			await expect(adds(s, chi, forum_id, beyond)).rejects.toThrow('organizers_only');
			const unreasoned = adds(s, olive, forum_id, { over_capacity: true });
			await expect(unreasoned).rejects.toThrow('reason_missing');
			expect(await adds(s, olive, forum_id, beyond)).toMatchObject({ outcome: 'in' });
			expect(
				await s.sql(
					`select act, reason from private.registration_history order by entry_id desc limit 1`
				)
			).toEqual([{ act: 'approved_over_capacity', reason: beyond.reason }]);
		}));

	test.each([
		['registration_incomplete', { name: ' \u200b ' }],
		['registration_incomplete', { province: null }],
		['people_name_length', { name: 'a'.repeat(81) }],
		['sector_not_offered', { sector: 'no_such_sector' }]
	])('is refused by %s when something is wrong', (said, wrong) =>
		scene(async (s) => {
			const { forum_id, chi } = await stage(s);
			await expect(adds(s, chi, forum_id, wrong)).rejects.toThrow(said);
		})
	);

	test('gets no account of somebody else', () =>
		scene(async (s) => {
			const { forum_id, chi, amira } = await stage(s);
			for (const taken of [amira.id, randomUUID()]) {
				const call = adds(s, chi, forum_id, { account: taken });
				await expect(call).rejects.toThrow('walk_in_account');
			}
			const over = await forum(s, {
				starts_on: inDays(-9).slice(0, 10),
				ends_on: inDays(-8).slice(0, 10)
			});
			const olive = await organizer(s, 'Ola');
			const late = adds(s, olive, over.forum_id);
			await expect(late).rejects.toThrow('registration_forum_over');
		}));

	test('is forgotten twelve months after the forum, with all scans', () =>
		scene(async (s) => {
			const { forum_id, chi } = await stage(s);
			await adds(s, chi, forum_id);
			const unused = await account(s);
			await scan(chi, forum_id, '0000000000');
			await s.service.calls('delete_old_data');
			expect(await s.sql('select from private.scans')).toHaveLength(2);
			expect(await s.sql('select from auth.users where id = $1', [unused.id])).toHaveLength(1);
			await s.sql(
				`update public.forums set starts_on = current_date - 400, ends_on = current_date - 400`
			);
			await s.sql(`update auth.users set created_at = now() - interval '2 days'`);
			const gone = await s.service.calls('delete_old_data');
			expect(gone).toMatchObject({ scans: 1, walk_ins: 2 });
			expect(await s.sql('select from private.scans')).toEqual([]);
			expect(await s.sql('select from private.check_in_codes')).toEqual([]);
			expect(await s.sql(`select from auth.users where email like '%@walk-in.invalid'`)).toEqual(
				[]
			);
		}));
});

test('badges and the sheet name who is confirmed in person, for organizers', () =>
	scene(async (s) => {
		const { forum_id, slug, olive } = await stage(s);
		const others = [
			{ name: 'Online', mode: 'online' },
			{ name: 'Waiting', status: 'waitlisted', confirmed_at: null },
			{ name: 'Abel' }
		];
		for (const about of others) await confirmed(s, await member(s, about.name), forum_id, about);
		const { people } = await olive.calls('check_in_sheet', { slug });
		expect(people).toMatchObject([
			{ name: 'Abel', organization_name: null },
			{ name: 'Mimi', organization_name: 'Shelter', language: 'en' }
		]);
		expect(JSON.stringify(people)).not.toMatch(/ngo|Haddad/);
		const after = people[0].registration_id;
		expect((await olive.calls('check_in_sheet', { slug, after })).people).toHaveLength(1);
		expect(await olive.calls('check_in_sheet', { slug: 'none' })).toBeNull();
	}));

test('a person downloads their code and scans, and takes them along when the account goes', () =>
	scene(async (s) => {
		const { forum_id, slug, chi, amira, code } = await stage(s);
		await scan(chi, forum_id, code);
		const mine = await amira.calls('export_my_data');
		expect(mine).toMatchObject({
			check_in_codes: [{ code, forum: slug }],
			scans: [{ outcome: 'in', forum: slug }],
			scans_by_you: []
		});
		expect(JSON.stringify(mine.scans)).not.toContain(chi.id);
		const theirs = await chi.calls('export_my_data');
		expect(theirs.scans_by_you).toHaveLength(1);
		expect(JSON.stringify(theirs)).not.toMatch(/Mimi|Haddad/);
		expect((await chi.calls('home_page')).page.tasks ?? {}).toBeDefined();
		await chi.calls('delete_my_account');
		expect(await s.sql('select scanned_by from private.scans')).toEqual([{ scanned_by: null }]);
		await amira.calls('delete_my_account');
		expect(await s.sql('select from private.scans')).toEqual([]);
		expect(await s.sql('select from private.check_in_codes')).toEqual([]);
	}));

describe.skipIf(!concurrent)('at the same moment', () => {
	test('two devices that scan one code check in once, and one scan that is sent twice is one', () =>
		together(async (s) => {
			const { forum_id, slug, olive, chi, code } = await stage(s);
			const answers = await Promise.all(
				Array.from({ length: 8 }, (_, n) => scan(n % 2 ? olive : chi, forum_id, code))
			);
			expect(answers.filter(({ outcome }) => outcome === 'in')).toHaveLength(1);
			const sent = { forum_id, scan_id: randomUUID(), code: '0000000000' };
			const same = await Promise.all([1, 2, 3, 4].map(() => chi.calls('check_in', sent)));
			expect(new Set(same.map((it) => JSON.stringify(it))).size).toBe(1);
			expect((await chi.calls('check_in_page', { slug })).attendance.attended).toBe(1);
			expect(await s.sql('select from private.scans')).toHaveLength(9);
		}));

	test('two who come for the last spot do not both get it', () =>
		together(async (s) => {
			const { forum_id, chi, olive } = await stage(s);
			await s.sql('update public.forums set capacity_in_person = 2');
			const tried = await Promise.allSettled(
				[chi, olive].map(async (someone) => {
					const { id } = await s.person('x', { email: `${randomUUID()}@walk-in.invalid` });
					return someone.calls('add_walk_in', {
						...{ forum_id, scan_id: randomUUID(), account: id, name: 'W', organization_name: '' },
						...{ mode: 'in_person', language: 'en', province: 'NS', sector: 'ngo' },
						...{ over_capacity: false, reason: '' }
					});
				})
			);
			expect(tried.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		}));
});
