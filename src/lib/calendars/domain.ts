import type { Domain } from '$lib/platform/domain';

/** What calendars contributes to the parts that gather. */
export const calendars: Domain = { name: 'calendars', hiddenFromRobots: ['/calendar/'] };
