import { z } from 'zod';
import {
	reasonSchema as bursaryReasonSchema,
	requestSchema
} from '../../../src/lib/bursaries/schema';
import { rewordingSchema } from '../../../src/lib/confirmations/schema';
import { outreachSchema } from '../../../src/lib/coverage/schema';
import {
	categorySchema,
	choiceSchema,
	noteSchema,
	reasonSchema as feeReasonSchema
} from '../../../src/lib/fees/schema';
import {
	changeSchema,
	questionSchema as feedbackQuestionSchema
} from '../../../src/lib/feedback/schema';
import { factsSchema, forumSchema } from '../../../src/lib/forums/schema';
import { decliningSchema, helpSchema, joinSchema } from '../../../src/lib/joining/schema';
import { mailingSchema } from '../../../src/lib/mailings/schema';
import { askSchema } from '../../../src/lib/apart/schema';
import { linkSchema as materialSchema } from '../../../src/lib/materials/schema';
import { needsSchema, providedSchema } from '../../../src/lib/needs/schema';
import { promptsSchema, themeSchema } from '../../../src/lib/notes/schema';
import {
	namedSectorSchema,
	organizationSchema,
	profileSchema,
	suspensionSchema
} from '../../../src/lib/people/schema';
import { areaSchema, pointSchema } from '../../../src/lib/priorities/schema';
import { questionSchema } from '../../../src/lib/questions/schema';
import { reasonSchema, registrationSchema } from '../../../src/lib/registrations/schema';
import { correctionSchema } from '../../../src/lib/reports/schema';
import { releaseSchema, sessionSchema } from '../../../src/lib/sessions/schema';
import { replySchema, threadSchema } from '../../../src/lib/threads/schema';
import { openingSchema } from '../../../src/lib/votes/schema';
import type { Query, Rules } from './rule';

const { name, organization } = profileSchema.shape;
const report = correctionSchema.shape;

/** The columns that forms fill with texts, and the field of each. */
const columns: Record<string, z.ZodType> = {
	'people.name': name,
	'people.organization_name': organization,
	'people.suspended_reason': suspensionSchema.shape.reason,
	'registrations.name': name,
	'registrations.organization_name': organization,
	'registration_history.reason': reasonSchema.shape.reason,
	'apart_requests.words': askSchema.shape.words,
	'needs.other_language': needsSchema.shape.other_language,
	'needs.phone': needsSchema.shape.phone,
	'needs.words': needsSchema.shape.words,
	'bursaries.words': requestSchema.shape.words,
	'bursaries.reason': bursaryReasonSchema.shape.reason,
	'fees.invoice': choiceSchema.shape.invoice,
	'fees.reason': feeReasonSchema.shape.reason,
	'registrations.badge_name': registrationSchema.shape.badge_name,
	'requests.about': joinSchema.shape.about,
	'requests.note': helpSchema.shape.note,
	'requests.reason': decliningSchema.shape.reason,
	'threads.title': threadSchema.shape.title,
	'posts.body': replySchema.shape.body,
	'outreach.contact': outreachSchema.shape.contact,
	'outreach.asker': outreachSchema.shape.asker,
	'outreach.outcome': outreachSchema.shape.outcome,
	'confirmation_answers.finding': rewordingSchema.shape.finding,
	'confirmation_answers.recommendation': rewordingSchema.shape.recommendation,
	'forums.city': forumSchema.shape.city,
	...pairs('fee_categories.name', categorySchema.shape.name_en),
	...pairs('fee_categories.about', categorySchema.shape.about_en),
	...pairs('fee_notes.note', noteSchema.shape.note_en),
	...pairs('feedback_questions.text', feedbackQuestionSchema.shape.text_en),
	...pairs('feedback_questions.options', feedbackQuestionSchema.shape.options_en),
	...pairs('feedback_changes.text', changeSchema.shape.text_en),
	...pairs('sectors.name', namedSectorSchema.shape.name_en),
	...pairs('organizations.name', organizationSchema.shape.name_en),
	...pairs('mailings.subject', mailingSchema.shape.subject_en),
	...pairs('mailings.text', mailingSchema.shape.text_en),
	...pairs('forums.name', forumSchema.shape.name_en),
	...pairs('forums.place', forumSchema.shape.place_en),
	...pairs('forums.objectives', forumSchema.shape.objectives_en),
	...pairs('forums.beside', factsSchema.shape.beside_en),
	...pairs('forums.territory', factsSchema.shape.territory_en),
	...pairs('forums.funders', factsSchema.shape.funders_en),
	...pairs('forums.papers', factsSchema.shape.papers_en),
	...pairs('forums.provided', providedSchema.shape.provided_en),
	...pairs('questions.text', questionSchema.shape.text_en),
	...pairs('questions.help', questionSchema.shape.help_en),
	...pairs('questions.options', questionSchema.shape.options_en),
	...pairs('session_drafts.title', sessionSchema.shape.title_en),
	...pairs('program_releases.note', releaseSchema.shape.note_en),
	...pairs('sessions.summary', sessionSchema.shape.summary_en),
	...pairs('sessions.room', sessionSchema.shape.room_en),
	...pairs('materials.title', materialSchema.shape.title_en),
	...pairs('note_prompts.prompts', promptsSchema.shape.prompts_en),
	...pairs('note_themes.title', themeSchema.shape.title_en),
	...pairs('areas.name', areaSchema.shape.name_en),
	...pairs('priorities.title', pointSchema.shape.title_en),
	...pairs('votes.title', openingSchema.shape.title_en),
	...pairs('reports.title', report.title_en),
	...pairs('reports.body', report.body_en),
	...pairs('report_corrections.note', report.note_en)
};

function pairs(column: string, field: z.ZodType): Record<string, z.ZodType> {
	return { [`${column}_en`]: field, [`${column}_fr`]: field };
}

const schemas = import.meta.glob<Record<string, unknown>>('/src/lib/*/schema.ts', { eager: true });

interface Length {
	name: string;
	least: number;
	most: number;
}

/** What the constraints of single columns allow, in characters. */
async function allowed(query: Query): Promise<Length[]> {
	const rows = await query<{ name: string; rule: string }>(
		`select c.relname || '.' || a.attname as name, pg_get_constraintdef(k.oid) as rule
		from pg_constraint k
		join pg_class c on c.oid = k.conrelid
		join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
		where k.contype = 'c' and array_length(k.conkey, 1) = 1
			and pg_get_constraintdef(k.oid) ~ 'char_length' order by 1`
	);
	return rows.map(({ name, rule }) => ({
		name,
		least: Number(/>= (\d+)/.exec(rule)?.[1] ?? 0),
		most: Number(/<= (\d+)/.exec(rule)?.[1])
	}));
}

/** Forms and columns hold texts of the same length. */
export const lengthRules: Rules = {
	'a form takes as many characters as its column': async (query) => {
		const constraints = await allowed(query);
		return Object.entries(columns).flatMap(([column, field]) => {
			const found = constraints.find(({ name }) => name === column);
			const { least, most } = field.meta() as unknown as Length;
			// A form may ask for words where the column takes none: what is deleted stays as a row.
			const agrees = found && found.most === most && found.least <= least;
			return agrees ? [] : [`${column}: ${least} to ${most} in the form, ${JSON.stringify(found)}`];
		});
	},

	'each text of a form is compared with its column': async () => {
		const listed = new Set(Object.values(columns));
		return Object.entries(schemas).flatMap(([path, schema]) =>
			Object.entries(schema).flatMap(([form, value]) =>
				value instanceof z.ZodObject
					? Object.entries(value.shape as Record<string, z.ZodType>)
							.filter(([, field]) => field.meta()?.most !== undefined && !listed.has(field))
							.map(([field]) => `${path}: ${form}.${field}`)
					: []
			)
		);
	}
};
