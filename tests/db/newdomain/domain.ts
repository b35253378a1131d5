import { z } from 'zod';
import type { Domain } from '../../../src/lib/platform/domain';

const shape = z.object({ notices: z.number() });

/** What a domain outside of the product contributes, for the test that it needs no edit elsewhere. */
export function sample(looked: unknown[]): Domain {
	return {
		name: 'notices',
		emails: {
			notice_put_up: ({ notice = '' }) => ({
				subject: 'A notice is up',
				paragraphs: ['Your notice can be read now.'],
				action: { text: 'Read it', path: `/notices/${notice}` }
			})
		},
		jobs: [{ kind: 'notices_look', run: async (payload) => looked.push(payload) }],
		pages: {
			'/(member)/notices': async (db) => ({
				who: (await db.rpc('who')).data,
				page: 'the notices'
			})
		},
		cached: { '/(public)/notices': { tags: ['notices'] } },
		menu: [{ path: '/notices', text: () => 'Notices' }],
		findable: { '/(public)/notices': async () => ['/notices'] },
		hiddenFromRobots: ['/notices'],
		needs: (gathered) => {
			const { notices } = shape.parse(gathered);
			return notices > 0
				? [
						{
							id: 'notices',
							title: `Your notices: ${notices}`,
							button: { text: 'Read them', path: '/notices' }
						}
					]
				: [];
		},
		homeParts: (gathered) => [
			{ id: 'notices', title: 'Notices', text: `${shape.parse(gathered).notices}` }
		],
		forumLines: (gathered) => [
			{ text: `Notices: ${shape.parse(gathered).notices}`, path: '/organize/notices' }
		],
		step: (gathered) => ({
			weight: 'overdue',
			title: `Answer the notices: ${shape.parse(gathered).notices}`,
			text: 'Somebody waits for an answer.',
			button: { text: 'Answer', path: '/organize/notices' },
			waits: true
		}),
		stage: () => ({ name: 'Notices', state: 'now', path: '/organize/notices' }),
		beforeProfile: ['/(member)/notices'],
		openToSuspended: ['/(member)/notices']
	};
}
