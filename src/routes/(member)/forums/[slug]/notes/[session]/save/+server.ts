import * as notes from '$lib/notes/data.server';
import { noteSchema } from '$lib/notes/schema';
import { endpoint } from '$lib/platform/http/endpoint.server';

/** What a page saves by itself while somebody types. */
export const POST = endpoint(noteSchema, (note, { locals }) => notes.save(locals.db, note));
