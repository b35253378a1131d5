import type { Enums, Tables } from '$lib/platform/db/types';

/** What a session holds, in characters; the constraints say the same. */
export const LENGTHS = { title: 160, summary: 1000, room: 80, note: 600 };

interface Hours {
	starts_at: string | null;
	ends_at: string | null;
}
type Timed<Session> = Session & { starts_at: string; ends_at: string };

/** What happens at one time: one session for everyone, or several side by side. */
export interface Block<Session> {
	starts_at: string;
	ends_at: string;
	sessions: Timed<Session>[];
}

/**
 * The program as a row of blocks: sessions that overlap are side by side, touching end to start
 * is one after the other. Sessions without hours come apart, in their order.
 */
export function blocksOf<Session extends Hours>(sessions: Session[]) {
	const timed = sessions.filter(isTimed).sort((a, b) => at(a.starts_at) - at(b.starts_at));
	const blocks: Block<Session>[] = [];
	for (const session of timed) {
		const last = blocks.at(-1);
		if (last && at(session.starts_at) < at(last.ends_at)) {
			last.sessions.push(session);
			if (at(session.ends_at) > at(last.ends_at)) last.ends_at = session.ends_at;
		} else {
			const { starts_at, ends_at } = session;
			blocks.push({ starts_at, ends_at, sessions: [session] });
		}
	}
	return { blocks, untimed: sessions.filter((session) => !isTimed(session)) };
}

function isTimed<Session extends Hours>(session: Session): session is Timed<Session> {
	return session.starts_at !== null && session.ends_at !== null;
}

function at(moment: string): number {
	return new Date(moment).getTime();
}

/** Whether two sessions share a moment. */
export function overlaps(a: Hours, b: Hours): boolean {
	if (!isTimed(a) || !isTimed(b)) return false;
	return at(a.starts_at) < at(b.ends_at) && at(b.starts_at) < at(a.ends_at);
}

/**
 * How many of the sessions side by side somebody may sign up for: one of them, or several that do not overlap.
 * A block is a chain of neighbours, of which the ends need not meet.
 */
export function choiceOf(sessions: (Hours & { sign_up: boolean })[]): 'one' | 'several' | null {
	const choices = sessions.filter(({ sign_up }) => sign_up);
	if (choices.length < 2) return null;
	const isExclusive = choices.every((session, index) =>
		choices.slice(index + 1).every((other) => overlaps(session, other))
	);
	return isExclusive ? 'one' : 'several';
}

/** Stretches of a day: all together, or so many at once; neighbours of the same kind are one. */
export function runsOf<Session>(blocks: Block<Session>[]) {
	const runs: { starts_at: string; ends_at: string; count: number }[] = [];
	for (const { starts_at, ends_at, sessions } of blocks) {
		const last = runs.at(-1);
		if (last?.count === 1 && sessions.length === 1) last.ends_at = ends_at;
		else runs.push({ starts_at, ends_at, count: sessions.length });
	}
	return runs;
}

type Session = Pick<
	Tables<'sessions'>,
	| 'session_id'
	| 'starts_at'
	| 'ends_at'
	| 'format'
	| 'sign_up'
	| 'closed_to_government'
	| 'spots_left'
>;

/**
 * What a session with sign-up is to the reader: something to do about it, or the reason why not
 * (`in_person`, `online`: only so, and they take part in the other way). Only a hint: the verbs decide.
 */
export type SignupState =
	| 'mine'
	| 'offered'
	| 'offered_clash'
	| 'waiting'
	| 'begun'
	| 'closed_to_government'
	| 'not_approved'
	| 'in_person'
	| 'online'
	| 'full'
	| 'clash'
	| 'free'
	| 'look';

export interface Reader {
	/** Holds a confirmed place at the forum. */
	confirmed: boolean;
	/** How they take part; null without a registration. */
	mode: Enums<'mode'> | null;
	/** They may not enter what is closed to government and police. */
	governmental: boolean;
	/** An organizer has approved them. */
	approved: boolean;
	/** The sessions they signed up for. */
	signups: (Hours & { session_id: string })[];
	/** The sessions for which they wait, and until when a spot is offered. */
	waits: { session_id: string; offered_until: string | null }[];
}

/** Until when a spot in a session is offered to the reader; null without a live offer. */
export function offeredUntil(
	{ session_id }: Pick<Session, 'session_id'>,
	reader: Reader | null,
	now = new Date()
): string | null {
	const wait = reader?.waits.find((one) => one.session_id === session_id);
	return wait?.offered_until && new Date(wait.offered_until) > now ? wait.offered_until : null;
}

// As `private.fits` in the database.
function fits(format: Session['format'], mode: Enums<'mode'>): boolean {
	return format === null || format === 'hybrid' || format === mode;
}

/** @param reader null for who cannot sign up: a visitor, or someone without a confirmed place */
export function signupOf(session: Session, reader: Reader | null, now = new Date()): SignupState {
	const begun = session.starts_at !== null && new Date(session.starts_at) <= now;
	if (reader?.signups.some(({ session_id }) => session_id === session.session_id)) return 'mine';
	if (begun) return 'begun';
	if (session.closed_to_government && reader?.governmental) return 'closed_to_government';
	// Before the approval, which would not be enough.
	if (reader?.mode && !fits(session.format, reader.mode)) return session.format as Enums<'mode'>;
	if (session.closed_to_government && reader?.confirmed && !reader.approved) return 'not_approved';
	const clashes = clashesOf(session, reader) > 0;
	if (offeredUntil(session, reader, now)) return clashes ? 'offered_clash' : 'offered';
	if (session.spots_left === 'full') return waitsFor(session, reader) ? 'waiting' : 'full';
	if (!reader?.confirmed) return 'look';
	return clashes ? 'clash' : 'free';
}

// A late offer has left the line.
function waitsFor({ session_id }: Session, reader: Reader | null): boolean {
	return reader?.waits.some((one) => one.session_id === session_id && !one.offered_until) ?? false;
}

/** Whether a reader may wait for a session: not in its last hour, when nothing is held. As `private.holds_until`. */
export function mayWait({ starts_at }: Hours, reader: Reader | null, now = new Date()): boolean {
	if (!reader?.confirmed || starts_at === null) return false;
	return at(starts_at) - 60 * 60 * 1000 > now.getTime();
}

/** Why a session is not open to the reader, whether or not it has sign-up. */
export function closedTo(session: Session, reader: Reader | null) {
	const state = signupOf(session, reader);
	return state === 'closed_to_government' || state === 'not_approved' ? state : null;
}

/** How many of a reader's sessions end when they switch to this one. */
export function clashesOf(session: Hours, reader: Reader | null): number {
	return reader?.signups.filter((signup) => overlaps(signup, session)).length ?? 0;
}

/** From which moments on a reader could still choose a session: the first free one of each block. */
export function freeTimes(sessions: Session[], reader: Reader, now = new Date()): string[] {
	const choices = sessions.filter(({ sign_up }) => sign_up);
	return blocksOf(choices).blocks.flatMap(({ sessions }) => {
		const free = sessions.find((session) => signupOf(session, reader, now) === 'free');
		return free ? [free.starts_at] : [];
	});
}

/**
 * A day drawn as lines over 100 by 70 units: one path for each line, and where each block lies.
 * Lines lie 2 apart where all are together, so that they close into one when drawn 2 px thick; in a
 * block each takes the track of its number, and those left over share the last.
 */
export function dayLine(blocks: Block<unknown>[]) {
	const start = at(blocks[0]!.starts_at);
	const length = Math.max(...blocks.map(({ ends_at }) => at(ends_at))) - start;
	const along = (moment: string) => round(((at(moment) - start) / length) * 100);
	const spans = blocks.map(({ starts_at, ends_at, sessions }) => ({
		starts_at,
		from: along(starts_at),
		to: along(ends_at),
		count: sessions.length
	}));
	const lanes = Math.min(6, Math.max(3, ...spans.map(({ count }) => count)));
	const height = (lane: number, count: number) => {
		if (count === 1) return 69 - 2 * (lanes - 1 - lane);
		const track = Math.min(lane, count - 1);
		return round(6 + (60 / (lanes - 1)) * track + 2 * (lane - track));
	};
	const paths = Array.from({ length: lanes }, (_, lane) => {
		const turns = spans.map(({ from, to, count }) => ({ from, to, y: height(lane, count) }));
		// A turn needs some way, also where one session follows the other at once.
		turns.slice(1).forEach((turn, index) => {
			const before = turns[index]!;
			if (turn.y === before.y || turn.from - before.to >= 3) return;
			before.to = round(before.to - 1.5);
			turn.from = round(turn.from + 1.5);
		});
		return turns
			.map(({ from, to, y }, index) => {
				const before = turns[index - 1];
				if (!before) return `M${from} ${y}H${to}`;
				const middle = round((before.to + from) / 2);
				return `C${middle} ${before.y} ${middle} ${y} ${from} ${y}H${to}`;
			})
			.join('');
	});
	return { paths, spans };
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
