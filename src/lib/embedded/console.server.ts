import { AsyncLocalStorage } from 'node:async_hooks';
import { logger } from '$lib/platform/log.server';

const inside = new AsyncLocalStorage<true>();
const wrapped = Symbol.for('convergence.quiet');
// The console itself is what has to be hushed here.
/* eslint-disable no-console */
const channels = ['log', 'info', 'warn', 'error', 'debug'] as const;

type Channel = ((...words: unknown[]) => void) & { [wrapped]?: true };

/**
 * Guard: logs without people.
 * Without it the auth and REST server writes every failed statement with its parameters, that is
 * addresses, names and bodies, to the console. What it says while it works for us is reduced to
 * the error's code.
 */
export function withRedactedConsole<T>(work: () => Promise<T>): Promise<T> {
	for (const channel of channels) hush(channel);
	return inside.run(true, work);
}

function hush(channel: (typeof channels)[number]): void {
	const speak: Channel = console[channel];
	if (speak[wrapped]) return;
	const hushed: Channel = (...words) => {
		if (!inside.getStore()) return speak.apply(console, words);
		const code = words.map(codeOf).find(Boolean);
		if (code) logger.warn({ code }, 'backend error');
	};
	hushed[wrapped] = true;
	console[channel] = hushed;
}

// Refusals and constraints are everyday answers, not faults: they are not worth a line.
function codeOf(word: unknown): string | undefined {
	if (typeof word !== 'object' || word === null) return undefined;
	const { code, message, name } = word as { code?: unknown; message?: unknown; name?: string };
	const sqlState = code === 'PGRST' ? /"code":"(\w{5})"/.exec(String(message))?.[1] : code;
	if (typeof sqlState !== 'string' || !/^[0-9A-Z]{5}$/.test(sqlState)) return name;
	return /^(PT|23|42501)/.test(sqlState) ? undefined : sqlState;
}
