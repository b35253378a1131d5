import { describe, expect, test } from 'vitest';
import { committee, forum, inDays, joins, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Scene } from './scene';

const asked = (about = 'We run a shelter.', committees: string[] = [], request_id?: string) => ({
	request_id: request_id ?? null,
	about,
	committees
});
const offered = (forum_id: string, help = ['notes'], note = '', request_id?: string) => ({
	request_id: request_id ?? null,
	forum_id,
	help,
	note
});

/** Noor, who is new, with a request that waits; its id and version. */
async function waits(s: Scene, committees: string[] = [], about = {}) {
	const noor = await member(s, 'Noor', { approved: false, ...about });
	await noor.calls('ask_to_join', asked('We run a shelter.', committees));
	const [row] = await noor.reads<{ request_id: string; version: number }>('requests');
	return { noor, request_id: row!.request_id, version: row!.version };
}

const emails = (s: Scene) =>
	s.sql<{ recipient: string; kind: string; language: string; discreet: boolean; facts: object }>(
		'select recipient, kind, language, discreet, facts from private.emails order by email_id'
	);
const memberships = (s: Scene, person: Persona) =>
	s.sql(
		`select c.slug, m.duty from public.current_memberships m join public.committees c using (committee_id)
		where m.person_id = $1 order by 1`,
		[person.id]
	);

describe('asking to join', () => {
	test('is one request: sent twice, edited, and a new version only when something changed', () =>
		scene(async (s) => {
			await committee(s, 'south');
			const { noor, request_id } = await waits(s);
			await noor.calls('ask_to_join', asked());
			expect(await noor.reads('requests')).toMatchObject([{ request_id, version: 1 }]);
			await noor.calls('ask_to_join', asked(' Two\nlines. ', ['south', 'south'], request_id));
			expect(await noor.reads('requests')).toMatchObject([
				{ request_id, version: 2, about: 'Two\nlines.' }
			]);
			expect((await noor.calls('joining_page')).page).toMatchObject({
				request: { request_id, committees: ['south'], decided_at: null, reason: null },
				committees: [{ slug: 'south', closed_to_government: false, mine: false }]
			});
			expect((await noor.calls('home_page')).page.joining).toEqual({
				approved: false,
				may_ask: true,
				sent_at: expect.any(String)
			});
		}));

	test.each([
		['nothing', '', 'requests_join_says_why'],
		['blanks', ' \n\t ', 'requests_join_says_why'],
		['a novel', 'a'.repeat(601), 'requests_about_length']
	])('with %s as words is refused', (_, about, constraint) =>
		scene(async (s) => {
			const noor = await member(s, 'Noor', { approved: false });
			await expect(noor.calls('ask_to_join', asked(about))).rejects.toMatchObject({ constraint });
			expect(await noor.reads('requests')).toEqual([]);
		})
	);

	test('is for people: no visitor, no account without profile, nobody suspended', () =>
		scene(async (s) => {
			await expect(s.visitor.calls('ask_to_join', asked())).rejects.toThrow(/denied/);
			await expect((await s.person('New')).calls('ask_to_join', asked())).rejects.toThrow(
				'profile_first'
			);
			const sam = await member(s, 'Sam', { suspended: true });
			await expect(sam.calls('ask_to_join', asked())).rejects.toThrow('account_suspended');
			expect((await (await s.person('Newer')).calls('joining_page')).page).toBeNull();
			expect((await sam.calls('joining_page')).page).toBeNull();
		}));

	test.each(['government', 'law_enforcement', 'undisclosed', null])(
		'for a closed committee is refused to somebody of the sector %s',
		(sector) =>
			scene(async (s) => {
				const south = await committee(s, 'south');
				await s.sql(
					'update public.committees set closed_to_government = true where committee_id = $1',
					[south]
				);
				const gus = await member(s, 'Gus', { sector, approved: false });
				await expect(gus.calls('ask_to_join', asked('Hello', ['south']))).rejects.toMatchObject({
					message: 'committee_closed_to_government',
					code: 'PT403'
				});
				await gus.calls('ask_to_join', asked());
				await (await member(s, 'Ned')).calls('ask_to_join', asked('Hello', ['south']));
			})
	);

	test('names committees that exist, and that the person does not sit on', () =>
		scene(async (s) => {
			const south = await committee(s, 'south');
			await committee(s, 'north');
			const ana = await member(s, 'Ana');
			await joins(s, ana, south);
			for (const [committees, key] of [
				[['west'], 'committee_not_found'],
				[['south', 'north'], 'already_member'],
				[[], 'committee_missing']
			] as const) {
				await expect(ana.calls('ask_to_join', asked('Hello', [...committees]))).rejects.toThrow(
					key
				);
			}
			// Approved and a member: home says nothing of it, and one may still ask for another committee.
			expect((await ana.calls('home_page')).page.joining).toEqual({
				approved: true,
				may_ask: false,
				sent_at: null
			});
			await ana.calls('ask_to_join', asked('Hello', ['north']));
		}));

	test('is read by the person alone, and through the list by organizers', () =>
		scene(async (s) => {
			const { noor, request_id } = await waits(s);
			const south = await committee(s, 'south');
			const otto = await member(s, 'Otto');
			await joins(s, otto, south, 'chair');
			const olive = await organizer(s);
			for (const other of [otto, olive, await s.person('Stranger')]) {
				expect(await other.reads('requests')).toEqual([]);
			}
			await expect(s.visitor.reads('requests')).rejects.toThrow(/denied/);
			await expect(otto.calls('requests_for_organizers')).rejects.toThrow('organizers_only');
			const list = await olive.calls('requests_for_organizers');
			expect(list).toMatchObject({
				count: 1,
				waiting: [{ request_id, name: 'Noor', email: noor.email, province: 'NS', approved: false }],
				helping: []
			});
			expect((await olive.calls('home_page')).page.requests_to_decide).toBe(1);
			expect((await otto.calls('home_page')).page.requests_to_decide).toBe(0);
			// Nobody deletes or changes the request of somebody else.
			await otto.calls('delete_request', { request_id });
			await expect(otto.calls('ask_to_join', asked('Mine', ['south'], request_id))).rejects.toThrow(
				'request_ended'
			);
			expect(await noor.reads('requests')).toHaveLength(1);
		}));

	test('of somebody suspended since waits out of sight, and is not decided', () =>
		scene(async (s) => {
			const { noor, ...request } = await waits(s);
			const olive = await organizer(s);
			await olive.calls('suspend_person', { person_id: noor.id, reason: 'We have to talk.' });
			expect((await olive.calls('requests_for_organizers')).count).toBe(0);
			for (const verb of ['accept_request', 'decline_request']) {
				const rest = verb === 'accept_request' ? { committees: [] } : { reason: 'Because.' };
				await expect(olive.calls(verb, { ...request, ...rest })).rejects.toThrow(
					'person_suspended'
				);
			}
			expect(await noor.reads('requests')).toEqual([]);
			await olive.calls('restore_person', { person_id: noor.id });
			expect((await olive.calls('requests_for_organizers')).count).toBe(1);
		}));
});

describe('accepting a request', () => {
	test('approves the person, makes the memberships chosen, is audited, and an email says so', () =>
		scene(async (s) => {
			for (const slug of ['south', 'north', 'west']) await committee(s, slug);
			const { noor, ...request } = await waits(s, ['south', 'north'], { language: 'fr' });
			await s.sql('insert into public.preferences values ($1, true)', [noor.id]);
			const olive = await organizer(s);
			await olive.calls('accept_request', { ...request, committees: ['south'] });
			expect((await noor.calls('who')).person.approved).toBe(true);
			expect(await memberships(s, noor)).toEqual([{ slug: 'south', duty: 'member' }]);
			expect(
				await s.sql(
					'select actor_id, action, subject_id = $1 as noor from private.audit order by 2',
					[noor.id]
				)
			).toEqual([
				{ actor_id: olive.id, action: 'accept_request', noor: true },
				{ actor_id: olive.id, action: 'approve_person', noor: true },
				{ actor_id: olive.id, action: 'start_membership', noor: false }
			]);
			expect(await emails(s)).toEqual([
				{
					recipient: noor.email,
					kind: 'joining_accepted',
					language: 'fr',
					discreet: true,
					facts: {
						committees_en: 'Committee south',
						committees_fr: 'Comité south',
						committee: 'south'
					}
				}
			]);
			expect((await noor.calls('home_page')).page.joining).toEqual({
				approved: true,
				may_ask: false,
				sent_at: null
			});
			expect((await olive.calls('home_page')).page.requests_to_decide).toBe(0);
			// From now on they read what members read, and an end of it is the verb that there was.
			expect(await noor.reads('memberships')).toHaveLength(1);
		}));

	test('happens once: the second organizer hears that it is decided', () =>
		scene(async (s) => {
			const { request_id, version } = await waits(s);
			const [olive, oona] = [await organizer(s), await organizer(s, 'Oona')];
			await olive.calls('accept_request', { request_id, version, committees: [] });
			for (const [verb, rest] of [
				['accept_request', { committees: [] }],
				['decline_request', { reason: 'Because.' }]
			] as const) {
				await expect(oona.calls(verb, { request_id, version, ...rest })).rejects.toMatchObject({
					message: 'request_decided',
					code: 'PT409'
				});
			}
			expect(await emails(s)).toHaveLength(1);
		}));

	test('is of what the organizer has read: changed, deleted or not asked for is refused', () =>
		scene(async (s) => {
			await committee(s, 'south');
			await committee(s, 'north');
			const { noor, ...request } = await waits(s, ['south']);
			const olive = await organizer(s);
			const accept = (about: object) => olive.calls('accept_request', { ...request, ...about });
			await expect(accept({ committees: ['north'] })).rejects.toThrow('committee_not_asked');
			await expect(accept({ committees: ['nowhere'] })).rejects.toThrow('committee_not_found');
			await noor.calls('ask_to_join', asked('Something else.', [], request.request_id));
			await expect(accept({ committees: [] })).rejects.toThrow('request_changed');
			await expect(accept({ committees: ['south'], version: 2 })).rejects.toThrow(
				'committee_not_asked'
			);
			await noor.calls('delete_request', { request_id: request.request_id });
			await noor.calls('delete_request', { request_id: request.request_id });
			await expect(accept({ committees: [], version: 2 })).rejects.toThrow('request_not_found');
			expect((await noor.calls('who')).person.approved).toBe(false);
		}));

	test('makes nobody of a government a member of a closed committee, whatever the sector was when asked', () =>
		scene(async (s) => {
			const south = await committee(s, 'south');
			await s.sql(
				'update public.committees set closed_to_government = true where committee_id = $1',
				[south]
			);
			const { noor, ...request } = await waits(s, ['south']);
			const olive = await organizer(s);
			await olive.calls('set_sector', { person_id: noor.id, sector: 'government' });
			expect((await olive.calls('requests_for_organizers')).waiting[0].committees).toMatchObject([
				{ slug: 'south', closed: true }
			]);
			await expect(
				olive.calls('accept_request', { ...request, committees: ['south'] })
			).rejects.toThrow('committee_closed_to_government');
			// Refused as a whole: neither approved nor decided.
			expect((await noor.calls('who')).person.approved).toBe(false);
			await olive.calls('accept_request', { ...request, committees: [] });
			expect(await memberships(s, noor)).toEqual([]);
		}));

	test('is for organizers, and not about oneself', () =>
		scene(async (s) => {
			const { noor, ...request } = await waits(s);
			for (const someone of [noor, await member(s, 'Gus', { sector: 'government' })]) {
				await expect(
					someone.calls('accept_request', { ...request, committees: [] })
				).rejects.toThrow('organizers_only');
				await expect(
					someone.calls('decline_request', { ...request, reason: 'Because.' })
				).rejects.toThrow('organizers_only');
			}
			await committee(s, 'south');
			const olive = await organizer(s);
			await olive.calls('ask_to_join', asked('Me too', ['south']));
			const [own] = await olive.reads('requests');
			await expect(
				olive.calls('accept_request', {
					request_id: own!.request_id,
					version: 1,
					committees: ['south']
				})
			).rejects.toThrow('another_organizer_first');
			expect((await olive.calls('home_page')).page.requests_to_decide).toBe(1);
		}));

	test('keeps a membership that there is, and begins another one after one that ended', () =>
		scene(async (s) => {
			const [south, north] = [await committee(s, 'south'), await committee(s, 'north')];
			const { noor, ...request } = await waits(s, ['south', 'north']);
			const chair = await joins(s, noor, south, 'chair');
			const ended = await joins(s, noor, north);
			await s.sql(
				`update public.memberships set ends_at = now() - interval '1 day' where membership_id = $1`,
				[ended]
			);
			const olive = await organizer(s);
			await olive.calls('accept_request', { ...request, committees: ['south', 'north'] });
			expect(await memberships(s, noor)).toEqual([
				{ slug: 'north', duty: 'member' },
				{ slug: 'south', duty: 'chair' }
			]);
			expect(
				await s.sql('select 1 from public.memberships where membership_id = $1', [chair])
			).toHaveLength(1);
		}));
});

describe('declining a request', () => {
	test('gives a reason that the person reads, takes nothing away, and leaves room for another one', () =>
		scene(async (s) => {
			const { noor, ...request } = await waits(s);
			const olive = await organizer(s);
			for (const reason of [null, '', '  no  ', 'a'.repeat(501)]) {
				await expect(olive.calls('decline_request', { ...request, reason })).rejects.toMatchObject({
					constraint: 'requests_reason_length'
				});
			}
			await olive.calls('decline_request', { ...request, reason: ' Not yet. ' });
			expect((await noor.calls('joining_page')).page.request).toMatchObject({
				reason: 'Not yet.',
				decided_at: expect.any(String)
			});
			expect(await emails(s)).toMatchObject([
				{ recipient: noor.email, kind: 'joining_declined', facts: { reason: 'Not yet.' } }
			]);
			expect(await s.sql('select action, subject_id from private.audit')).toEqual([
				{ action: 'decline_request', subject_id: noor.id }
			]);
			// From the page that still shows the first one; then from the one after it.
			await expect(
				noor.calls('ask_to_join', asked('Again', [], request.request_id))
			).rejects.toMatchObject({ message: 'request_ended', code: 'PT409' });
			await noor.calls('ask_to_join', asked('Again'));
			expect((await noor.calls('joining_page')).page.request).toMatchObject({ about: 'Again' });
		}));
});

describe('offering help', () => {
	test('is about a coming forum, one at a time, and an organizer answers', () =>
		scene(async (s) => {
			const { forum_id, slug } = await forum(s);
			const ana = await member(s, 'Ana', { approved: false });
			const olive = await organizer(s);
			await ana.calls('offer_help', offered(forum_id, ['notes', 'program', 'notes'], ' By\nhand '));
			await ana.calls('offer_help', offered(forum_id, ['program', 'notes'], 'By hand'));
			const [row] = await ana.reads('requests');
			expect(row).toMatchObject({ version: 1, note: 'By hand' });
			expect((await olive.calls('requests_for_organizers')).waiting).toMatchObject([
				{ help: ['program', 'notes'], forum: { slug }, committees: [] }
			]);
			const { request_id } = row!;
			const organized = async () => {
				const { forums } = await olive.calls('organize');
				return forums[0].help;
			};
			expect(await organized()).toEqual({ offers: 1, accepted: 0 });
			await olive.calls('accept_request', { request_id, version: 1, committees: [] });
			expect(await organized()).toEqual({ offers: 0, accepted: 1 });
			expect((await ana.calls('who')).person.approved).toBe(false);
			expect((await olive.calls('requests_for_organizers')).helping).toMatchObject([
				{ name: 'Ana', help: ['program', 'notes'], forum: { slug } }
			]);
			expect(await emails(s)).toMatchObject([
				{ kind: 'help_accepted', facts: { slug, forum_en: 'Forum', forum_fr: 'Forum (fr)' } }
			]);
			expect(await s.sql('select action, context_id from private.audit')).toEqual([
				{ action: 'accept_help', context_id: forum_id }
			]);
			// Who cannot help any more deletes it.
			await ana.calls('delete_request', { request_id });
			expect(await organized()).toEqual({ offers: 0, accepted: 0 });
		}));

	test('of nothing, or in too many words, is refused', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			const ana = await member(s, 'Ana');
			for (const [offer, constraint] of [
				[offered(forum_id, []), 'requests_help_says_how'],
				[offered(forum_id, ['other'], 'a'.repeat(301)), 'requests_note_length']
			] as const) {
				await expect(ana.calls('offer_help', offer)).rejects.toMatchObject({ constraint });
			}
		}));

	test('comes too late for a forum that is over or cancelled, and a draft is not there', () =>
		scene(async (s) => {
			const ana = await member(s, 'Ana');
			const olive = await organizer(s);
			const past = { starts_on: inDays(-9).slice(0, 10), ends_on: inDays(-9).slice(0, 10) };
			for (const [about, key] of [
				[past, 'help_too_late'],
				[{ cancelled_at: inDays(-1) }, 'help_too_late'],
				[{ published_at: null }, 'forum_not_found']
			] as const) {
				const { forum_id } = await forum(s, about);
				await expect(ana.calls('offer_help', offered(forum_id))).rejects.toThrow(key);
			}
			const { forum_id } = await forum(s);
			await ana.calls('offer_help', offered(forum_id));
			expect((await olive.calls('home_page')).page.requests_to_decide).toBe(1);
			await s.sql('update public.forums set cancelled_at = now() where forum_id = $1', [forum_id]);
			expect((await olive.calls('home_page')).page.requests_to_decide).toBe(0);
			expect((await olive.calls('requests_for_organizers')).waiting).toEqual([]);
		}));

	test('is for people, beside a request to join', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			const offer = offered(forum_id);
			await expect(s.visitor.calls('offer_help', offer)).rejects.toThrow(/denied/);
			await expect((await s.person('New')).calls('offer_help', offer)).rejects.toThrow(
				'profile_first'
			);
			const sam = await member(s, 'Sam', { suspended: true });
			await expect(sam.calls('offer_help', offer)).rejects.toThrow('account_suspended');
			const { noor } = await waits(s, [], { sector: 'government' });
			await noor.calls('offer_help', offer);
			expect(await noor.reads('requests')).toHaveLength(2);
		}));
});

describe('a request', () => {
	test('stays until 30 days after its decision, and help until 30 days after the forum', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			const { noor, ...request } = await waits(s);
			const ana = await member(s, 'Ana');
			const bea = await member(s, 'Bea');
			await ana.calls('offer_help', offered(forum_id));
			await bea.calls('offer_help', offered(forum_id));
			const late = await member(s, 'Late', { approved: false });
			await late.calls('ask_to_join', asked());
			const olive = await organizer(s);
			const [[one], [two]] = [await ana.reads('requests'), await bea.reads('requests')];
			await olive.calls('decline_request', { ...request, reason: 'Because.' });
			await olive.calls('accept_request', {
				request_id: one!.request_id,
				version: 1,
				committees: []
			});
			await olive.calls('decline_request', {
				request_id: two!.request_id,
				version: 1,
				reason: 'Thanks.'
			});
			const left = async () => {
				await s.service.calls('delete_old_data');
				const rows = await s.sql<{ name: string }>(
					'select p.name from public.requests join public.people p using (person_id) order by 1'
				);
				return rows.map(({ name }) => name);
			};
			await s.sql(`update public.requests set decided_at = now() - interval '29 days'
				where decided_at is not null`);
			expect(await left()).toEqual(['Ana', 'Bea', 'Late', 'Noor']);
			await s.sql(`update public.requests set decided_at = now() - interval '31 days'
				where decided_at is not null`);
			expect(await left()).toEqual(['Ana', 'Late']);
			await s.sql(
				'update public.forums set starts_on = current_date - 29, ends_on = current_date - 29'
			);
			expect(await left()).toEqual(['Ana', 'Late']);
			await s.sql(
				'update public.forums set starts_on = current_date - 30, ends_on = current_date - 30'
			);
			expect(await left()).toEqual(['Late']);
		}));

	test('is in the file of the person, and goes with the account', () =>
		scene(async (s) => {
			await committee(s, 'south');
			const { noor } = await waits(s, ['south']);
			expect((await noor.calls('export_my_data')).requests).toMatchObject([
				{ about: 'We run a shelter.', committees: ['south'], forum: null }
			]);
			await noor.calls('delete_my_account');
			expect(await s.sql('select from public.requests')).toEqual([]);
		}));
});

describe.runIf(concurrent)('at the same moment', () => {
	test('two requests of one person are one, and two decisions are one', () =>
		together(async (s) => {
			await committee(s, 'south');
			const noor = await member(s, 'Noor', { approved: false });
			await Promise.all([1, 2, 3].map((n) => noor.calls('ask_to_join', asked(`${n}`, ['south']))));
			const [row, ...more] = await noor.reads<{ request_id: string; version: number }>('requests');
			expect(more).toEqual([]);
			const { request_id, version } = row!;
			const organizers = [
				await organizer(s),
				await organizer(s, 'Oona'),
				await organizer(s, 'Ona')
			];
			const said = await Promise.allSettled(
				organizers.map((one, index) =>
					index === 1
						? one.calls('decline_request', { request_id, version, reason: 'Because.' })
						: one.calls('accept_request', { request_id, version, committees: ['south'] })
				)
			);
			expect(said.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
			for (const answer of said) {
				if (answer.status === 'rejected') expect(answer.reason.message).toBe('request_decided');
			}
			expect(await emails(s)).toHaveLength(1);
		}));
});
