import { apart } from './apart/domain';
import { bursaries } from './bursaries/domain';
import { calendars } from './calendars/domain';
import { checkins } from './checkins/domain';
import { committees } from './committees/domain';
import { confirmations } from './confirmations/domain';
import { coverage } from './coverage/domain';
import { directory } from './directory/domain';
import { exported } from './exports/domain';
import { feedback } from './feedback/domain';
import { fees } from './fees/domain';
import { forums } from './forums/domain';
import { home } from './home/domain';
import { joining } from './joining/domain';
import { live } from './live/domain';
import { mail } from './mail/domain';
import { mailings } from './mailings/domain';
import { materials } from './materials/domain';
import { needs } from './needs/domain';
import { notes } from './notes/domain';
import { organize } from './organize/domain';
import { people } from './people/domain';
import { priorities } from './priorities/domain';
import { privacy } from './privacy/domain';
import { questions } from './questions/domain';
import { registrations } from './registrations/domain';
import { reports } from './reports/domain';
import { sessions } from './sessions/domain';
import { threads } from './threads/domain';
import { visibility } from './visibility/domain';
import { votes } from './votes/domain';
import { vouched } from './vouched/domain';
import type { ActWords, Domain } from './platform/domain';

/**
 * The domains in order, and with each what it contributes. A domain may use those before it, never one
 * after it: in imports, in queries and in SQL. Not for components: it reaches server modules.
 */
export const domains: readonly Domain[] = [
	mail,
	directory,
	people,
	forums,
	live,
	questions,
	registrations,
	fees,
	bursaries,
	mailings,
	visibility,
	needs,
	exported,
	sessions,
	checkins,
	coverage,
	apart,
	materials,
	calendars,
	committees,
	joining,
	threads,
	priorities,
	notes,
	confirmations,
	votes,
	vouched,
	feedback,
	reports,
	organize,
	home,
	privacy
];

/** The words of all emails, by kind. */
export const emails: NonNullable<Domain['emails']> = Object.assign(
	{},
	...domains.map((domain) => domain.emails)
);

/** The words of all acts of the audit, by name. */
export const acts: Record<string, ActWords> = Object.assign(
	{},
	...domains.map((domain) => domain.acts)
);
