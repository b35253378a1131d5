import { dev } from '$app/environment';
import { whyNotListening } from './listen';
import { logger } from './log.server';

const signals = { SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof signals;

/**
 * Opens what the site needs before it listens. A reason not to start is one sentence and the end of the
 * process; so is a signal, which Kit does not hear before it listens.
 */
export async function startOrExit(...steps: (() => Promise<unknown>)[]): Promise<void> {
	endOnUnhandledError();
	const stop = (signal: Signal) => process.exit(signals[signal]);
	onSignal(stop);
	try {
		for (const step of steps) await step();
	} catch (thrown) {
		process.stderr.write(`${reason(thrown)}\n`);
		process.exit(1);
	}
	for (const signal of names()) process.off(signal, stop);
	// Kit closes a server that does not listen yet, which fails, and then listens all the same.
	if (!dev)
		onSignal((signal) => isListening() || process.emit('sveltekit:shutdown' as Signal, signal));
}

/** Has `work` done as soon as the process is asked to end: open requests would keep it until their time is over. */
export function onStop(work: () => void): void {
	// In development another listener would keep Ctrl+C from ending the process.
	if (!dev) onSignal(work);
}

/** A sentence where there is one for people; a mistake in the code keeps its trace. */
export function reason(thrown: unknown): string {
	if (thrown instanceof AggregateError) return thrown.errors.map(reason).join('\n');
	if (!(thrown instanceof Error)) return String(thrown);
	const isMistake = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError].some(
		(kind) => thrown instanceof kind
	);
	return isMistake ? String(thrown.stack) : thrown.message;
}

function names(): Signal[] {
	return Object.keys(signals) as Signal[];
}

function onSignal(act: (signal: Signal) => unknown): void {
	for (const signal of names()) process.once(signal, act);
}

function isListening(): boolean {
	return process.getActiveResourcesInfo().some((name) => /^(TCP|Pipe)ServerWrap$/.test(name));
}

/**
 * Ends the process on an error that nothing handles, after logging what it was: its state is unknown. The
 * one exception is the auth library, which renews tokens on its own time.
 */
function endOnUnhandledError(): void {
	process.on('unhandledRejection', (thrown) => {
		const name = thrown instanceof Error ? thrown.name : typeof thrown;
		if (/^Auth\w*Error$/.test(name)) logger.warn({ name }, 'token not renewed');
		else end(thrown, 'unhandled rejection');
	});
	process.on('uncaughtException', (thrown: NodeJS.ErrnoException) => {
		const { syscall, address = '', port = 0 } = thrown as { syscall?: string } & Listening;
		if (syscall !== 'listen' && syscall !== 'getaddrinfo') end(thrown, 'uncaught exception');
		process.stderr.write(`${whyNotListening(thrown, address, port)}\n`);
		process.exit(1);
	});
}

type Listening = { address?: string; port?: number };

function end(thrown: unknown, what: string): never {
	const name = thrown instanceof Error ? thrown.name : typeof thrown;
	const trace = thrown instanceof Error ? thrown.stack?.split('\n').slice(1, 6) : undefined;
	logger.fatal({ name, trace }, what);
	process.exit(1);
}
