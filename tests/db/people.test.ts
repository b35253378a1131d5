import { describe, expect, test } from 'vitest';
import { member, organizer, voteKey } from './builders';
import { scene } from './scene';
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

test('what a person answered beyond name and organization is read by nobody else, organizers included', () =>
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
