import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { migrate, migrations, type Migration } from '../../src/lib/embedded/migrate.server';
import { onCopy } from './engine';
import { catalogRules, type Role } from './rules/catalog';
import { lengthRules } from './rules/lengths';
import { orderRules } from './rules/order';
import type { Query, Rules } from './rules/rule';
import { splinterRules } from './rules/splinter';
import { wordRules } from './rules/words';
import { scene, type Said } from './scene';

// The rules of the architecture inside the database, as its catalog is after all migrations. What is
// added to the database has to be added to the lists by hand, by somebody who has thought about it.

/** Who may read which table, always under row level security. A table not named is read by nobody. */
const readers: Record<string, Role[]> = {
	'public.answers': ['authenticated'],
	'public.areas': ['anon', 'authenticated'],
	'public.committees': ['anon', 'authenticated'],
	'public.current_memberships': ['authenticated'],
	'public.forums': ['anon', 'authenticated'],
	'public.lineage': ['anon', 'authenticated'],
	'public.memberships': ['authenticated'],
	'public.organizations': ['anon', 'authenticated'],
	'public.posts': ['authenticated'],
	'public.preferences': ['authenticated'],
	'public.priorities': ['anon', 'authenticated'],
	'public.questions': ['authenticated'],
	'public.read_marks': ['authenticated'],
	'public.seats': ['anon', 'authenticated'],
	'public.registrations': ['authenticated'],
	'public.report_corrections': ['anon', 'authenticated'],
	'public.reports': ['anon', 'authenticated'],
	'public.requests': ['authenticated'],
	'public.results': ['anon', 'authenticated'],
	'public.vote_items': ['anon', 'authenticated'],
	'public.votes': ['anon', 'authenticated'],
	'public.signups': ['authenticated'],
	'public.session_drafts': ['authenticated'],
	'public.session_waits': ['authenticated'],
	'public.program_releases': ['anon', 'authenticated'],
	'public.sectors': ['anon', 'authenticated'],
	'public.sessions': ['anon', 'authenticated'],
	'public.thread_committees': ['authenticated'],
	'public.threads': ['authenticated']
};

/**
 * Tables of which a role reads some columns only. The embedded backend grants the rest again when it
 * starts; its patch of `grant` undoes that, see embedded.test.ts.
 */
const readableColumns = [
	'public.people.name authenticated SELECT',
	'public.people.organization_name authenticated SELECT',
	'public.people.person_id authenticated SELECT'
];

/** Who may call what. A function not named is called by nobody over the API. */
const callers: Record<string, Role[]> = {
	// Helpers of the policies: they answer about the caller alone.
	'private.is_outside_government': ['anon', 'authenticated'],
	'private.is_organizer': ['anon', 'authenticated'],
	'private.my_colleagues': ['authenticated'],
	'private.colleagues': ['authenticated'],
	'private.latest_threads': ['authenticated'],
	'private.next_unread': ['authenticated'],
	'private.posts_after': ['authenticated'],
	'private.thread_lines': ['authenticated'],
	'private.my_committee_ids': ['authenticated'],
	'private.my_id': ['anon', 'authenticated'],
	// Whether the person of a row has a vouched spot: for a policy that organizers alone reach.
	'private.is_vouched': ['authenticated'],
	// What the preview of a release reads with the rights of its organizer.
	'private.shown_of': ['authenticated'],
	'private.program_difference': ['authenticated'],
	'private.draft_gaps': ['authenticated'],
	'private.program_state': ['authenticated'],
	'private.program_of': ['authenticated'],
	'private.program_overlaps': ['authenticated'],
	// The auth server of a hosted project.
	'private.queue_auth_email': ['supabase_auth_admin'],
	// Figures over rows that the reader may not see.
	'public.spots_in_person': ['anon', 'authenticated'],
	'public.spots_online': ['anon', 'authenticated'],
	'public.spots_left': ['anon', 'authenticated'],
	'public.approval': ['anon', 'authenticated'],
	'public.coverage_shown': ['anon', 'authenticated'],
	'public.fee_choices': ['anon', 'authenticated'],
	'public.bursaries_until': ['anon', 'authenticated'],
	'public.turnout': ['anon', 'authenticated'],
	'public.feedback_change': ['anon', 'authenticated'],
	'public.has_materials': ['anon', 'authenticated'],
	// For everyone who has the address, a secret of 244 bits.
	'public.calendar_feed': ['anon', 'authenticated'],
	'public.material_file': ['anon', 'authenticated'],
	'public.materials_page': ['anon', 'authenticated'],
	'public.voters_by_sector': ['authenticated'],
	'public.answered_by': ['authenticated'],
	'public.people_list': ['authenticated'],
	'public.person_for_organizers': ['authenticated'],
	'public.audit_list': ['authenticated'],
	'public.forum_roles_of': ['authenticated'],
	'public.needs_overview': ['authenticated'],
	'public.read_needs': ['authenticated'],
	'public.read_apart': ['authenticated'],
	'public.find_apart': ['authenticated'],
	'public.participants': ['authenticated'],
	'public.participant_list': ['authenticated'],
	'public.sectors_for_organizers': ['authenticated'],
	'public.roster': ['authenticated'],
	'public.registration_settings': ['authenticated'],
	'public.registration_story': ['authenticated'],
	'public.requests_for_organizers': ['authenticated'],
	'public.mailings_of': ['authenticated'],
	'public.forum_figures': ['authenticated'],
	'public.coverage': ['authenticated'],
	'public.fees_for_organizers': ['authenticated'],
	'public.fee_of': ['authenticated'],
	'public.bursaries_for_organizers': ['authenticated'],
	'public.read_bursary': ['authenticated'],
	'public.vouched_spots': ['authenticated'],
	'public.feedback_of': ['authenticated'],
	'public.check_in_page': ['authenticated'],
	'public.check_in_sheet': ['authenticated'],
	'public.match_names': ['authenticated'],
	'public.check_in': ['authenticated'],
	'public.check_in_list': ['authenticated'],
	'public.undo_check_in': ['authenticated'],
	'public.add_walk_in': ['authenticated'],
	'public.my_check_in': ['authenticated'],
	'public.notes_for_organizers': ['authenticated'],
	'public.materials_for_organizers': ['authenticated'],
	'public.note_versions': ['authenticated'],
	'public.themes_for_organizers': ['authenticated'],
	'public.program_preview': ['authenticated'],
	'public.waiting': ['authenticated'],
	'public.confirmed_pairs': ['authenticated'],
	// What a person may ask about oneself.
	'public.organize': ['authenticated'],
	'public.export_my_data': ['authenticated'],
	'public.home_page': ['authenticated'],
	'public.joining_page': ['authenticated'],
	'public.committee_page': ['authenticated'],
	'public.thread_page': ['authenticated'],
	'public.who': ['authenticated'],
	'public.my_ballot': ['authenticated'],
	'public.my_needs': ['authenticated'],
	'public.my_apart': ['authenticated'],
	'public.my_visibility': ['authenticated'],
	'public.my_calendar': ['authenticated'],
	'public.visibility': ['authenticated'],
	'public.my_vouched_spot': ['authenticated'],
	'public.my_feedback': ['authenticated'],
	'public.my_mailings': ['authenticated'],
	'public.waitlist_position': ['authenticated'],
	'public.offer': ['authenticated'],
	'public.handed_to': ['authenticated'],
	'public.refusal_reason': ['authenticated'],
	'public.invitation': ['authenticated'],
	'public.last_change': ['authenticated'],
	'public.fee': ['authenticated'],
	'public.bursary': ['authenticated'],
	'public.my_bursary': ['authenticated'],
	'public.unread': ['authenticated'],
	'public.unread_page': ['authenticated'],
	'public.my_notes': ['authenticated'],
	'public.note_page': ['authenticated'],
	'public.note_conflicts': ['authenticated'],
	'public.confirmation_page': ['authenticated'],
	// Verbs.
	'public.ask_to_join': ['authenticated'],
	'public.offer_help': ['authenticated'],
	'public.delete_request': ['authenticated'],
	'public.accept_request': ['authenticated'],
	'public.decline_request': ['authenticated'],
	'public.delete_my_account': ['authenticated'],
	'public.add_area': ['authenticated'],
	'public.approve_person': ['authenticated'],
	'public.suspend_person': ['authenticated'],
	'public.restore_person': ['authenticated'],
	'public.name_organizer': ['authenticated'],
	'public.end_organizer': ['authenticated'],
	'public.name_role': ['authenticated'],
	'public.end_role': ['authenticated'],
	'public.save_needs': ['authenticated'],
	'public.ask_apart': ['authenticated'],
	'public.delete_apart': ['authenticated'],
	'public.accept_apart': ['authenticated'],
	'public.decline_apart': ['authenticated'],
	'public.save_visibility': ['authenticated'],
	'public.set_participant_list': ['authenticated'],
	'public.save_provided': ['authenticated'],
	'public.add_priority': ['authenticated'],
	'public.cast_ballot': ['authenticated'],
	'public.count_vote': ['authenticated'],
	'public.correct_report': ['authenticated'],
	'public.delete_post': ['authenticated'],
	'public.draft_report': ['authenticated'],
	'public.edit_post': ['authenticated'],
	'public.end_membership': ['authenticated'],
	'public.cancel_signup': ['authenticated'],
	'public.join_session_waitlist': ['authenticated'],
	'public.leave_session_waitlist': ['authenticated'],
	'public.mark_read': ['authenticated'],
	'public.open_vote': ['authenticated'],
	'public.post_reply': ['authenticated'],
	'public.create_forum': ['authenticated'],
	'public.save_forum': ['authenticated'],
	'public.publish_forum': ['authenticated'],
	'public.unpublish_forum': ['authenticated'],
	'public.cancel_forum': ['authenticated'],
	'public.delete_forum': ['authenticated'],
	'public.reopen_forum': ['authenticated'],
	'public.set_registration_closed': ['authenticated'],
	'public.set_forum_archived': ['authenticated'],
	'public.save_forum_facts': ['authenticated'],
	'public.save_past_forum': ['authenticated'],
	'public.clone_forum': ['authenticated'],
	'public.publish_report': ['authenticated'],
	'public.register': ['authenticated'],
	'public.report_facts': ['authenticated'],
	'public.delete_priority': ['authenticated'],
	'public.reword_priority': ['authenticated'],
	'public.save_profile': ['authenticated'],
	'public.save_session': ['authenticated'],
	'public.delete_session': ['authenticated'],
	'public.release_program': ['authenticated'],
	'public.save_report': ['authenticated'],
	'public.set_sector': ['authenticated'],
	'public.add_sector': ['authenticated'],
	'public.add_organization': ['authenticated'],
	'public.save_sector': ['authenticated'],
	'public.set_sector_counts': ['authenticated'],
	'public.set_sector_retired': ['authenticated'],
	'public.set_thread_closed': ['authenticated'],
	'public.start_thread': ['authenticated'],
	'public.swap_signup': ['authenticated'],
	'public.unpublish_report': ['authenticated'],
	'public.sign_up': ['authenticated'],
	'public.delete_ballot': ['authenticated'],
	'public.cancel_registration': ['authenticated'],
	'public.edit_registration': ['authenticated'],
	'public.set_edits_until': ['authenticated'],
	'public.save_question': ['authenticated'],
	'public.move_question': ['authenticated'],
	'public.hide_question': ['authenticated'],
	'public.delete_question': ['authenticated'],
	'public.accept_spot': ['authenticated'],
	'public.change_mode': ['authenticated'],
	'public.hand_over': ['authenticated'],
	'public.end_hand_over': ['authenticated'],
	'public.save_bursary_rules': ['authenticated'],
	'public.request_bursary': ['authenticated'],
	'public.delete_bursary': ['authenticated'],
	'public.decide_bursary': ['authenticated'],
	'public.mark_bursary': ['authenticated'],
	'public.choose_fee': ['authenticated'],
	'public.mark_fees': ['authenticated'],
	'public.save_fee_category': ['authenticated'],
	'public.move_fee_category': ['authenticated'],
	'public.hide_fee_category': ['authenticated'],
	'public.delete_fee_category': ['authenticated'],
	'public.save_fee_note': ['authenticated'],
	'public.save_registration_rules': ['authenticated'],
	'public.save_registration_draft': ['authenticated'],
	'public.registration_draft': ['authenticated'],
	'public.approve_registrations': ['authenticated'],
	'public.refuse_registrations': ['authenticated'],
	'public.cancel_registrations': ['authenticated'],
	'public.move_in_line': ['authenticated'],
	'public.invite': ['authenticated'],
	'public.revoke_invitation': ['authenticated'],
	'public.send_mailing': ['authenticated'],
	'public.export_roster': ['authenticated'],
	'public.export_answers': ['authenticated'],
	'public.export_needs': ['authenticated'],
	'public.export_coverage': ['authenticated'],
	'public.take_figures': ['authenticated'],
	'public.save_outreach': ['authenticated'],
	'public.delete_outreach': ['authenticated'],
	'public.show_coverage': ['authenticated'],
	'public.add_reserve': ['authenticated'],
	'public.release_reserve': ['authenticated'],
	'public.reserves': ['authenticated'],
	'public.make_vouched_spots': ['authenticated'],
	'public.renew_vouched_code': ['authenticated'],
	'public.revoke_vouched_spot': ['authenticated'],
	'public.give_feedback': ['authenticated'],
	'public.save_feedback_question': ['authenticated'],
	'public.delete_feedback_question': ['authenticated'],
	'public.save_feedback_change': ['authenticated'],
	'public.make_calendar_address': ['authenticated'],
	'public.set_calendar_titles': ['authenticated'],
	'public.delete_calendar_address': ['authenticated'],
	'public.add_material': ['authenticated'],
	'public.save_material': ['authenticated'],
	'public.delete_material': ['authenticated'],
	'public.save_note': ['authenticated'],
	'public.submit_note': ['authenticated'],
	'public.review_note': ['authenticated'],
	'public.redact_note': ['authenticated'],
	'public.delete_note': ['authenticated'],
	'public.save_note_prompts': ['authenticated'],
	'public.name_note_taker': ['authenticated'],
	'public.end_note_taker': ['authenticated'],
	'public.add_theme': ['authenticated'],
	'public.set_theme': ['authenticated'],
	'public.delete_theme': ['authenticated'],
	'public.theme_to_list': ['authenticated'],
	'public.confirm_points': ['authenticated'],
	'public.reword_pair': ['authenticated'],
	// The site itself, with the secret key.
	'public.take_sign_in_token': ['service_role'],
	'public.vouched_code': ['service_role'],
	'public.try_vouched_word': ['service_role'],
	'public.swap_vouched_code': ['service_role'],
	'public.claim_jobs': ['service_role'],
	'public.mailbox': ['service_role'],
	'public.name_first_organizer': ['service_role'],
	'public.last_changes': ['service_role'],
	'public.queue_job': ['service_role'],
	'public.settle_job': ['service_role'],
	'public.take_attempt': ['service_role'],
	'public.delete_old_data': ['service_role'],
	'public.delete_again': ['service_role'],
	'public.delete_old_events': ['service_role'],
	'public.delete_old_jobs': ['service_role'],
	'public.offer_due_spots': ['service_role'],
	'public.files_without_material': ['service_role'],
	'public.offer_due_session_spots': ['service_role'],
	'public.remind_people': ['service_role'],
	'public.delete_old_registrations': ['service_role'],
	'public.delete_old_answers': ['service_role']
};

/** Functions of the API that run with the caller's own rights; all others are definers. */
const withOwnRights = [
	'public.committee_page',
	'public.joining_page',
	'public.program_preview',
	'public.thread_page',
	'public.unread'
];

/**
 * What answers an account without profile, instead of refusing it: nothing, figures for all, or the
 * making of the profile itself.
 */
const answersStrangers = [
	// The data of an account belongs to its owner, with or without a profile.
	'public.delete_my_account',
	'public.committee_page',
	'public.home_page',
	'public.joining_page',
	'public.thread_page',
	'public.who',
	'public.export_my_data',
	'public.my_ballot',
	'public.my_mailings',
	'public.my_check_in',
	'public.waitlist_position',
	'public.answered_by',
	'public.approval',
	'public.coverage_shown',
	'public.bursaries_until',
	'public.bursary',
	'public.fee',
	'public.fee_choices',
	'public.feedback_change',
	'public.calendar_feed',
	'public.has_materials',
	'public.material_file',
	'public.materials_page',
	'public.offer',
	'public.handed_to',
	'public.refusal_reason',
	'public.invitation',
	'public.registration_draft',
	'public.last_change',
	'public.visibility',
	'public.reserves',
	'public.spots_in_person',
	'public.spots_online',
	'public.save_profile',
	'public.spots_left',
	'public.turnout',
	'public.waiting',
	'public.unread',
	'public.unread_page'
];

/** Tables that hold nothing about a person. All others are in the inventory of personal columns. */
const aboutNobody = [
	'private.apart_secrets',
	'private.attempts',
	'private.domains',
	'private.forum_changes',
	'private.registration_rules',
	'private.coverage_settings',
	'private.lists_off',
	'private.materials',
	'private.bursary_figures',
	'private.bursary_rules',
	'private.fee_categories',
	'private.fee_notes',
	'private.feedback_answers',
	'private.feedback_changes',
	'private.feedback_pending',
	'private.feedback_questions',
	'private.confirmation_answers',
	'private.confirmation_emails',
	'private.confirmation_pending',
	'private.confirmation_points',
	'private.note_prompts',
	'private.note_parts',
	'private.note_sources',
	'private.note_themes',
	'private.notes',
	'private.reserves',
	'private.personal_columns',
	'private.anonymous_ballots',
	'private.vote_keys',
	'public.areas',
	'public.committees',
	'public.forums',
	'public.lineage',
	'public.organizations',
	'public.priorities',
	'public.program_releases',
	'public.questions',
	'public.seats',
	'public.report_corrections',
	'public.reports',
	'public.results',
	'public.vote_items',
	'public.votes',
	'public.sectors',
	'public.sessions',
	'public.session_drafts',
	'public.thread_committees'
];

/** Columns of the other tables that say nothing of the person. */
const housekeeping = [
	'private.audit.acted_at',
	'private.audit.action',
	'private.audit.audit_id',
	'private.audit.context_id',
	'private.audit.fields',
	'private.events.event_id',
	'private.events.happened_at',
	'private.events.kind',
	'private.events.subject_kind',
	'private.events.transaction_id',
	'private.jobs.attempts',
	'private.jobs.expires_at',
	'private.jobs.failed_at',
	'private.jobs.finished_at',
	'private.jobs.job_id',
	'private.jobs.kind',
	'private.jobs.last_error',
	'private.jobs.locked_until',
	'private.jobs.once_key',
	'private.jobs.queued_at',
	'private.jobs.run_at',
	'private.invitations.ended_at',
	'private.invitations.expires_at',
	'private.invitations.forum_id',
	'private.invitations.holds_spot',
	'private.invitations.invitation_id',
	'private.invitations.made_at',
	'private.invitations.mode',
	'private.invitations.used',
	'private.mailings.forum_id',
	'private.mailings.mailing_id',
	'private.mailings.recipients',
	'private.mailings.sent_at',
	'private.mailings.statuses',
	'private.mailings.subject_en',
	'private.mailings.subject_fr',
	'private.mailings.text_en',
	'private.mailings.text_fr',
	'private.offers.ended_at',
	'private.offers.expires_at',
	'private.offers.forum_id',
	'private.offers.last_call',
	'private.offers.made_at',
	'private.offers.mode',
	'private.offers.offer_id',
	'private.registration_history.act',
	'private.registration_history.at',
	'private.registration_history.entry_id',
	'private.roles.ends_at',
	'private.roles.role',
	'private.roles.role_id',
	'private.roles.starts_at'
];

const lists = { readers, readableColumns, callers, withOwnRights, aboutNobody, housekeeping };
const rules: Rules = {
	...catalogRules(lists),
	...orderRules,
	...lengthRules,
	...wordRules,
	...splinterRules(lists)
};

test.each(Object.entries(rules))('%s', async (_, rule) => {
	await scene(async ({ sql }) => expect(await rule(sql)).toEqual([]));
});

const forMembers = Object.entries(callers)
	.filter(([name, roles]) => name.startsWith('public.') && roles.includes('authenticated'))
	.map(([name]) => name)
	.filter((name) => !answersStrangers.includes(name));

test.each(forMembers)('%s refuses an account without profile', (name) =>
	scene(async ({ sql, person }) => {
		const stranger = await person('Stranger');
		const [verb] = await sql<{ types: string[] }>(
			`select array(select format_type(t, null) from unnest(proargtypes::oid[]) with ordinality as a(t, i)
				where i <= pronargs - pronargdefaults order by i) as types
			from pg_proc where oid = $1::regproc`,
			[name]
		);
		const args = verb!.types.map((type) =>
			type === 'uuid' ? `'${randomUUID()}'::uuid` : `null::${type}`
		);
		const answer = await stranger
			.query(`select * from ${name}(${args.join(', ')})`)
			.catch((said: Said) => said.code);
		expect(answer).toMatch(/^PT4(01|03|04|09)$/);
	})
);

describe('by default', () => {
	test('nothing is open that a careless migration adds', () =>
		scene(async ({ sql, person, visitor }) => {
			const stranger = await person('Stranger');
			await sql(`create table public.forgotten (secret text)`);
			await sql(
				`create function public.forgotten_verb() returns text language sql as $$ select 'secret' $$`
			);
			for (const caller of [visitor, stranger]) {
				await expect(caller.query('select * from public.forgotten')).rejects.toThrow(/denied/);
				await expect(caller.query('select public.forgotten_verb()')).rejects.toThrow(/denied/);
			}
		}));

	test('nobody may create anything', () =>
		scene(async ({ person, visitor, service }) => {
			for (const caller of [visitor, service, await person('Stranger')]) {
				for (const schema of ['public', 'private']) {
					await expect(caller.query(`create table ${schema}.mine ()`)).rejects.toThrow(/denied/);
				}
			}
		}));
});

describe('the domains', () => {
	test('say things of a forum under names of their own, so that none hides another', () =>
		scene(async ({ sql }) => {
			const [forum] = await sql<{ forum_id: string }>(
				`insert into public.forums (slug, name_en, name_fr, place_en, place_fr, format, starts_on, ends_on)
				values ('one', 'One', 'Une', 'Here', 'Ici', 'online', '2027-01-01', '2027-01-01') returning forum_id`
			);
			const contributors = await sql<{ name: string }>(
				`select name from private.domains_with('organize', 'uuid')`
			);
			const keys: string[] = [];
			for (const { name } of contributors) {
				const [row] = await sql<{ about: object }>(`select private.${name}_organize($1) as about`, [
					forum!.forum_id
				]);
				keys.push(...Object.keys(row!.about));
			}
			expect(keys).toHaveLength(new Set(keys).size);
			expect(keys).toContain('report');
		}));
});

describe('a forward-only migration', () => {
	/** As a later release would add it: a column, a replaced function, and a refusal without a sentence. */
	const later: Migration = {
		version: '20270101000000',
		name: 'forums_extra',
		text: `
			alter table public.forums add column motto text;
			create or replace function public.delete_forum(forum_id uuid) returns void
			language plpgsql security definer set search_path = '' as $$
			begin
				perform private.must_be_organizer();
				raise exception 'forum_without_motto' using errcode = 'PT422';
			end
			$$;`
	};

	/** What the rules are there to find. */
	const careless: Migration = {
		version: '20270102000000',
		name: 'forums_careless',
		text: `
			create table public.mottos (motto text);
			create function public.mottos_of(forum public.forums) returns text language sql as $$
				select motto from public.mottos
			$$;
			create function private.forums_votes() returns bigint
			language plpgsql set search_path = '' as $$
			begin
				if not exists (select from public.votes) then
					raise exception 'No votes';
				end if;
				return 1;
			end
			$$;`
	};

	test('is applied once, and each rule looks at what the database has become', () =>
		onCopy(async (sql) => {
			expect(await migrate(sql, [...migrations(), later])).toBe(1);
			expect(await migrate(sql, [...migrations(), later])).toBe(0);

			expect(await broken(sql.query)).toEqual({
				'each refusal has a sentence': ['forum_without_motto'],
				'each function of the API says who may call it, and names the refusals that it raises': [
					'delete_forum: forum_without_motto is not named'
				],
				'the comments of the API name no refusal that nothing raises': [
					'delete_forum: forum_published',
					'delete_forum: forum_not_empty'
				],
				'no sentence is left of a refusal that nobody raises': [
					'forum_published',
					'forum_not_empty'
				],
				'no words are left of an act that nobody logs': ['delete_forum']
			});

			await migrate(sql, [...migrations(), later, careless]);
			expect(Object.keys(await broken(sql.query))).toEqual(
				expect.arrayContaining([
					'each table is under row level security',
					'each table has a comment',
					'each function pins an empty search path',
					'functions of the API are definers, but for those listed',
					'the inventory of personal columns is complete',
					'each table and function belongs to one domain',
					'a domain knows the domains before it: in functions, keys, policies, views and queries',
					'each refusal carries its key and its status',
					'splinter 0004 no_primary_key',
					'splinter 0011 function_search_path_mutable'
				])
			);
		}));
});

/** The rules that a database breaks, with what breaks them. */
async function broken(query: Query): Promise<Record<string, string[]>> {
	const found: Record<string, string[]> = {};
	for (const [name, rule] of Object.entries(rules)) {
		const breaches = await rule(query);
		if (breaches.length > 0) found[name] = breaches;
	}
	return found;
}
