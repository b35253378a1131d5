import writeXlsx, { type Row, type SheetData } from 'write-excel-file/node';
import { getLocale } from '../text/i18n/paraglide/runtime';

/** A table for a file: what it says of itself, the names of the columns, and the rows. */
export interface Sheet {
	/** At most 31 characters, without `[]:*?/\`: the name of the tab. */
	title: string;
	/** The name of the tab with what the file says of itself. */
	aboutTitle: string;
	about: string[];
	heads: string[];
	rows: (string | number | null)[][];
}

export type Format = 'csv' | 'xlsx';

/** What Excel takes in one cell. */
const MOST = 32_767;
// Not allowed in XML, escaped or not; and halves of characters.
// eslint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
// A program that opens CSV runs these as a formula, the wide ones too, and also after spaces.
const FORMULA = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/;

function tidy(text: string): string {
	const clean = text.replace(/\r\n?/g, '\n').replace(UNWRITABLE, '');
	return clean.slice(0, MOST).replace(UNWRITABLE, '');
}

/**
 * The sheet as CSV. With BOM, since Excel reads accents only then; parted by what Excel expects in the reader's
 * language. A text that would be run as a formula begins with an apostrophe. What it says of itself is below the table,
 * so that programs find the names of the columns in the first line.
 */
export function csv({ about, heads, rows }: Sheet): Buffer {
	const comma = getLocale() === 'fr' ? ';' : ',';
	const cell = (value: string | number | null): string => {
		if (typeof value !== 'string') return String(value ?? '');
		const safe = (FORMULA.test(value) ? "'" : '') + tidy(value);
		return /[",;\t\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
	};
	const notes = about.length > 0 ? [[], ...about.map((sentence) => [sentence])] : [];
	const all = [heads, ...rows, ...notes].map((row) => row.map(cell).join(comma));
	return Buffer.from(`\ufeff${all.join('\r\n')}\r\n`);
}

/** The sheet as XLSX: the table, and a second tab with what the file says of itself. Texts stay texts there. */
export function xlsx({ title, aboutTitle, about, heads, rows }: Sheet): Promise<Buffer> {
	const text = (value: string): Row[number] => ({ type: String, value: tidy(value) });
	const cell = (value: string | number | null): Row[number] => {
		if (value === null || value === '') return null;
		return typeof value === 'number' ? { type: Number, value } : text(value);
	};
	const data: SheetData = [
		heads.map((head) => ({ type: String, value: tidy(head), fontWeight: 'bold' })),
		...rows.map((row) => row.map(cell))
	];
	const width = (column: number) =>
		Math.min(
			48,
			Math.max(10, ...[heads, ...rows.slice(0, 200)].map((row) => String(row[column] ?? '').length))
		) + 2;
	return writeXlsx([
		{
			sheet: title,
			data,
			stickyRowsCount: 1,
			columns: heads.map((_, column) => ({ width: width(column) }))
		},
		{
			sheet: aboutTitle,
			data: about.map((sentence) => [text(sentence)]),
			columns: [{ width: 100 }]
		}
	]).toBuffer();
}
