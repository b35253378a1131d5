import type { Flash } from '$lib/platform/http/form';
import type { Person } from '$lib/platform/http/who';
import type { Database } from '$lib/platform/db/types';
import type { SupabaseClient } from '@supabase/supabase-js';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** Shown to the reader and written in the log: how the two find each other. */
			id?: string;
			/** Of an endpoint: what the database refused, and what is wrong by field. */
			key?: string;
			errors?: Record<string, string>;
			/** Texts of a form that had no page to come back to. */
			typed?: string[];
		}
		interface Locals {
			/** Speaks as the reader: a visitor, or the person whose cookies came along. */
			db: SupabaseClient<Database>;
			/** Set once signed in, before there is a profile too. */
			account: { id: string; email: string } | null;
			/** The backend did not say who this is: closed pages answer 503, not "sign in". */
			silent: boolean;
			/** The account is suspended: a visitor, except on the pages of their own data. */
			suspended: boolean;
			/** Why, in the words of an organizer. */
			suspendedReason: string | null;
			/** Texts of a form that was not accepted, for the page of an error. */
			typed?: string[];
			/** The profile and rights of the person who is signed in, looked up on each request. */
			person: Person | null;
			/** The page's own data, where one call answers it with who asks, in the shape of that call's schema. */
			page: unknown;
			/**
			 * Looks up person and page, once a request. Done already when a page is read; after a form
			 * post it is done before a page is shown again.
			 */
			identify: () => Promise<void>;
			/** What the foot of each printed sheet says instead of the name of the site. */
			running?: string;
			/** What the action before this page did; it is forgotten once the page has been shown. */
			takeFlash: () => Flash | null;
		}
	}
}

export {};
