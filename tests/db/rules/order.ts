import ts from 'typescript';
import { domains } from '../../../src/lib/domains';
import { exists, textOf } from '../../architecture/tree';
import {
	differences,
	names,
	ours,
	routines,
	withoutComments,
	type Query,
	type Rules
} from './rule';

/**
 * Which domain owns what in the database; `platform` comes before all domains. Files of migrations say
 * nothing of it, so that any later file may change any domain. What begins with the name of a domain
 * (`private.votes_tasks`) belongs to it and is not listed.
 */
const owned: Record<string, string> = {
	platform: `private.audit private.domains private.domains_with private.call_domains private.personal_columns private.attempts
		private.availability private.unaccented private.one_line private.refuse_audit_change private.log private.events
		private.record_event private.jobs private.queue_job private.pause_after private.end_expired_jobs
		public.queue_job public.claim_jobs public.settle_job public.take_attempt public.delete_old_data
		public.delete_old_events public.delete_old_jobs`,
	mail: `private.emails private.mailbox_of private.queue_email public.mailbox`,
	directory: `public.organizations public.sectors private.counts_as_government private.says_government
		private.free_sector private.place_sector private.organization_called`,
	people: `public.people public.preferences private.roles private.blocked_addresses private.session_is_live
		private.my_id private.is_organizer private.is_outside_government private.must_be_signed_in
		private.must_be_someone private.must_be_organizer public.who private.address_key private.address_hash private.save_person
		private.save_discreet public.save_profile public.set_sector private.clear_password
		private.must_be_offered private.must_find_sector private.must_offer_both_kinds public.sectors_for_organizers
		public.add_sector public.add_organization public.save_sector public.set_sector_counts public.set_sector_retired
		private.queue_email_to private.queue_auth_email private.sign_in_tokens public.take_sign_in_token
		private.named_organizers private.is_approved private.may_enter private.organizers private.must_leave_an_organizer
		private.become_named_organizer private.must_find_other_person public.people_list
		public.person_for_organizers public.approve_person public.suspend_person public.restore_person
		public.name_organizer public.end_organizer public.name_first_organizer`,
	forums: `public.forums private.refuse_unknown_zone private.must_find_forum private.forum_gaps
		private.filled_lines private.free_slug private.has_rows private.forum_roles private.has_role
		private.is_over private.takes_place private.is_past_record public.name_role
		public.end_role public.forum_roles_of public.create_forum
		public.save_forum public.publish_forum public.unpublish_forum public.cancel_forum public.delete_forum
		public.reopen_forum public.set_registration_closed public.set_forum_archived public.save_forum_facts
		public.save_past_forum public.clone_forum private.must_lie_ahead`,
	live: `private.forum_changes private.note_change private.last_change public.last_change public.last_changes`,
	questions: `public.questions public.answers private.question_gaps private.is_answered
		private.must_find_question private.must_have_room_for_question private.number_of_options
		private.save_answers private.answers_of public.answered_by public.save_question
		public.move_question public.hide_question public.delete_question public.delete_old_answers`,
	registrations: `public.registrations private.registration_drafts public.save_registration_draft public.registration_draft private.spots_taken private.capacity public.spots_in_person
		public.spots_online public.waitlist_position private.follow_sector private.forum_facts
		private.release_spot public.register public.cancel_registration public.delete_old_registrations
		private.registration_rules private.reserves private.open_reserves private.reserve_filled private.reserve_of
		private.reserved_for_others public.reserves private.offers private.invitations
		private.registration_history private.rules_of public.approval private.last_call_at private.note_registration private.email_registration
		private.confirm_registration private.offer_spots private.needs_approval private.my_invitation public.invitation
		public.offer public.handed_to public.refusal_reason private.must_be_registered private.must_take_place private.email_registered private.free_spots private.roster_ids
		public.accept_spot public.change_mode public.hand_over public.end_hand_over public.offer_due_spots
		private.must_find_registrations private.must_have_reason public.save_registration_rules
		public.approve_registrations public.refuse_registrations public.cancel_registrations public.move_in_line
		public.invite public.revoke_invitation public.add_reserve public.release_reserve public.roster
		public.registration_settings public.registration_story
		private.edits_until public.edit_registration public.set_edits_until private.calendar_facts
		private.rounded private.registration_figures private.took_place private.with_figures private.store_figures private.store_due_figures
		public.forum_figures public.take_figures`,
	fees: `private.fees private.fee_categories private.fee_notes private.fee_state private.fee_categories_of
		private.is_chosen private.must_find_fee_category private.must_have_room_for_category private.hand_over_fee private.forget_invoice
		public.fee_choices public.fee private.fee_rows public.fee_of public.save_fee_category public.move_fee_category
		public.hide_fee_category public.delete_fee_category public.save_fee_note public.choose_fee public.mark_fees`,
	bursaries: `private.bursaries private.bursary_rules private.bursary_readings private.bursary_figures
		private.earlier_organizations private.alike private.note_earlier_organization private.organizations_of private.has_conflict private.must_find_bursary private.delete_undecided public.bursary
		public.my_bursary public.read_bursary public.save_bursary_rules public.request_bursary public.delete_bursary
		public.decide_bursary public.mark_bursary`,
	mailings: `private.mailings private.mailing_recipients private.reminders private.drop_planned private.follow_registration
		private.meeting_of private.follow_forum private.remind public.remind_people public.send_mailing public.my_mailings`,
	visibility: `private.visibility private.earlier_sectors private.lists_off private.list_status private.may_see private.entries
		private.audience_of private.delete_visibility private.note_earlier_sector public.visibility public.participant_list
		public.my_visibility public.participants public.save_visibility public.set_participant_list`,
	needs: `private.needs private.takes_part private.delete_needs private.must_be_needs_reader public.my_needs
		public.read_needs public.save_needs public.save_provided`,
	exports: `private.must_find_forum_called private.export_head public.export_roster public.export_answers
		public.export_needs`,
	sessions: `public.sessions public.signups public.session_waits private.holds_until private.session_spots_taken private.is_barred public.spots_left
		private.note_free_session_spots private.offer_session_spots private.follow_session public.join_session_waitlist
		public.leave_session_waitlist public.offer_due_session_spots private.delete_signups
		private.delete_closed_signups private.delete_signups_of_sector private.fits private.delete_unfit_signups private.must_be_open_session
		private.add_signup public.sign_up private.delete_signups_outside public.save_session public.delete_session public.swap_signup public.cancel_signup
		public.session_drafts public.program_releases private.session_changes private.shown_of private.program_difference
		private.draft_gaps private.program_state private.program_of private.program_overlaps private.note_session_changes
		private.email_session_changes private.settle_session_changes private.open_session_changes public.waiting private.note_since
		private.must_hold_people private.apply_urgent private.apply_drafts private.add_release public.program_preview
		public.release_program`,
	checkins: `private.check_in_codes private.scans private.may_check_in private.must_check_in
		private.refuse_check_in_of_government private.random_check_in_code private.give_check_in_code private.checked_in_at
		private.badge_name private.name_key private.scan_answer private.scanned_at private.add_scan private.is_walk_in
		private.people_in private.attendance public.my_check_in public.check_in_page public.match_names public.check_in_sheet
		public.check_in public.check_in_list public.undo_check_in public.add_walk_in`,
	apart: `private.must_find_apart public.my_apart public.read_apart public.find_apart public.ask_apart public.delete_apart
		public.accept_apart public.decline_apart`,
	coverage: `private.outreach private.coverage_settings private.must_find_outreach public.coverage
		public.export_coverage public.coverage_shown public.save_outreach public.delete_outreach public.show_coverage`,
	materials: `private.materials private.may_enter_session private.may_read_material private.must_place_material private.must_find_material
		private.material_line private.material_lines private.delete_material_file public.has_materials public.material_file
		public.add_material public.save_material public.delete_material public.files_without_material`,
	calendars: `private.calendar_addresses private.calendar_hash private.is_discreet public.my_calendar public.calendar_feed
		public.make_calendar_address public.set_calendar_titles public.delete_calendar_address`,
	committees: `public.committees public.seats public.memberships public.current_memberships
		private.my_committee_ids private.is_chair
		private.my_colleagues private.colleagues private.must_be_open_to private.start_membership public.end_membership`,
	joining: `public.requests private.must_find_committees private.waiting_requests
		private.must_find_waiting private.must_wait_still private.facts_of_forum private.facts_of_committees public.requests_for_organizers
		public.ask_to_join public.offer_help public.delete_request public.accept_request public.decline_request`,
	threads: `public.threads public.thread_committees public.posts public.read_marks
		private.copy_thread_committees private.may_read private.must_find_thread private.can_moderate
		private.posts_after public.unread private.thread_lines private.next_unread public.thread_page
		private.latest_threads public.committee_page public.unread_page private.add_post
		public.start_thread public.post_reply public.edit_post public.delete_post public.set_thread_closed
		public.mark_read`,
	priorities: `public.areas public.priorities public.lineage private.refuse_third_level
		private.refuse_backward_lineage public.reword_priority public.add_area public.add_priority
		public.delete_priority`,
	notes: `private.notes private.note_prompts private.note_takers private.note_themes private.note_parts private.note_history
		private.note_sources private.takes_notes private.open_sessions private.must_take_notes
		private.must_find_note private.prompts_of private.sent_parts private.pair_count private.notes_to_review
		private.protect_notes private.close_notes private.session_line private.forum_line private.part_line
		private.theme_pairs private.shows_theme private.must_find_theme public.my_notes public.note_page
		public.note_conflicts public.notes_for_organizers public.note_versions public.themes_for_organizers
		public.save_note public.submit_note public.review_note public.redact_note public.delete_note
		public.save_note_prompts public.name_note_taker public.end_note_taker public.add_theme public.set_theme
		public.delete_theme public.theme_to_list`,
	confirmations: `private.may_confirm private.readable_note private.signed_up private.lock_confirmations private.rewrite_confirmations
		private.publish_confirmations private.checked_confirmations private.store_confirmations private.open_points
		private.email_confirmers private.open_reviewed_points private.delete_changed_point private.delete_answers_of_points
		private.shown_confirmations private.confirmation_points private.confirmation_given private.confirmation_pending
		private.confirmation_answers private.confirmation_emails private.confirmation_result public.confirmation_page
		public.confirmed_pairs public.confirm_points public.reword_pair`,
	votes: `public.votes public.vote_items public.results private.voters private.ballots private.vote_keys
		private.queue_key_destruction private.must_have_key private.encrypt_ballot private.decrypt_ballot
		private.anonymous_ballots private.refuse_locked_list private.refuse_locked_vote
		private.refuse_locked_rows private.choices_for private.copy_list public.open_vote
		public.voters_by_sector private.spoken private.must_be_open_vote public.cast_ballot
		public.delete_ballot public.my_ballot public.turnout private.count_ballots private.fingerprint
		public.count_vote`,
	vouched: `private.is_vouched private.is_made_up private.refuse_vouched private.refuse_vouched_registration
		private.must_find_vouched private.leave_account public.my_vouched_spot public.make_vouched_spots
		public.renew_vouched_code public.revoke_vouched_spot public.try_vouched_word public.swap_vouched_code`,
	feedback: `private.must_find_feedback private.must_edit_feedback private.must_find_feedback_question private.is_participant
		private.checked_feedback private.split_feedback private.lock_feedback private.rewrite_feedback private.publish_feedback
		private.store_feedback private.shown_feedback public.my_feedback public.give_feedback public.save_feedback_question
		public.delete_feedback_question public.save_feedback_change`,
	reports: `public.reports public.report_corrections private.pairs private.sector_names private.report_snapshot
		public.report_facts public.draft_report private.must_find_report public.save_report private.is_whole
		public.publish_report public.correct_report public.unpublish_report private.refuse_published_change
		private.refuse_correction_change`,
	organize: `public.organize private.audit_rows public.audit_list`,
	home: `private.tasks public.home_page`,
	privacy: `public.export_my_data private.delete_account public.delete_my_account public.delete_again`
};

/** Where a domain speaks of a later one for now, and why. */
const exceptions = [
	// Free spots are columns that registrations compute on a forum; they are shown wherever a forum is.
	'src/lib/forums/data.server.ts: public.spots_in_person of registrations',
	'src/lib/forums/data.server.ts: public.spots_online of registrations',
	// Who sees a registration is a column that visibility computes on it, so that its pages need no call of their own.
	'src/lib/registrations/data.server.ts: public.visibility of visibility',
	// What it costs and what is owed are columns that fees compute; the pages of one's own registration show them.
	'src/lib/registrations/data.server.ts: public.fee_choices of fees',
	'src/lib/registrations/data.server.ts: public.fee of fees',
	'src/lib/registrations/data.server.ts: public.bursaries_until of bursaries',
	'src/lib/registrations/data.server.ts: public.bursary of bursaries',
	// The code to show at the check-in is a column that checkins computes; the page of one's own registration shows it.
	'src/lib/registrations/data.server.ts: public.my_check_in of checkins',
	// Sessions ask in one place whether somebody asked to be apart from somebody else; the request needs sessions to take effect.
	'private.is_barred(session sessions, person_id uuid): private.apart_bars of apart',
	// Committees add a policy to a table of an earlier domain: who sits together reads each other's names.
	'public.people: private.my_colleagues of committees',
	// A vouched spot hides from organizers what its person chose, with a policy on a table of an earlier domain.
	'public.signups: private.is_vouched of vouched'
];

const order = ['platform', ...domains.map(({ name }) => name)];
const owners = new Map(
	Object.entries(owned).flatMap(([domain, list]) =>
		list.split(/\s+/).map((name) => [name, domain] as const)
	)
);

/** The domain of a table, view or function by its name with schema; undefined when nobody owns it. */
function ownerOf(name: string): string | undefined {
	return owners.get(name) ?? order.find((domain) => name.split('.')[1]!.startsWith(`${domain}_`));
}

const objects = `select n.nspname || '.' || c.relname as name from pg_class c
		join pg_namespace n on n.oid = c.relnamespace
		where n.nspname in ${ours} and c.relkind in ('r', 'p', 'v', 'm')
	union select n.nspname || '.' || p.proname from pg_proc p
		join pg_namespace n on n.oid = p.pronamespace where n.nspname in ${ours}`;

/** Which of the names that a domain speaks of belong to a later domain. */
function later(domain: string | undefined, mentioned: Iterable<string>): string[] {
	if (domain === undefined) return []; // a breach of its own
	const place = order.indexOf(domain);
	return [...new Set(mentioned)].flatMap((name) => {
		const owner = ownerOf(name);
		return owner && order.indexOf(owner) > place ? [`${name} of ${owner}`] : [];
	});
}

/** What SQL text names with its schema: an empty search path leaves no other way. */
function namesIn(sql: string): string[] {
	return withoutComments(sql).match(/\b(?:public|private)\.\w+/g) ?? [];
}

async function bodies(query: Query): Promise<string[]> {
	const found = await routines(query);
	return found.flatMap(({ name, signature, body }) =>
		later(ownerOf(name), namesIn(body)).map((breach) => `${signature}: ${breach}`)
	);
}

/** Keys, policies and views of a table; policies print as the search path has it, so it is emptied. */
async function definitions(query: Query): Promise<string[]> {
	const before = await query<{ path: string }>(`select current_setting('search_path') as path`);
	await query(`select set_config('search_path', '', false)`);
	const rows = await query<{ name: string; text: string }>(
		`select n.nspname || '.' || c.relname as name,
			concat_ws(' ',
				(select string_agg(pg_get_constraintdef(k.oid), ' ') from pg_constraint k where k.conrelid = c.oid),
				(select string_agg(pg_get_expr(p.polqual, p.polrelid), ' ') from pg_policy p where p.polrelid = c.oid),
				case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end) as text
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where n.nspname in ${ours} and c.relkind in ('r', 'p', 'v', 'm') order by 1`
	);
	await query(`select set_config('search_path', $1, false)`, [before[0]!.path]);
	return rows.flatMap(({ name, text }) =>
		later(ownerOf(name), namesIn(text)).map((breach) => `${name}: ${breach}`)
	);
}

/** Tables, functions, and functions that a select may ask for as a column of a table. */
const askable = `select relname as name from pg_class
		where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
	union select proname from pg_proc p join pg_type t on t.oid = p.proargtypes[0]
		where pronamespace = 'public'::regnamespace and pronargs = 1 and t.typtype = 'c'`;

/** What the data modules ask for: the tables of `.from` and `.select`, the functions of `.rpc`. */
async function queries(query: Query): Promise<string[]> {
	const known = await names(query, askable);
	return domains.flatMap(({ name: domain }) => {
		const path = `src/lib/${domain}/data.server.ts`;
		if (!exists(path)) return [];
		const { called, selected } = askedIn(textOf(path));
		const mentioned = [...called, ...selected.filter((name) => known.includes(name))];
		return later(
			domain,
			mentioned.map((name) => `public.${name}`)
		).map((breach) => `${path}: ${breach}`);
	});
}

/** Names in the calls of a data module; lists of columns may be constants. */
function askedIn(code: string): { called: string[]; selected: string[] } {
	const called: string[] = [];
	const selected: string[] = [];
	const textsIn = (node: ts.Node): string[] =>
		ts.isStringLiteralLike(node) ||
		ts.isTemplateHead(node) ||
		ts.isTemplateMiddleOrTemplateTail(node)
			? [node.text]
			: node.getChildren().flatMap(textsIn);
	const look = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
			const texts = node.arguments[0] ? textsIn(node.arguments[0]) : [];
			if (/^(from|rpc)$/.test(node.expression.name.text)) called.push(...texts);
			if (node.expression.name.text === 'select') selected.push(...texts.flatMap(columnsIn));
		}
		if (ts.isVariableStatement(node)) selected.push(...textsIn(node).flatMap(columnsIn));
		ts.forEachChild(node, look);
	};
	ts.forEachChild(ts.createSourceFile('data.ts', code, ts.ScriptTarget.Latest, true), look);
	return { called, selected };
}

/** Columns and embedded tables under their own names: `before:lineage!key (…)` is `lineage`. */
function columnsIn(select: string): string[] {
	return [...select.matchAll(/(?:\w+:)?(\w+)(?:!\w+)*/g)].map(([, name]) => name!);
}

/** The order of domains, in the database and in what asks it. */
export const orderRules: Rules = {
	'the database lists the domains of domains.ts in the same order': async (query) => {
		const found = await names(query, 'select name from private.domains order by position');
		const same = found.join() === order.slice(1).join();
		return same ? [] : [`${found.join(', ')} instead of ${order.slice(1).join(', ')}`];
	},

	'what the domains contribute is found by its name and has one shape': async (query) => {
		const shapes = [
			'_export(uuid) jsonb',
			'_delete(uuid) void',
			'_suspend(uuid) void',
			'_tasks(uuid) jsonb',
			'_organize(uuid) jsonb',
			'_retention() jsonb',
			'_save_forum(uuid) void',
			'_publish_forum(uuid) void',
			'_unpublish_forum(uuid) void',
			'_cancel_forum(uuid) void',
			'_reopen_forum(uuid) void',
			'_delete_forum(uuid) void',
			'_clone_forum(uuid, uuid) void'
		];
		const found = await names(
			query,
			`select p.proname || '(' || oidvectortypes(p.proargtypes) || ') ' || p.prorettype::regtype as name
			from pg_proc p where p.pronamespace = 'private'::regnamespace
				and p.proname ~ '_(export|delete|organize|retention|tasks|save_forum|publish_forum|unpublish_forum|cancel_forum|reopen_forum|delete_forum|clone_forum)$'`
		);
		const expected = domains.flatMap(({ name }) => shapes.map((shape) => `${name}${shape}`));
		return found.filter((name) => !expected.includes(name));
	},

	'each table and function belongs to one domain': async (query) => {
		const found = await names(query, objects);
		const listed = [...owners.keys()];
		const twice = listed.length - Object.values(owned).join(' ').split(/\s+/).length;
		return [
			...differences(
				found.filter((name) => ownerOf(name) === undefined || owners.has(name)),
				listed
			),
			...(twice ? ['something is listed twice'] : [])
		];
	},

	'a domain knows the domains before it: in functions, keys, policies, views and queries': async (
		query
	) =>
		differences(
			[...(await bodies(query)), ...(await definitions(query)), ...(await queries(query))],
			exceptions
		)
};
