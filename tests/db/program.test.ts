import { describe, expect, test } from 'vitest';
import { personChangeSchema, previewSchema } from '../../src/lib/sessions/schema';
import { gapsOf } from '../../src/lib/sessions/view.server';
import { breakout, confirmed, forum, inDays, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Scene } from './scene';

const day = '2031-07-01';
const at = (hours: string, on = day) => `${on}T${hours}:00-05:00`;

const session = {
	session_id: null as string | null,
	version: 1,
	kind: 'breakout',
	title_en: ' Housing ',
	title_fr: 'Logement',
	summary_en: '',
	summary_fr: '',
	starts_at: at('09:00') as string | null,
	ends_at: at('10:00') as string | null,
	room_en: 'Room A',
	room_fr: 'Salle A',
	format: null as string | null,
	language: null as string | null,
	interpretation: null,
	closed_to_government: false,
	sign_up: true,
	capacity: 2 as number | null
};
type About = Partial<typeof session>;

/** A forum in Winnipeg with an organizer who writes its program. */
async function program(s: Scene, about: Record<string, unknown> = {}) {
	const olive = await organizer(s);
	const { forum_id, slug } = await forum(s, { starts_on: day, ends_on: day, ...about });
	const save = (about: About = {}) =>
		olive.calls<string>('save_session', { ...session, forum_id, ...about });
	const preview = async (by: Persona = olive) =>
		previewSchema.parse(await by.calls('program_preview', { forum_id }));
	const note = { note_en: 'Other hours.', note_fr: 'Autres heures.' };
	const release = async (about: Record<string, unknown> = {}) =>
		olive.calls<number>('release_program', {
			forum_id,
			seen: (await preview()).seen,
			...note,
			...about
		});
	const another = async (name: string, about: Parameters<typeof member>[2] = {}) => {
		const person = await member(s, name, about);
		await confirmed(s, person, forum_id, { sector: about.sector ?? 'ngo' });
		return person;
	};
	return { olive, forum_id, slug: String(slug), save, preview, release, another };
}

const versionOf = async (s: Scene, session_id: string) => {
	const [row] = await s.sql<{ version: number }>(
		`select version from private.program_of((select forum_id from public.sessions where session_id = $1
			union select forum_id from public.session_drafts where session_id = $1)) p where p.session_id = $1`,
		[session_id]
	);
	return row!.version;
};

const signupsOf = async (person: Persona) =>
	(await person.reads<{ session_id: string }>('signups', { person_id: person.id })).map(
		({ session_id }) => session_id
	);

/** What waits to be sent about sessions, by recipient: the changes of each email. */
async function emails(s: Scene) {
	const rows = await s.sql<{ recipient: string; language: string; facts: { changes: unknown[] } }>(
		`select recipient, language, facts from private.emails where kind = 'sessions_changed' order by recipient`
	);
	return rows.map(({ recipient, language, facts }) => ({
		recipient,
		language,
		changes: facts.changes.map((change) => personChangeSchema.parse(change))
	}));
}

const homeOf = async (person: Persona) =>
	(await person.calls('home_page')).page.session_changes as Record<string, unknown>[];

describe('the program, for organizers', () => {
	test('is a draft until it is released, and each version is what its organizer saw', () =>
		scene(async (s) => {
			const { olive, forum_id, save, preview, release } = await program(s);
			const session_id = await save();
			expect(await s.visitor.reads('sessions')).toEqual([]);
			expect(await s.visitor.reads('program_releases')).toEqual([]);
			expect(await release({ note_en: '', note_fr: '' })).toBe(1);
			expect(await s.visitor.reads('sessions', { session_id })).toMatchObject([
				{ title_en: 'Housing', position: 1, version: 1 }
			]);

			expect(await save({ session_id, title_en: 'Homes' })).toBe(session_id);
			await expect(save({ session_id, title_en: 'Late' })).rejects.toMatchObject({
				message: 'session_changed',
				code: 'PT409'
			});
			expect(await s.visitor.reads('sessions', {}, 'it.title_en')).toEqual([
				{ title_en: 'Housing' }
			]);
			const { seen, changes } = await preview();
			expect(changes).toMatchObject([
				{ what: 'changed', was: { title_en: 'Housing' }, now: { title_en: 'Homes' }, people: 0 }
			]);
			await save({
				title_en: 'More',
				title_fr: 'Encore',
				starts_at: at('11:00'),
				ends_at: at('12:00')
			});
			await expect(release({ seen })).rejects.toMatchObject({
				message: 'program_changed',
				code: 'PT409'
			});
			await expect(release({ note_fr: ' ' })).rejects.toThrow('program_releases_noted');
			expect(await release()).toBe(2);
			await expect(release()).rejects.toThrow('program_unchanged');
			const [, second] = await s.visitor.reads<{ changes: { what: string }[] }>(
				'program_releases',
				{
					forum_id
				}
			);
			expect(second).toMatchObject({ number: 2, note_fr: 'Autres heures.' });
			expect(second!.changes.map(({ what }) => what)).toEqual(['changed', 'added']);

			await olive.calls('delete_session', { session_id });
			await expect(olive.calls('delete_session', { session_id })).rejects.toThrow(
				'session_not_found'
			);
			const [latest] = await s.visitor.reads<{ since: unknown[] }>('program_releases', {
				number: 2
			});
			expect(latest!.since).toMatchObject([{ what: 'deleted', title_en: 'Homes' }]);
			const acts = await s.sql(
				`select action, count(*)::integer as n from private.audit group by 1 order by 1`
			);
			expect(acts).toEqual([
				{ action: 'delete_session', n: 1 },
				{ action: 'release_program', n: 2 },
				{ action: 'save_session', n: 3 }
			]);
		}));

	test('a change that is taken back is none', () =>
		scene(async (s) => {
			const { save, preview, release } = await program(s);
			const session_id = await save();
			await release();
			await save({ session_id, title_en: 'Homes' });
			await save({ session_id, version: 2 });
			expect((await preview()).changes).toEqual([]);
		}));

	test('is released with its forum, once, and refused while a text is missing in one language', () =>
		scene(async (s) => {
			const { olive, forum_id, save } = await program(s, {
				published_at: null,
				objectives_en: ['Meet'],
				objectives_fr: ['Se réunir']
			});
			const session_id = await save({ title_fr: '', summary_en: 'About', room_fr: '' });
			const [draft] = await olive.reads<Parameters<typeof gapsOf>[0]>('session_drafts', {
				session_id
			});
			const [gaps] = await s.sql<{ gaps: string[] }>(
				'select private.draft_gaps(d) as gaps from public.session_drafts d'
			);
			expect(gaps!.gaps).toEqual(['title_fr', 'summary_fr', 'room_fr']);
			expect(gapsOf(draft!)).toEqual(gaps!.gaps);
			await expect(olive.calls('publish_forum', { forum_id })).rejects.toMatchObject({
				message: 'program_incomplete',
				detail: '{"sessions": 1}'
			});
			await expect(
				olive.calls('release_program', { forum_id, seen: '', note_en: 'a', note_fr: 'b' })
			).rejects.toThrow('program_of_draft');
			await save({ session_id });
			await olive.calls('publish_forum', { forum_id });
			expect(await s.visitor.reads('sessions')).toHaveLength(1);
			expect(await s.visitor.reads('program_releases', {}, 'it.number, it.note_en')).toEqual([
				{ number: 1, note_en: '' }
			]);
			await olive.calls('unpublish_forum', { forum_id });
			await save({ session_id, version: 2, title_en: 'Homes' });
			await olive.calls('publish_forum', { forum_id });
			expect(await s.visitor.reads('sessions', {}, 'it.title_en')).toEqual([
				{ title_en: 'Housing' }
			]);
			await expect(save({ title_en: '', title_fr: 'x' })).rejects.toThrow('session_drafts_titled');
		}));

	test('lies within the days of the forum, where it takes place', () =>
		scene(async (s) => {
			const { save } = await program(s);
			for (const [starts_at, ends_at, refusal] of [
				[at('23:00', '2031-06-30'), at('01:00'), 'session_outside_forum'],
				[at('23:00'), at('00:30', '2031-07-02'), 'session_outside_forum'],
				[at('10:00'), at('10:00'), 'sessions_times_in_order'],
				[null, null, 'sessions_sign_up_has_times']
			] as const) {
				await expect(save({ starts_at, ends_at }), `${starts_at} ${ends_at}`).rejects.toThrow(
					refusal
				);
			}
			await save({ starts_at: at('22:00'), ends_at: at('23:30') });
		}));

	test('is for organizers, and a session belongs to its own forum', () =>
		scene(async (s) => {
			const { olive, forum_id, save, release } = await program(s);
			const session_id = await save();
			const other = await forum(s);
			await expect(save({ session_id, forum_id: other.forum_id } as About)).rejects.toThrow(
				'session_not_found'
			);
			const args = { ...session, forum_id };
			const words = { forum_id, seen: '', note_en: 'a', note_fr: 'b' };
			const gone = await organizer(s, 'Gone');
			await s.sql('update public.people set suspended_at = now() where person_id = $1', [gone.id]);
			for (const person of [
				await member(s, 'Amira'),
				await member(s, 'Gil', { sector: 'government' }),
				gone
			]) {
				const refusal = person === gone ? 'account_suspended' : 'organizers_only';
				await expect(person.calls('save_session', args)).rejects.toThrow(refusal);
				await expect(person.calls('delete_session', { session_id })).rejects.toThrow(refusal);
				await expect(person.calls('release_program', words)).rejects.toThrow(refusal);
				await expect(person.calls('program_preview', { forum_id })).rejects.toThrow(
					'organizers_only'
				);
				expect(await person.reads('session_drafts')).toEqual([]);
			}
			for (const [verb, given] of [
				['save_session', args],
				['release_program', words],
				['program_preview', { forum_id }]
			] as const) {
				await expect(s.visitor.calls(verb, given)).rejects.toThrow(/denied/);
			}
			await expect(s.visitor.reads('session_drafts')).rejects.toThrow(/denied/);
			await release();
			expect(await olive.reads('sessions', { session_id }, 'it.title_en')).toEqual([
				{ title_en: 'Housing' }
			]);
		}));
});

describe('people who signed up', () => {
	test('move with their session at the release, get one email in their language and see it at home', () =>
		scene(async (s) => {
			const { olive, save, preview, release, another } = await program(s);
			const amira = await another('Amira');
			const ben = await another('Ben', { language: 'fr' });
			const cleo = await another('Cleo');
			const session_id = await save();
			const second = await save({
				title_en: 'Second',
				starts_at: at('13:00'),
				ends_at: at('14:00')
			});
			await release();
			for (const person of [amira, ben]) await person.calls('sign_up', { session_id });
			await amira.calls('sign_up', { session_id: second });
			await cleo.calls('join_session_waitlist', { session_id });

			await save({ session_id, starts_at: at('10:00'), ends_at: at('11:00') });
			await save({
				session_id: second,
				starts_at: at('15:00'),
				ends_at: at('16:00'),
				title_en: 'Second'
			});
			expect(await emails(s)).toEqual([]);
			expect((await preview()).changes).toMatchObject([
				{ session_id, people: 2, waiting: 1 },
				{ session_id: second, people: 1, waiting: 0 }
			]);
			await release();
			const sent = await emails(s);
			expect(
				sent.map(({ recipient, language, changes }) => [recipient, language, changes.length])
			).toEqual(
				[
					[amira.email, 'en', 2],
					[ben.email, 'fr', 1],
					[cleo.email, 'en', 1]
				].sort()
			);
			expect(sent.find(({ recipient }) => recipient === ben.email)!.changes).toMatchObject([
				{ what: 'moved', waited: false, title_fr: 'Logement' }
			]);
			expect(await homeOf(cleo)).toMatchObject([{ what: 'moved', waited: true }]);
			const [moved] = await s.sql<{ at: Date }>(
				'select lower(during) as at from public.signups where session_id = $1 limit 1',
				[session_id]
			);
			expect(new Date(moved!.at).toISOString()).toBe(new Date(at('10:00')).toISOString());
			expect(await amira.calls('export_my_data')).toMatchObject({
				session_changes: [{ change: { what: 'moved' } }, { change: { what: 'moved' } }]
			});
			await amira.calls('delete_my_account');
			expect(
				await s.sql('select from private.session_changes where person_id = $1', [amira.id])
			).toEqual([]);
			expect(await olive.calls('export_my_data')).toMatchObject({ session_changes: [] });
		}));

	test('are never in two sessions: the one whose hours stay wins, then the one chosen first', () =>
		scene(async (s) => {
			const { save, preview, release, another } = await program(s);
			const amira = await another('Amira');
			const ben = await another('Ben');
			const hours = [
				[at('09:00'), at('10:00')],
				[at('11:00'), at('12:00')],
				[at('13:00'), at('14:00')]
			] as const;
			const ids: string[] = [];
			for (const [starts_at, ends_at] of hours)
				ids.push(await save({ starts_at, ends_at, title_en: starts_at }));
			await release();
			const [first, stays, third] = ids as [string, string, string];
			// Amira chose the one that moves first; Ben has two that change places.
			for (const session_id of [first, stays]) await amira.calls('sign_up', { session_id });
			for (const session_id of [third, first]) await ben.calls('sign_up', { session_id });
			await save({
				session_id: first,
				starts_at: at('11:30'),
				ends_at: at('12:30'),
				title_en: 'Moved'
			});
			expect((await preview()).overlaps).toMatchObject([
				{ stays_en: hours[1][0], title_en: 'Moved' }
			]);
			await release();
			expect(await signupsOf(amira)).toEqual([stays]);
			expect((await signupsOf(ben)).sort()).toEqual([first, third].sort());
			const sent = await emails(s);
			expect(sent.find(({ recipient }) => recipient === amira.email)!.changes).toMatchObject([
				{ what: 'ended', stays_en: hours[1][0] }
			]);

			// Places changed: nobody loses anything, although each is for a moment where the other was.
			await save({ session_id: first, version: 2, starts_at: at('13:00'), ends_at: at('14:00') });
			await save({ session_id: third, starts_at: at('11:30'), ends_at: at('12:30') });
			expect((await preview()).overlaps).toEqual([]);
			await release();
			expect((await signupsOf(ben)).sort()).toEqual([first, third].sort());

			// Both move onto one hour: Ben chose the third before the first.
			const version = await versionOf(s, first);
			await save({ session_id: first, version, starts_at: at('15:00'), ends_at: at('16:00') });
			await save({
				session_id: third,
				version: await versionOf(s, third),
				starts_at: at('15:30'),
				ends_at: at('16:30')
			});
			await release();
			expect(await signupsOf(ben)).toEqual([third]);
		}));

	test('learn of a session that is deleted, keep the others, and see it until they choose again', () =>
		scene(async (s) => {
			const { olive, save, release, another } = await program(s);
			const [amira, cleo] = [await another('Amira'), await another('Cleo')];
			const session_id = await save({ capacity: 1 });
			const beside = await save({ title_en: 'Beside' });
			const later = await save({ title_en: 'Later', starts_at: at('11:00'), ends_at: at('12:00') });
			await release();
			await amira.calls('sign_up', { session_id });
			await amira.calls('sign_up', { session_id: later });
			await cleo.calls('join_session_waitlist', { session_id });
			await olive.calls('delete_session', { session_id });
			expect(await s.visitor.reads('sessions', { session_id })).toEqual([]);
			expect(await signupsOf(amira)).toEqual([later]);
			expect(await emails(s)).toMatchObject(
				[amira, cleo]
					.map(({ email }) => email)
					.sort()
					.map((recipient) => ({ recipient, changes: [{ what: 'deleted' }] }))
			);
			expect(await homeOf(amira)).toMatchObject([{ what: 'deleted', title_en: 'Housing' }]);
			await amira.calls('sign_up', { session_id: beside });
			expect(await homeOf(amira)).toEqual([]);
			expect(await homeOf(cleo)).toHaveLength(1);
			// A second change is in the email that still waits.
			await olive.calls('delete_session', { session_id: later });
			const mine = (await emails(s)).filter(({ recipient }) => recipient === amira.email);
			expect(mine.map(({ changes }) => changes.length)).toEqual([2]);
		}));

	test('hear nothing of a session that has begun, of a draft, and of a forum that is over or cancelled', () =>
		scene(async (s) => {
			const { olive, forum_id, another } = await program(s, {
				starts_on: inDays(0).slice(0, 10),
				ends_on: inDays(2).slice(0, 10)
			});
			const amira = await another('Amira');
			const ahead = { starts_at: inDays(0.5), ends_at: inDays(0.6) };
			const [begun, off] = [await breakout(s, forum_id, ahead), await breakout(s, forum_id)];
			await amira.calls('sign_up', { session_id: begun });
			await s.sql('update public.sessions set starts_at = now() where session_id = $1', [begun]);
			await expect(olive.calls('delete_session', { session_id: begun })).rejects.toMatchObject({
				message: 'session_begun_with_signups',
				detail: '{"people": 1}'
			});
			await amira.calls('swap_signup', { session_id: off });
			await s.sql('update public.forums set cancelled_at = now() where forum_id = $1', [forum_id]);
			await olive.calls('delete_session', { session_id: off });
			expect(await emails(s)).toEqual([]);
			expect(await s.sql('select from private.session_changes')).toEqual([]);
		}));

	test('learn of another room without a release, once both languages have it', () =>
		scene(async (s) => {
			const { save, release, another } = await program(s);
			const amira = await another('Amira');
			const session_id = await save();
			await release();
			await amira.calls('sign_up', { session_id });
			await save({ session_id, room_en: 'Room B', room_fr: '' });
			expect(await s.visitor.reads('sessions', {}, 'it.room_en')).toEqual([{ room_en: 'Room A' }]);
			await save({ session_id, version: 2, room_en: 'Room B', room_fr: 'Salle B' });
			expect(await s.visitor.reads('sessions', {}, 'it.room_en')).toEqual([{ room_en: 'Room B' }]);
			expect(await emails(s)).toMatchObject([
				{ changes: [{ what: 'moved', was_room_en: 'Room A', room_fr: 'Salle B' }] }
			]);
			const [latest] = await s.visitor.reads('program_releases');
			expect(latest).toMatchObject({ number: 1, since: [{ now: { room_en: 'Room B' } }] });
			expect(await s.sql('select from public.session_drafts')).toEqual([]);
		}));

	test('lose a spot that a closed or other session can no longer hold, and read why', () =>
		scene(async (s) => {
			const { save, release, another } = await program(s);
			const gil = await another('Gil', { sector: 'government' });
			const mallory = await another('Mallory', { approved: false });
			const amira = await another('Amira');
			const session_id = await save({ capacity: null });
			await release();
			for (const person of [gil, mallory, amira]) await person.calls('sign_up', { session_id });
			// Closing does not wait; opening again does.
			await save({ session_id, capacity: null, closed_to_government: true });
			expect(await s.sql('select person_id from public.signups')).toEqual([
				{ person_id: amira.id }
			]);
			expect((await emails(s)).map(({ changes }) => changes[0]!.what)).toEqual(['ended', 'ended']);
			await save({ session_id, version: await versionOf(s, session_id), capacity: null });
			expect(await s.visitor.reads('sessions', {}, 'it.closed_to_government as closed')).toEqual([
				{ closed: true }
			]);
			const version = await versionOf(s, session_id);
			await save({
				session_id,
				version,
				capacity: null,
				closed_to_government: true,
				format: 'online'
			});
			expect(await signupsOf(amira)).toEqual([session_id]);
			await release();
			expect(await s.sql('select from public.signups')).toEqual([]);
			expect(await homeOf(amira)).toMatchObject([{ what: 'ended', waited: false }]);
		}));

	test('are never fewer than the spots, nor without sign-up', () =>
		scene(async (s) => {
			const { save, release, another } = await program(s);
			const session_id = await save();
			await release();
			const later = { title_en: 'Later', starts_at: at('11:00'), ends_at: at('12:00') };
			const free = await save(later);
			await release();
			for (const name of ['Amira', 'Ben'])
				await (await another(name)).calls('sign_up', { session_id });
			const people = { detail: '{"people": 2}' };
			await expect(save({ session_id, sign_up: false })).rejects.toMatchObject({
				message: 'session_has_signups',
				...people
			});
			await expect(save({ session_id, capacity: 1 })).rejects.toMatchObject({
				message: 'session_capacity_below_signups',
				...people
			});
			// Somebody signs up between the draft and its release.
			await save({ ...later, session_id: free, sign_up: false });
			await (await another('Cleo')).calls('sign_up', { session_id: free });
			await expect(release()).rejects.toThrow('session_has_signups');
			expect(await s.visitor.reads('program_releases')).toHaveLength(2);
		}));

	test('are counted for organizers; who waits is never named, and a change is read by its person alone', () =>
		scene(async (s) => {
			const { olive, save, release, another } = await program(s);
			const [amira, cleo] = [await another('Amira'), await another('Cleo')];
			const session_id = await save({ capacity: 1 });
			await release();
			await amira.calls('sign_up', { session_id });
			await cleo.calls('join_session_waitlist', { session_id });
			const waiting = (person: Persona) =>
				person.reads('sessions', { session_id }, 'public.waiting(it)::integer as waiting');
			expect(await waiting(olive)).toEqual([{ waiting: 1 }]);
			expect(await waiting(amira)).toEqual([{ waiting: 0 }]);
			await expect(
				s.visitor.reads('sessions', { session_id }, 'public.waiting(it)')
			).rejects.toThrow(/denied/);
			await olive.calls('delete_session', { session_id });
			for (const person of [olive, amira, s.visitor])
				await expect(person.query('select * from private.session_changes')).rejects.toThrow(
					/denied/
				);
		}));
});

describe.skipIf(!concurrent)('at the same moment', () => {
	test('two releases are one, and signups beside them never overlap', () =>
		together(async (s) => {
			const { olive, forum_id, save, preview, another } = await program(s);
			const first = await save({ capacity: null });
			const second = await save({
				title_en: 'Second',
				capacity: null,
				starts_at: at('11:00'),
				ends_at: at('12:00')
			});
			const release = async (seen: string) =>
				olive.calls('release_program', { forum_id, seen, note_en: 'a', note_fr: 'b' });
			await release((await preview()).seen);
			const people: Persona[] = [];
			for (let n = 0; n < 8; n++) people.push(await another(`Person ${n}`));
			for (const person of people) await person.calls('sign_up', { session_id: first });
			await save({ session_id: second, title_en: 'Second', capacity: null });
			const { seen } = await preview();
			const tries = await Promise.allSettled([
				release(seen),
				release(seen),
				...people.map((person) => person.calls('sign_up', { session_id: second }))
			]);
			expect(tries.slice(0, 2).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
			const said = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.message] : []));
			for (const message of said) expect(message).toMatch(/program_changed|signups_do_not_overlap/);
			for (const person of people) expect(await signupsOf(person)).toEqual([first]);
		}));
});
