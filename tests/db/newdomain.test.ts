import { readFileSync } from 'node:fs';
import type { Handle } from '@sveltejs/kit';
import { describe, expect, test, vi } from 'vitest';
import { domains, emails } from '../../src/lib/domains';
import { pressing } from '../../src/lib/home/rules';
import { sendEmails } from '../../src/lib/mail/jobs.server';
import { listed, stagesOf } from '../../src/lib/organize/rules';
import { organizeSchema } from '../../src/lib/organize/schema';
import { write, type Db } from '../../src/lib/platform/db/client.server';
import { pageCache } from '../../src/lib/platform/http/pages.server';
import type { Job } from '../../src/lib/platform/jobs/job';
import { startWorker } from '../../src/lib/platform/jobs/worker.server';
import { forum, member, organizer } from './builders';
import { sample } from './newdomain/domain';
import { scene } from './scene';

// A new domain edits its own files and the list of domains, and nothing else: everything that gathers
// finds what it contributes.

const migration = readFileSync(new URL('./newdomain/notices.sql', import.meta.url), 'utf8');

describe('a domain that was added', () => {
	test('is gathered by tasks, download, organizers, deletion, emails and jobs', () =>
		scene(async (stage) => {
			for (const statement of statements(migration)) await stage.sql(statement);
			const amira = await member(stage, 'Amira');
			const olive = await organizer(stage);
			await forum(stage);
			const notice = await amira.calls<string>('put_up_notice', { text: 'Meeting at noon' });

			const { page } = await amira.calls('home_page');
			expect(page).toMatchObject({ notices: 1, votes: [] });
			const all = [...domains, sample([])];
			const needs = pressing(all.flatMap((domain) => domain.needs?.(page) ?? []));
			expect(needs.map(({ title }) => title)).toContain('Your notices: 1');
			const parts = all.flatMap((domain) => domain.homeParts?.(page) ?? []);
			expect(parts.at(-1)).toMatchObject({ title: 'Notices', text: '1' });
			expect((await amira.calls('export_my_data')).notices).toMatchObject([{ notice_id: notice }]);
			const [row] = organizeSchema.parse(await olive.calls('organize')).forums;
			const { lines, step } = listed(row!, all, new Date());
			expect(lines.at(-1)).toEqual({ text: 'Notices: 1', path: '/organize/notices' });
			expect(step).toMatchObject({ title: 'Answer the notices: 1' });
			expect(stagesOf(row!, all, new Date()).at(-1)).toMatchObject({
				name: 'Notices',
				state: 'now'
			});

			const looked: unknown[] = [];
			const sent: { to: string; subject: string; text: string }[] = [];
			const added = sample(looked);
			const transport = { sendMail: async (email: (typeof sent)[number]) => sent.push(email) };
			const jobs: Job[] = [
				...[...domains, added].flatMap((domain) => domain.jobs ?? []),
				sendEmails(
					{ ...emails, ...added.emails },
					transport as never,
					'https://network.example',
					'network@example.org'
				)
			];
			const settled: unknown[] = [];
			const stop = startWorker(
				jobs,
				{
					claim: (kinds, how_many, lease_seconds) =>
						stage.service.calls('claim_jobs', { kinds, how_many, lease_seconds }),
					settle: async ({ job_id, attempt }, failure = undefined) => {
						settled.push(failure);
						await stage.service.calls('settle_job', { job_id, attempt });
					}
				},
				{} as Db
			);
			await vi.waitFor(() => expect(settled).toHaveLength(2), 10_000);
			await stop();
			expect(settled).toEqual([undefined, undefined]);
			expect(looked).toEqual([{ notice }]);
			expect(sent).toMatchObject([{ to: amira.email, subject: 'A notice is up' }]);
			expect(sent[0]!.text).toContain(`https://network.example/notices/${notice}`);

			await amira.calls('delete_my_account');
			expect(await stage.sql('select from public.notices')).toEqual([]);
		}));

	test('has its public pages cached, until one of its writes', async () => {
		const cache: Handle = pageCache([...domains, sample([])]);
		const render = vi.fn(async () => new Response('the notices'));
		const ask = () => {
			const url = new URL('http://localhost/notices');
			const event = {
				url,
				request: new Request(url),
				route: { id: '/(public)/notices' },
				isDataRequest: false,
				cookies: { get: () => undefined, getAll: () => [] }
			};
			return cache({ event: event as never, resolve: render });
		};
		await ask();
		await ask();
		expect(render).toHaveBeenCalledTimes(1);
		await write(Promise.resolve({ data: null, error: null, status: 200 }), ['notices']);
		await ask();
		expect(render).toHaveBeenCalledTimes(2);
	});
});

/** The statements of a file, for a line that takes one at a time; bodies of functions stay whole. */
function statements(text: string): string[] {
	return text
		.split(/;\n(?=\n|[a-z-])(?=(?:[^$]*\$\$[^$]*\$\$)*[^$]*$)/)
		.map((statement) => statement.trim())
		.filter((statement) => statement !== '');
}
