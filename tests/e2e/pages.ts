/**
 * Every page of the site, and where to see one of its kind in the sample network. A page that is
 * missing here fails the rules of the architecture; each page here is looked at in both languages with script, in
 * French without, and weighed.
 */
export interface Example {
	/** Who looks; nobody signed in by default. */
	as?: string;
	/** The path of an example, when it is not the route itself. */
	at?: string;
	/** A page with a link to an example, for routes with unguessable names. */
	linkedFrom?: string;
}

const participant = 'participant@example.org';
const member = 'member.at@example.org';
const reader = 'member.mw@example.org';
const greeter = 'member.at@example.org';
const police = 'police@example.org';
const organizer = 'organizer@example.org';

export const pages: Record<string, Example> = {
	'/': {},
	'/accessibility': {},
	'/account': { as: participant },
	'/account/calendar': { as: participant },
	'/votes/[vote]': { as: member, linkedFrom: '/' },
	'/votes/[vote]/result': { linkedFrom: '/priorities/halifax' },
	'/committees': {},
	'/committees/[slug]': { as: member, at: '/committees/anti-trafficking' },
	'/committees/[slug]/new': { as: member, at: '/committees/anti-trafficking/new' },
	'/organize': { as: organizer },
	'/organize/audit': { as: organizer },
	'/organize/forums/[slug]/needs': { as: organizer, at: '/organize/forums/winnipeg/needs' },
	'/organize/forums/[slug]/notes': { as: organizer, at: '/organize/forums/halifax/notes' },
	'/organize/forums/[slug]/notes/[session]': {
		as: organizer,
		linkedFrom: '/organize/forums/halifax/notes'
	},
	'/organize/forums/[slug]/themes': { as: organizer, at: '/organize/forums/halifax/themes' },
	'/organize/forums/[slug]/fees': { as: organizer, at: '/organize/forums/winnipeg/fees' },
	'/organize/forums/[slug]/bursaries': { as: organizer, at: '/organize/forums/winnipeg/bursaries' },
	'/organize/forums/[slug]/coverage': { as: organizer, at: '/organize/forums/winnipeg/coverage' },
	'/organize/forums/[slug]/badges': { as: organizer, at: '/organize/forums/winnipeg/badges' },
	'/organize/forums/[slug]/sign-in-sheet': {
		as: organizer,
		at: '/organize/forums/winnipeg/sign-in-sheet'
	},
	'/forums/[slug]/check-in': { as: greeter, at: '/forums/winnipeg/check-in' },
	'/forums/[slug]/check-in/add': { as: organizer, at: '/forums/winnipeg/check-in/add' },
	'/forums/[slug]/check-in/paper': { as: greeter, at: '/forums/winnipeg/check-in/paper' },
	'/organize/forums/[slug]/vouched': { as: organizer, at: '/organize/forums/winnipeg/vouched' },
	'/organize/forums/[slug]/feedback': { as: organizer, at: '/organize/forums/halifax/feedback' },
	'/organize/forums/[slug]/materials': {
		as: organizer,
		at: '/organize/forums/regina/materials'
	},
	'/forums/[slug]/materials': { at: '/forums/regina/materials' },
	'/organize/forums/[slug]/exports': { as: organizer, at: '/organize/forums/winnipeg/exports' },
	'/organize/forums/[slug]/sessions': { as: organizer, at: '/organize/forums/winnipeg/sessions' },
	'/organize/forums/[slug]/sessions/release': {
		as: organizer,
		at: '/organize/forums/winnipeg/sessions/release'
	},
	'/organize/forums/[slug]/sessions/[session]/delete': {
		as: organizer,
		linkedFrom: '/organize/forums/winnipeg/sessions'
	},
	'/organize/forums/[slug]/questions': { as: organizer, at: '/organize/forums/winnipeg/questions' },
	'/organize/forums/[slug]': { as: organizer, at: '/organize/forums/winnipeg' },
	'/organize/forums/[slug]/facts': { as: organizer, at: '/organize/forums/winnipeg/facts' },
	'/organize/forums/[slug]/people': { as: organizer, at: '/organize/forums/winnipeg/people' },
	'/organize/forums/[slug]/people/[registration]': {
		as: organizer,
		linkedFrom: '/organize/forums/winnipeg/people?status=confirmed'
	},
	'/organize/forums/[slug]/people/rules': {
		as: organizer,
		at: '/organize/forums/winnipeg/people/rules'
	},
	'/organize/forums/[slug]/email': { as: organizer, at: '/organize/forums/winnipeg/email' },
	'/organize/forums/new': { as: organizer },
	'/organize/joining': { as: organizer },
	'/organize/forums/past': { as: organizer },
	'/organize/people': { as: organizer },
	'/organize/people/[person]': { as: organizer, linkedFrom: '/organize/people' },
	'/organize/sectors': { as: organizer, at: '/organize/sectors?sector=youth' },
	'/organize/priorities/[slug]': { as: organizer, at: '/organize/priorities/2014?area' },
	'/organize/reports/[slug]': { as: organizer, at: '/organize/reports/2016' },
	'/organize/votes/[vote]': { as: organizer, linkedFrom: '/organize' },
	'/organize/votes/new': { as: organizer, at: '/organize/votes/new?forum=2016' },
	'/forums': {},
	'/forums/[slug]': { at: '/forums/2016' },
	'/forums/[slug]/program': { at: '/forums/winnipeg/program' },
	'/forums/[slug]/needs': { as: reader, at: '/forums/winnipeg/needs' },
	'/forums/[slug]/apart': { as: reader, at: '/forums/winnipeg/apart' },
	'/forums/[slug]/registration/apart': {
		as: member,
		at: '/forums/winnipeg/registration/apart'
	},
	'/forums/[slug]/notes': { as: member, at: '/forums/winnipeg/notes' },
	'/forums/[slug]/notes/[session]': { as: member, linkedFrom: '/forums/winnipeg/notes' },
	'/forums/[slug]/notes/[session]/confirm': { as: 'sample41@example.org', linkedFrom: '/' },
	'/forums/[slug]/register': { as: police, at: '/forums/winnipeg/register' },
	'/forums/[slug]/registration': { as: member, at: '/forums/winnipeg/registration' },
	'/forums/[slug]/registration/needs': {
		as: member,
		at: '/forums/winnipeg/registration/needs'
	},
	'/forums/[slug]/registration/visibility': {
		as: member,
		at: '/forums/winnipeg/registration/visibility'
	},
	'/forums/[slug]/feedback': { as: 'sample13@example.org', at: '/forums/regina/feedback' },
	'/forums/[slug]/participants': { as: member, at: '/forums/winnipeg/participants' },
	'/forums/[slug]/registration/fee': { as: member, at: '/forums/winnipeg/registration/fee' },
	'/forums/[slug]/registration/bursary': {
		as: member,
		at: '/forums/winnipeg/registration/bursary'
	},
	'/forums/[slug]/registration/edit': { as: member, at: '/forums/winnipeg/registration/edit' },
	'/forums/[slug]/help': { as: participant, at: '/forums/winnipeg/help' },
	'/join': { as: police },
	'/leaving': {},
	'/mailbox': {},
	'/priorities': {},
	'/priorities/[slug]': { at: '/priorities/2016' },
	'/priorities/history/[priority]': { linkedFrom: '/priorities/2016' },
	'/privacy': {},
	'/reports': {},
	'/reports/[slug]': { at: '/reports/2014' },
	'/sign-in': {},
	'/sign-in/printed': {},
	'/sign-in/code': {},
	'/sign-in/kept': {},
	'/sign-in/link': {},
	'/threads': { as: member },
	'/threads/[thread]': { as: member, linkedFrom: '/committees/anti-trafficking' }
};

/** `/threads/[thread]` → a pattern for paths of that kind, in either language. */
export function patternOf(route: string): RegExp {
	return new RegExp(`^(/fr)?${route.replace(/\[\w+\]/g, '[^/]+')}/?$`);
}
