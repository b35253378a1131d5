import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSample } from '../../src/lib/embedded/sample.server';
import type { Sql } from '../../src/lib/embedded/sql.server';
import { onCopy } from './engine';

const seed = (name: string) => readFileSync(`supabase/seed/network.${name}`, 'utf8');

/** The sample network as it is loaded into an empty database. */
function loaded(look: (sql: Sql) => Promise<void>): Promise<void> {
	return onCopy(async (sql) => {
		await loadSample(
			sql,
			{ script: seed('sql'), document: seed('json') },
			mkdtempSync(join(tmpdir(), 'keys-'))
		);
		await look(sql);
	});
}

test('the sample network says what is known, and marks what is invented', () =>
	loaded(async (sql) => {
		// Nothing invented belongs to a real forum.
		expect(await sql.query('select slug from public.forums where sample order by slug')).toEqual([
			{ slug: 'halifax' },
			{ slug: 'regina' },
			{ slug: 'winnipeg' }
		]);
		expect(
			await sql.query(
				`select f.slug, v.counted_at is not null as counted, v.closes_at > now() as open
				from public.votes v join public.forums f using (forum_id) order by f.slug, counted desc`
			)
		).toEqual([
			{ slug: 'halifax', counted: true, open: false },
			{ slug: 'halifax', counted: false, open: true },
			{ slug: 'regina', counted: false, open: false }
		]);
		expect(
			await sql.query(
				`select f.slug, r.published_precision, left(r.published_at::text, 7) as month,
					snapshot -> 'vote' <> 'null' as voted, snapshot -> 'forum' -> 'territory' ->> 'en' as territory
				from public.reports r join public.forums f using (forum_id) where not r.sample order by f.slug`
			)
		).toEqual([
			{ slug: '2014', published_precision: 'month', month: '2015-01', voted: false, territory: '' },
			{ slug: '2016', published_precision: null, month: '2016-11', voted: false, territory: '' }
		]);
		// A date that is not known to the day is not shown as one.
		expect(
			await sql.query(
				`select slug from public.forums where date_precision = 'day' and ends_on > starts_on`
			)
		).toEqual([]);
		// Areas that the forum did not name, and links between lists, are a reading.
		expect(
			await sql.query(
				'select distinct slug from public.areas join public.forums using (forum_id) where editorial'
			)
		).toEqual([{ slug: '2011' }]);
		expect(await sql.query('select from public.lineage where not editorial')).toEqual([]);
		expect(await sql.query(`select from public.lineage where relation = 'dropped'`)).toHaveLength(
			3
		);
		expect(
			await sql.query(
				`select slug, held, sample, count(*)::integer as count from public.seats
				join public.committees using (committee_id) group by 1, 2, 3 order by 1, 2`
			)
		).toEqual([
			{ slug: 'anti-trafficking', held: false, sample: true, count: 3 },
			{ slug: 'anti-trafficking', held: true, sample: false, count: 8 },
			{ slug: 'migrant-workers', held: false, sample: true, count: 1 },
			{ slug: 'migrant-workers', held: true, sample: true, count: 6 }
		]);
		// Only those who speak for a region have the duty of one.
		expect(
			await sql.query(
				`select name from public.memberships join public.people using (person_id)
				where (duty = 'regional_representative') <> (name ~ '^(Regional representative|Représentation régionale)')`
			)
		).toEqual([]);
	}));

test('the long threads of the sample network have posts in both languages, each once, all in the past', () =>
	loaded(async (sql) => {
		const threads = await sql.query(
			`select t.posts_count, count(*)::integer as posts, count(distinct p.body)::integer as texts,
				count(*) filter (where p.language = 'fr')::integer as french,
				count(distinct p.author_id)::integer > 15 as many_authors, max(p.created_at) = t.last_post_at as last,
				max(p.created_at) < now() as past, max(p.created_at) - min(p.created_at) > interval '5 weeks' as weeks
			from public.threads t join public.posts p using (thread_id) group by t.thread_id having count(*) > 50 order by 1`
		);
		const each = { many_authors: true, last: true, past: true, weeks: true };
		expect(threads).toEqual([
			{ posts_count: 60, posts: 60, texts: 60, french: 23, ...each },
			{ posts_count: 130, posts: 130, texts: 130, french: 51, ...each }
		]);
		expect(
			await sql.query(
				`select from (select created_at < lag(created_at) over (partition by thread_id order by number) as back
				from public.posts) p where back`
			)
		).toEqual([]);
		// Each author is somebody whose name the readers may see.
		expect(
			await sql.query(
				`select from public.posts where author_id not in (select person_id from public.memberships)
				and author_id not in (select person_id from private.roles)`
			)
		).toEqual([]);
	}));
