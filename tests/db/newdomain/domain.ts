import type { Domain } from '../../../src/lib/platform/domain';

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
		hiddenFromRobots: ['/notices'],
		beforeProfile: ['/(member)/notices'],
		openToSuspended: ['/(member)/notices']
	};
}
