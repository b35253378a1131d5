import { generateTypescript, introspect, sortGeneratorMetadata } from '@supabase/postgrest-typegen';
import { migrateDatabase } from './lite.server';
import { connectPglite } from './pglite.server';

/**
 * The text of `platform/db/types.ts`: what schema `public` is after all migrations, as read from a
 * database made in memory for the purpose.
 */
export async function describeDatabase(): Promise<string> {
	const { connection, sql } = await connectPglite();
	try {
		await migrateDatabase(sql);
		const found = await introspect(
			{ query: async (text) => ({ rows: await sql.query(text) }) },
			{ includedSchemas: ['public'] }
		);
		return await generateTypescript(sortGeneratorMetadata(found), {
			postgrestVersion: '13',
			detectOneToOneRelationships: true
		});
	} finally {
		await connection.close();
	}
}
