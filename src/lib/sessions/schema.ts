import { z } from 'zod';

/** The session that a button is about. */
export const seatSchema = z.object({ session: z.uuid() });
