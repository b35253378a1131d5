import { describe, expect, test } from 'vitest';
import { confirmed, forum, inDays, insert, list, member, organizer, voteKey } from './builders';
import { concurrent } from './engine';
import { scene, together } from './scene';
import { names } from '../names';

const profile = {
	name: 'Amira',
	language: 'fr',
	province: 'QC',
	sector: 'ngo',
	organization_name: '',
	discreet: true
};

test('a new account writes its profile and is then somebody', () =>
	scene(async ({ person }) => {
		const amira = await person('Amira');
		expect((await amira.calls('who')).person).toBeNull();
		await amira.calls('save_profile', profile);
		expect((await amira.calls('who')).person).toMatchObject({
			name: 'Amira',
			language: 'fr',
			discreet: true,
			organizer: false,
			suspended: false
		});
	}));

test('a visitor writes no profile', () =>
	scene(async ({ visitor }) => {
		await expect(visitor.calls('save_profile', profile)).rejects.toMatchObject({ code: '42501' });
	}));

test('a name of spaces or of a novel is refused by its constraint', () =>
	scene(async ({ person }) => {
		const amira = await person('Amira');
		for (const name of ['   ', 'a'.repeat(81)]) {
			await expect(amira.calls('save_profile', { ...profile, name })).rejects.toMatchObject({
				constraint: 'people_name_length'
			});
		}
	}));

test('an organization of the directory is recognized in either language', () =>
	scene(async (s) => {
		const amira = await s.person('Amira');
		const [found] = await s.sql<{ organization_id: string }>(
			`insert into public.organizations (name_en, name_fr) values ('The House', 'La Maison') returning organization_id`
		);
		await amira.calls('save_profile', { ...profile, organization_name: ' la maison ' });
		expect(
			await s.sql('select organization_id from public.people where person_id = $1', [amira.id])
		).toEqual([found]);
	}));

test('nobody leaves the government sector by their own hand', () =>
	scene(async (s) => {
		const gil = await member(s, 'Gil', { sector: 'government' });
		await expect(gil.calls('save_profile', profile)).rejects.toThrow('sector_needs_organizer');
		// To no sector first, and from there anywhere: out all the same.
		await expect(gil.calls('save_profile', { ...profile, sector: null })).rejects.toThrow(
			'sector_needs_organizer'
		);
		await gil.calls('save_profile', { ...profile, sector: 'law_enforcement' });
		expect((await gil.calls('who')).person).toMatchObject({ sector: 'law_enforcement' });
	}));

test('no sector yet is no way of being in government: one may say it later', () =>
	scene(async (s) => {
		const noor = await member(s, 'Noor', { sector: null });
		await noor.calls('save_profile', profile);
		expect((await noor.calls('who')).person).toMatchObject({ sector: 'ngo' });
	}));

test('an organizer corrects the sector of somebody else, out of government too, and it is logged', () =>
	scene(async (s) => {
		const gil = await member(s, 'Gil', { sector: 'government' });
		const olive = await organizer(s);
		await olive.calls('set_sector', { person_id: gil.id, sector: 'academic' });
		expect((await gil.calls('who')).person).toMatchObject({ sector: 'academic' });
		await gil.calls('save_profile', profile);
		expect(await s.sql('select actor_id, action, subject_id, fields from private.audit')).toEqual([
			{ actor_id: olive.id, action: 'set_sector', subject_id: gil.id, fields: ['sector'] }
		]);
	}));

test('a corrected sector is valid although a deleted account of the address had another', () =>
	scene(async (s) => {
		const gil = await member(s, 'Gil', { sector: 'government' });
		await gil.calls('delete_my_account');
		const back = await s.person('Gil', { email: gil.email });
		await back.calls('save_profile', { ...profile, sector: 'government' });
		const olive = await organizer(s);
		await olive.calls('set_sector', { person_id: back.id, sector: 'ngo' });
		await back.calls('save_profile', profile);
		expect((await back.calls('who')).person).toMatchObject({ sector: 'ngo' });
	}));

test('nobody sets a sector but an organizer, and no organizer their own', () =>
	scene(async (s) => {
		const gil = await member(s, 'Gil', { sector: 'government' });
		const olive = await organizer(s);
		const asked = (person_id: string, sector: string | null = 'ngo') => ({ person_id, sector });
		for (const someone of [gil, await member(s, 'Mira')]) {
			await expect(someone.calls('set_sector', asked(gil.id))).rejects.toThrow('organizers_only');
		}
		await expect(s.visitor.calls('set_sector', asked(gil.id))).rejects.toMatchObject({
			code: '42501'
		});
		await expect(olive.calls('set_sector', asked(olive.id))).rejects.toThrow(
			'sector_needs_another_organizer'
		);
		await expect(olive.calls('set_sector', asked(gil.id, null))).rejects.toThrow('sector_missing');
		await expect(olive.calls('set_sector', asked(crypto.randomUUID()))).rejects.toThrow(
			'person_not_found'
		);
		expect((await gil.calls('who')).person).toMatchObject({ sector: 'government' });
	}));

test.each(names)('of a name, what %s', (_, typed, stored) =>
	scene(async (s) => {
		const amira = await s.person('Amira');
		await amira.calls('save_profile', { ...profile, name: typed, organization_name: typed });
		expect(await amira.reads('people', {}, 'name, organization_name')).toEqual([
			{ name: stored, organization_name: stored }
		]);
	})
);

test('a name that nobody can see is none', () =>
	scene(async (s) => {
		const amira = await s.person('Amira');
		for (const name of ['\u200b\u202e', '\u00a0\u2003', '\u2800\u3164', '\u200d', '\u115f\uffa0']) {
			await expect(amira.calls('save_profile', { ...profile, name })).rejects.toMatchObject({
				constraint: 'people_name_length'
			});
		}
	}));

test('someone suspended reads nobody, not even themselves, and writes nothing', () =>
	scene(async (s) => {
		const sam = await member(s, 'Sam', { suspended: true });
		expect(await sam.reads('people', {}, 'person_id')).toEqual([]);
		expect((await sam.calls('who')).person).toMatchObject({ suspended: true, organizer: false });
		await expect(sam.calls('save_profile', profile)).rejects.toThrow('account_suspended');
	}));

test('people without a committee see themselves only; an organizer sees everyone', () =>
	scene(async (s) => {
		const amira = await member(s, 'Amira');
		const bea = await member(s, 'Bea');
		const olive = await organizer(s);
		expect(await amira.reads('people', {}, 'person_id')).toMatchObject([{ person_id: amira.id }]);
		const seen = await olive.reads('people', {}, 'person_id');
		expect(seen.map(({ person_id }) => person_id)).toEqual(
			expect.arrayContaining([amira.id, bea.id, olive.id])
		);
		await expect(s.visitor.reads('people', {}, 'person_id')).rejects.toMatchObject({
			code: '42501'
		});
	}));

test('how a person wants their emails is not even the organizers’ business', () =>
	scene(async (s) => {
		const amira = await s.person('Amira');
		await amira.calls('save_profile', profile);
		const olive = await organizer(s);
		expect(await amira.reads('preferences')).toHaveLength(1);
		expect(await olive.reads('preferences', { person_id: amira.id })).toEqual([]);
	}));

test('a role that has ended or not begun is no role', () =>
	scene(async (s) => {
		for (const dates of [
			`now() - interval '2 days', now() - interval '1 day'`,
			`now() + interval '1 day', null`
		]) {
			const person = await member(s, 'Former');
			await s.sql(
				`insert into private.roles (person_id, role, starts_at, ends_at) select $1, 'organizer', ${dates}`,
				[person.id]
			);
			expect((await person.calls('who')).person).toMatchObject({ organizer: false });
			await expect(person.calls('organize')).rejects.toThrow('organizers_only');
		}
	}));

const asked = (id: string, kind: string) => ({
	user: { id, email: 'amira@example.org' },
	email_data: { token: '12345678', token_hash: 'hash', email_action_type: kind }
});

test('emails of sign-in speak the language of the profile, else of the sign-up, else English', () =>
	scene(async (s) => {
		const known = await s.person('Known');
		await known.calls('save_profile', profile);
		const fresh = await s.person('Fresh', { language: 'fr' });
		const silent = await s.person('Silent');
		for (const [person, language, discreet] of [
			[known, 'fr', true],
			[fresh, 'fr', false],
			[silent, 'en', false]
		] as const) {
			await s.sql('delete from private.emails');
			await s.sql('select private.queue_auth_email($1)', [
				JSON.stringify(asked(person.id, 'signup'))
			]);
			expect(await s.sql('select kind, language, discreet, facts from private.emails')).toEqual([
				{
					kind: 'confirm_address',
					language,
					discreet,
					facts: { code: '12345678', token_hash: 'hash', type: 'signup', next: '' }
				}
			]);
		}
	}));

test.each([
	['https://network.example/forums/winnipeg/register', '/forums/winnipeg/register'],
	['https://network.example', ''],
	['https://network.example.evil/x', ''],
	['https://evil.example/x', ''],
	[undefined, '']
])('the link of an email that was asked for at %s leads to “%s”', (redirect_to, next) =>
	scene(async (s) => {
		const amira = await member(s, 'Amira');
		const event = asked(amira.id, 'magiclink');
		Object.assign(event.email_data, { redirect_to, site_url: 'https://network.example' });
		await s.sql('select private.queue_auth_email($1)', [JSON.stringify(event)]);
		const [email] = await s.sql("select facts ->> 'next' as next from private.emails");
		expect(email).toEqual({ next });
	})
);

test('nobody but the auth server writes its emails', () =>
	scene(async (s) => {
		const amira = await member(s, 'Amira');
		await expect(
			amira.query('select private.queue_auth_email($1)', [
				JSON.stringify(asked(amira.id, 'signup'))
			])
		).rejects.toMatchObject({ code: '42501' });
	}));

test('what a person answered beyond name and organization is in no table that others read; pages give it to organizers', () =>
	scene(async (s) => {
		const amira = await member(s, 'Amira', { sector: 'lived_experience' });
		for (const reader of [amira, await organizer(s)]) {
			for (const column of [
				'sector',
				'province',
				'language',
				'suspended_at',
				'created_at',
				'organization_id'
			]) {
				await expect(reader.reads('people', {}, column), column).rejects.toMatchObject({
					code: '42501'
				});
			}
		}
	}));

test('no password is ever stored', () =>
	scene(async (s) => {
		const amira = await s.person('Amira');
		const stored = () =>
			s.sql('select encrypted_password from auth.users where id = $1', [amira.id]);
		await s.sql(`update auth.users set encrypted_password = 'a hash' where id = $1`, [amira.id]);
		expect(await stored()).toEqual([{ encrypted_password: '' }]);
		await s.sql(
			`insert into auth.users (id, aud, role, email, encrypted_password)
			values (gen_random_uuid(), 'authenticated', 'authenticated', 'b@example.org', 'a hash')`
		);
		expect(
			await s.sql(`select encrypted_password from auth.users where email = 'b@example.org'`)
		).toEqual([{ encrypted_password: '' }]);
	}));

describe('a session that is over', () => {
	test('closes every policy and verb, though its token is still good', () =>
		scene(async ({ sql, person, as }) => {
			const amira = await person('Amira');
			await amira.calls('save_profile', {
				name: 'Amira',
				language: 'en',
				province: 'ON',
				sector: 'ngo',
				organization_name: null,
				discreet: false
			});
			const [session] = await sql<{ id: string }>(
				`insert into auth.sessions (id, user_id, created_at, updated_at)
				values (gen_random_uuid(), $1, now(), now()) returning id`,
				[amira.id]
			);
			const here = as(amira.id, amira.email, session!.id);
			expect(await here.calls('who')).toMatchObject({ signed_in: true, person: { name: 'Amira' } });
			expect(await here.reads('people', {}, 'name')).toHaveLength(1);

			await sql('delete from auth.sessions where id = $1', [session!.id]);
			expect(await here.calls('who')).toEqual({ signed_in: false, person: null });
			expect(await here.calls('home_page')).toMatchObject({ page: null });
			expect(await here.reads('people', {}, 'name')).toEqual([]);
			for (const verb of ['export_my_data', 'delete_my_account']) {
				await expect(here.calls(verb), verb).rejects.toMatchObject({
					message: 'sign_in_first',
					code: 'PT401'
				});
			}
			await expect(
				here.calls('cast_ballot', {
					vote_id: amira.id,
					picks: [],
					stars: [],
					none_of_these: true,
					key: voteKey
				})
			).rejects.toThrow('sign_in_first');
		}));
});

describe('approval', () => {
	const profile = (name: string) => ({
		name,
		language: 'en',
		province: 'ON',
		sector: 'ngo',
		organization_name: null,
		discreet: false
	});

	test('comes before a spot in a closed session and before the voters’ list', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const mallory = await s.person('Mallory');
			await mallory.calls('save_profile', profile('Mallory'));
			expect((await mallory.calls('who')).person.approved).toBe(false);
			const { forum_id } = await forum(s);
			await list(s, forum_id, 4);
			await confirmed(s, mallory, forum_id);
			await confirmed(s, await member(s, 'Amira'), forum_id);
			const closed = await insert(s, 'sessions', {
				forum_id,
				kind: 'breakout',
				title_en: 'Closed',
				title_fr: 'Fermée',
				position: 1,
				starts_at: inDays(30),
				ends_at: inDays(30.05),
				sign_up: true,
				closed_to_government: true
			});
			const signUp = () => mallory.calls('sign_up', { session_id: closed.session_id });
			await expect(signUp()).rejects.toMatchObject({ message: 'approval_first', code: 'PT403' });
			await expect(mallory.calls('swap_signup', { session_id: closed.session_id })).rejects.toThrow(
				'approval_first'
			);
			expect(await olive.calls('voters_by_sector', { forum_id })).toEqual([
				{ sector: 'ngo', people: 1, to_approve: 1 }
			]);
			const opening = {
				forum_id,
				key: voteKey,
				title_en: 'A vote',
				title_fr: 'Un vote',
				closes_at: inDays(7),
				quorum: 0,
				sectors: ['ngo']
			};
			const vote_id = crypto.randomUUID();
			await olive.calls('open_vote', { ...opening, vote_id });
			expect((await mallory.calls('my_ballot', { vote_id, key: voteKey }))[0].may_vote).toBe(false);

			await olive.calls('approve_person', { person_id: mallory.id });
			await olive.calls('approve_person', { person_id: mallory.id });
			await signUp();
			expect((await mallory.calls('who')).person.approved).toBe(true);
			expect(await s.sql(`select from private.audit where action = 'approve_person'`)).toHaveLength(
				1
			);
		}));

	test('waits in the list of people, found by name, organization or address', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const mallory = await s.person('Mallory', { email: 'Mallory@Shelter.example' });
			await mallory.calls('save_profile', { ...profile('Mallory'), organization_name: 'Le Phare' });
			await member(s, 'Amira');
			const found = async (search: string, status = 'all') =>
				(await olive.calls('people_list', { search, status, after: null })).people.map(
					({ name }: { name: string }) => name
				);
			expect(await found('')).toEqual(['Amira', 'Mallory', 'Olive']);
			expect(await found('', 'new')).toEqual(['Mallory']);
			for (const words of ['mallo', 'PHARE', 'shelter.example']) {
				expect(await found(words), words).toEqual(['Mallory']);
			}
			expect(await found("%' or true --")).toEqual([]);
			expect(await found('', 'organizers')).toEqual(['Olive']);
			expect((await olive.calls('home_page')).page.people_to_approve).toBe(1);
			expect((await mallory.calls('home_page')).page.people_to_approve).toBe(0);
		}));

	test('is listed by fifty, each person once', () =>
		scene(async (s) => {
			const olive = await organizer(s, 'Zoe');
			for (let n = 0; n < 60; n++) await member(s, `Same name`);
			const first = await olive.calls('people_list', { search: '', status: 'all', after: null });
			const after = first.people.at(-1).person_id;
			const second = await olive.calls('people_list', { search: '', status: 'all', after });
			expect([first.people.length, first.more]).toEqual([50, true]);
			expect([second.people.length, second.more]).toEqual([11, false]);
			const ids = [...first.people, ...second.people].map(({ person_id }) => person_id);
			expect(new Set(ids).size).toBe(61);
		}));

	test('and all of it is for organizers', () =>
		scene(async (s) => {
			const amira = await member(s, 'Amira');
			const official = await member(s, 'Gil', { sector: 'government' });
			const verbs: [string, Record<string, unknown>][] = [
				['people_list', { search: '', status: 'all', after: null }],
				['person_for_organizers', { person_id: amira.id }],
				['approve_person', { person_id: amira.id }],
				['suspend_person', { person_id: amira.id, reason: 'No reason' }],
				['restore_person', { person_id: amira.id }],
				['name_organizer', { person_id: official.id }],
				['end_organizer', { person_id: amira.id }]
			];
			for (const [verb, args] of verbs) {
				for (const caller of [amira, official]) {
					await expect(caller.calls(verb, args), verb).rejects.toThrow('organizers_only');
				}
				await expect(s.visitor.calls(verb, args), verb).rejects.toThrow(/denied/);
			}
			await expect(amira.calls('name_first_organizer', { address: amira.email })).rejects.toThrow(
				/denied/
			);
		}));
});

describe('a suspension', () => {
	test('has a reason, frees the spots for those who wait, and can be ended', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const [amira, ben] = [await member(s, 'Amira'), await member(s, 'Ben')];
			const { forum_id } = await forum(s, { capacity_in_person: 1 });
			await confirmed(s, amira, forum_id);
			const registering = {
				forum_id,
				mode: 'in_person',
				name: 'Ben',
				language: 'en',
				province: 'ON',
				sector: 'ngo',
				organization_name: null,
				discreet: false
			};
			await ben.calls('register', registering);
			const person_id = amira.id;
			for (const reason of ['', 'no', 'x'.repeat(501)]) {
				await expect(olive.calls('suspend_person', { person_id, reason })).rejects.toMatchObject({
					constraint: 'people_suspended_reason_length'
				});
			}
			await olive.calls('suspend_person', { person_id, reason: 'Two accounts' });
			await olive.calls('suspend_person', { person_id, reason: 'Another reason' });
			expect((await amira.calls('who')).person).toMatchObject({
				suspended: true,
				suspended_reason: 'Two accounts'
			});
			expect(
				await s.sql(
					`select person_id, status, o.offer_id is not null as offered
					from public.registrations left join private.offers o using (registration_id)
					where registrations.forum_id = $1 order by status`,
					[forum_id]
				)
			).toEqual([
				{ person_id: ben.id, status: 'waitlisted', offered: true },
				{ person_id: amira.id, status: 'cancelled', offered: false }
			]);
			await olive.calls('restore_person', { person_id });
			expect((await amira.calls('who')).person).toMatchObject({
				suspended: false,
				suspended_reason: null
			});
			const { acts } = await olive.calls('person_for_organizers', { person_id });
			expect(acts.map(({ action }: { action: string }) => action)).toEqual([
				'restore_person',
				'suspend_person'
			]);
		}));

	test('is not for oneself', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			await organizer(s, 'Otto');
			for (const [verb, args] of [
				['suspend_person', { person_id: olive.id, reason: 'A reason' }],
				['restore_person', { person_id: olive.id }],
				['name_organizer', { person_id: olive.id }]
			] as const) {
				await expect(olive.calls(verb, args)).rejects.toThrow('another_organizer_first');
			}
			await expect(
				olive.calls('suspend_person', { person_id: crypto.randomUUID(), reason: 'A reason' })
			).rejects.toThrow('person_not_found');
		}));
});

describe('organizers', () => {
	test('name others, and the last one can neither leave nor be removed', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const amira = await member(s, 'Amira');
			const last = { message: 'last_organizer', code: 'PT409' };
			await expect(olive.calls('end_organizer', { person_id: olive.id })).rejects.toMatchObject(
				last
			);
			await expect(olive.calls('delete_my_account')).rejects.toMatchObject(last);

			await olive.calls('name_organizer', { person_id: amira.id });
			await olive.calls('name_organizer', { person_id: amira.id });
			expect((await amira.calls('who')).person.organizer).toBe(true);
			await amira.calls('end_organizer', { person_id: olive.id });
			expect((await olive.calls('who')).person.organizer).toBe(false);
			await expect(amira.calls('delete_my_account')).rejects.toMatchObject(last);
			// One whose account is suspended does not count.
			await amira.calls('name_organizer', { person_id: olive.id });
			await amira.calls('suspend_person', { person_id: olive.id, reason: 'A reason' });
			await expect(amira.calls('end_organizer', { person_id: amira.id })).rejects.toMatchObject(
				last
			);
			await amira.calls('restore_person', { person_id: olive.id });
			await amira.calls('delete_my_account');
		}));

	test('come first from the operator: an account now, an address with its first profile', () =>
		scene(async (s) => {
			const amira = await member(s, 'Amira', { approved: false });
			const name = (address: string) =>
				s.service.calls<string>('name_first_organizer', { address });
			expect(await name(amira.email.toUpperCase())).toBe('now');
			expect(await name(amira.email)).toBe('already');
			expect((await amira.calls('who')).person).toMatchObject({ organizer: true, approved: true });

			expect(await name(' First@Example.org ')).toBe('later');
			expect(await name('first@example.org')).toBe('later');
			const first = await s.person('First', { email: 'first@example.org' });
			const other = await s.person('Other', { email: 'first@example.org.evil.example' });
			for (const person of [first, other]) {
				await person.calls('save_profile', {
					name: 'First',
					language: 'fr',
					province: 'QC',
					sector: 'ngo',
					organization_name: null,
					discreet: false
				});
			}
			expect((await first.calls('who')).person).toMatchObject({ organizer: true, approved: true });
			expect((await other.calls('who')).person).toMatchObject({ organizer: false });
			expect(await s.sql('select from private.named_organizers')).toEqual([]);
		}));
});

test.skipIf(!concurrent)('of two organizers who leave at the same moment one stays', () =>
	together(async (s) => {
		for (let turn = 0; turn < 10; turn++) {
			const pair = [await organizer(s, 'Olive'), await organizer(s, 'Otto')];
			const outcomes = await Promise.allSettled(
				pair.map((one) => one.calls('end_organizer', { person_id: one.id }))
			);
			expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
			await s.sql('delete from private.roles');
		}
	})
);
