import { z } from 'zod';

/** The session that a button is about. */
export const signupSchema = z.object({ session: z.uuid() });
