import { AsyncLocalStorage } from 'node:async_hooks';
import {
	getServerAsyncLocalStorage,
	overwriteServerAsyncLocalStorage,
	type Locale
} from './paraglide/runtime';

/** Does synchronous work in a language of its own choice: an email, the French half of a report. */
export function inLanguage<T>(locale: Locale, work: () => T): T {
	if (!getServerAsyncLocalStorage()) overwriteServerAsyncLocalStorage(new AsyncLocalStorage());
	const storage = getServerAsyncLocalStorage()!;
	return storage.run({ ...storage.getStore(), locale }, work) as T;
}
