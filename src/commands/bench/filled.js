import { cell, median, ms } from './cells.js';
import { ids, settle } from './data.js';
import { cookiesOf } from './people.js';
import { page } from './subjects.js';

/**
 * A forum with few and with many registrations.
 *
 * @typedef {import('./engines.js').Engine} Engine
 * @typedef {import('./data.js').Query} Query
 * @typedef {import('./people.js').Account} Account
 */

const sizes = [100, 1_000, 10_000];
export const largest = Math.max(...sizes);

/**
 * The same pages with few and with many registrations.
 * @param {Engine} engine
 */
export async function growth(engine) {
	const { facts } = engine;
	const [organizer] = facts.members;
	const lines = [];
	const cookieOf = cookiesOf(engine.data);
	const { slug, forum_id } = facts.forum;
	if (!organizer) throw new Error('There is no member to name organizer.');
	await engine.change((query) => nameOrganizer(query, organizer));
	for (const size of sizes) {
		await engine.change((query) => addRegistrations(query, forum_id, facts.others, size));
		const site = await engine.start('base');
		try {
			const last = facts.others[size - 1];
			const outside = facts.others[size + 1];
			const subjects = {
				form: page(site.origin, `/forums/${slug}/register`, 1, outside && cookieOf(outside)),
				'own page, last of those who wait': page(
					site.origin,
					`/forums/${slug}/registration`,
					1,
					last && cookieOf(last)
				),
				roster: page(site.origin, `/organize/forums/${slug}/people`, 1, cookieOf(organizer))
			};
			for (const [name, target] of Object.entries(subjects)) {
				await cell(target, 15);
				const cells = [];
				for (let round = 0; round < 3; round++) cells.push(await cell(target, 20));
				const errors = cells.reduce((sum, { errors }) => sum + errors, 0);
				const failed = errors ? `, ${errors} failed (${cells[0]?.wrong})` : '';
				const p50 = median(cells.map(({ p50 }) => p50));
				lines.push(`${size} registrations, ${name}: p50 ${ms(p50)}${failed}`);
			}
		} finally {
			await site.stop();
		}
	}
	return lines;
}

/**
 * @param {Query} query
 * @param {Account} account
 */
async function nameOrganizer(query, { id }) {
	await query(
		"insert into private.roles (person_id, role) values ($1::uuid, 'organizer') on conflict do nothing",
		[id]
	);
}

/**
 * Leaves a forum with so many registrations, of which one in ten waits.
 * @param {Query} query
 * @param {string} forum_id
 * @param {Account[]} accounts
 * @param {number} size
 */
async function addRegistrations(query, forum_id, accounts, size) {
	await query('delete from public.registrations where forum_id = $1::uuid', [forum_id]);
	const step = 1000;
	for (let from = 0; from < size; from += step) {
		await query(
			`insert into public.registrations
				(forum_id, person_id, mode, status, name, language, province, sector, queued_at, confirmed_at)
			select $1::uuid, id::uuid, 'in_person', (case when n % 10 = 0 then 'waitlisted' else 'confirmed' end)::public.registration_status,
				'Load ' || n, 'en', 'ON', 'ngo', now() - interval '1 day' + n * interval '1 second', case when n % 10 > 0 then now() end
			from (select id, ordinality + $3::integer as n
				from jsonb_array_elements_text($2::text::jsonb) with ordinality people(id, ordinality)) made`,
			[forum_id, ids(accounts.slice(from, Math.min(size, from + step))), from]
		);
	}
	await query(
		`insert into private.registration_history (registration_id, act)
		select registration_id, 'registered' from public.registrations where forum_id = $1::uuid`,
		[forum_id]
	);
	await settle(query);
}
