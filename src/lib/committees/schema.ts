import { z } from 'zod';

export const endingSchema = z.object({ membership: z.uuid() });
