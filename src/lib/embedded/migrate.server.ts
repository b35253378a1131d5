import type { Sql } from './sql.server';

/** One file of `supabase/migrations`: `0040_people.sql` has version `0040` and name `people`. */
export type Migration = { version: string; name: string; text: string };

const files = import.meta.glob<string>('/supabase/migrations/*.sql', {
	query: '?raw',
	import: 'default',
	eager: true
});

/** The migrations of this build, in the order of their versions. */
export function migrations(): Migration[] {
	return Object.entries(files)
		.map(([path, text]) => readMigration(path, text))
		.sort((a, b) => (a.version < b.version ? -1 : 1));
}

function readMigration(path: string, text: string): Migration {
	const [, version, name] = /(\d+)_(\w+)\.sql$/.exec(path) ?? [];
	if (!version || !name) throw new Error(`${path} is not named like 0040_people.sql.`);
	return { version, name, text };
}

/**
 * Applies what is missing, one transaction per file, and records it where the Supabase CLI does.
 * @returns how many files were applied
 * @throws when a file fails (with its line), or was edited after it was applied
 */
export async function migrate(sql: Sql, wanted: Migration[]): Promise<number> {
	const applied = new Map(
		(
			await sql.query<{ version: string; statements: string[] | null }>(
				'select version, statements from supabase_migrations.schema_migrations'
			)
		).map(({ version, statements }) => [version, statements])
	);
	for (const { version, name, text } of wanted) {
		const recorded = applied.get(version);
		if (recorded?.length === 1 && bare(recorded[0]!) !== bare(text)) {
			throw new Error(
				`Migration ${version}_${name} was edited after this database applied it. ` +
					'Undo the edit, or start over with an empty database: npm run reset'
			);
		}
	}
	const missing = wanted.filter(({ version }) => !applied.has(version));
	for (const migration of missing) await applyOne(sql, migration);
	return missing.length;
}

async function applyOne(sql: Sql, { version, name, text }: Migration): Promise<void> {
	await sql.transaction(async (inside) => {
		try {
			await inside.run(text);
		} catch (cause) {
			const { message, position } = cause as { message: string; position?: string };
			const line = position ? `, line ${text.slice(0, Number(position)).split('\n').length}` : '';
			throw new Error(`Migration ${version}_${name}${line}: ${message}`, { cause });
		}
		await inside.query(
			`insert into supabase_migrations.schema_migrations (version, name, statements)
			values ($1, $2, array[$3])`,
			[version, name, text]
		);
	});
}

// The CLI trims what it records.
function bare(text: string): string {
	return text.replace(/[\s;]+/g, ' ').trim();
}
