/**
 * An expected refusal of the database.
 * `key` names the sentence (`vote_closed`, or the name of a constraint); `status` is the HTTP
 * status to answer with; `details` carries what the database added, often figures.
 */
export class Refusal extends Error {
	override readonly name = 'Refusal';

	constructor(
		readonly key: string,
		readonly status: number,
		readonly details: string | null = null
	) {
		super(key);
	}
}

/** The backend did not answer in time or at all: a 503 and patience, never a wrong answer. */
export class Unavailable extends Error {
	override readonly name = 'Unavailable';

	// postgrest-js repeats a failed GET for seven seconds unless the failure looks like an abort.
	readonly code = 'ABORT_ERR';

	constructor(options?: ErrorOptions) {
		super('backend_unavailable', options);
	}
}
