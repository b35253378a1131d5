import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { csv, xlsx, type Sheet } from '../../src/lib/platform/files/sheet.server';
import { fileOf } from '../../src/lib/platform/http/file.server';
import { overwriteGetLocale } from '../../src/lib/platform/text/i18n/paraglide/runtime';

const HOSTILE: [string, string][] = [
	['=1+1', "'=1+1"],
	['=HYPERLINK("http://evil.example","Click")', `"'=HYPERLINK(""http://evil.example"",""Click"")"`],
	['+1 204 555-0199', "'+1 204 555-0199"],
	['-2+3', "'-2+3"],
	['@SUM(A1)', "'@SUM(A1)"],
	['\t=1+1', `"'\t=1+1"`],
	['\r=1+1', `"'\n=1+1"`],
	['  =1+1', "'  =1+1"],
	['＝1+1', "'＝1+1"],
	['a\n=1+1', '"a\n=1+1"'],
	['Montréal, Québec', '"Montréal, Québec"'],
	['a;b', '"a;b"'],
	['She said "no"', '"She said ""no"""'],
	['two\r\nlines', '"two\nlines"'],
	['👩🏽‍🚒 ᓄᓇᕗᑦ', '👩🏽‍🚒 ᓄᓇᕗᑦ'],
	['ends with \ud83d', 'ends with '],
	['bell\u0007 and nul\u0000', 'bell and nul'],
	['<b>&amp;</b>', '"<b>&amp;</b>"'],
	["O'Neil", "O'Neil"],
	['', '']
];

const sheet = (rows: Sheet['rows'], heads = ['Name', 'Count']): Sheet => ({
	title: 'Roster',
	aboutTitle: 'About this file',
	about: ['Made by =Olive.'],
	heads,
	rows
});

describe('CSV', () => {
	test('begins with a BOM, ends lines with CRLF, and says what it is below the table', () => {
		const text = csv(sheet([['Zoé', 3]])).toString();
		expect(text).toBe('\ufeffName,Count\r\nZoé,3\r\n\r\nMade by =Olive.\r\n');
	});

	test.each(HOSTILE)('a cell of %j is %j', (typed, written) => {
		const [, row, ...rest] = csv(sheet([[typed, -1]]))
			.toString()
			.split('\r\n');
		expect(row).toBe(`${written},-1`);
		expect(rest).toEqual(['', 'Made by =Olive.', '']);
	});

	test('is parted by semicolons in French, as Excel expects there, and empty cells stay empty', () => {
		overwriteGetLocale(() => 'fr');
		try {
			const text = csv({ ...sheet([['a,b', null]]), about: [] }).toString();
			expect(text).toBe('\ufeffName;Count\r\n"a,b";\r\n');
		} finally {
			overwriteGetLocale(() => 'en');
		}
	});

	test('a formula in a heading is none', () => {
		expect(csv({ ...sheet([], ['=1+1']), about: [] }).toString()).toBe("\ufeff'=1+1\r\n");
	});
});

/** The parts of a ZIP archive, from its directory at the end. */
function unzip(file: Buffer): Map<string, string> {
	const parts = new Map<string, string>();
	const end = file.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
	let at = file.readUInt32LE(end + 16);
	for (let n = file.readUInt16LE(end + 10); n > 0; n--) {
		const [size, name, extra, comment] = [20, 28, 30, 32].map((offset) =>
			offset === 20 ? file.readUInt32LE(at + offset) : file.readUInt16LE(at + offset)
		) as [number, number, number, number];
		const local = file.readUInt32LE(at + 42);
		const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
		const bytes = file.subarray(start, start + size);
		const body = file.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes);
		parts.set(file.toString('utf8', at + 46, at + 46 + name), body.toString('utf8'));
		at += 46 + name + extra + comment;
	}
	return parts;
}

const plain = (xml: string) =>
	xml
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&(apos|#39);/g, "'")
		.replace(/&amp;/g, '&');

/** The cells of each sheet by row, as a program that opens the file reads them; texts are quoted. */
async function opened(it: Sheet): Promise<{ tabs: string[]; rows: (string | number)[][][] }> {
	const parts = unzip(await xlsx(it));
	const strings = [...(parts.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(
		([, item]) => [...item!.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, t]) => plain(t!)).join('')
	);
	const tabs = [...parts.get('xl/workbook.xml')!.matchAll(/<sheet [^>]*?name="([^"]*)"/g)];
	const sheets = [...parts].filter(([name]) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name)).sort();
	return {
		tabs: tabs.map(([, name]) => plain(name!)),
		rows: sheets.map(([, xml]) =>
			[...xml.matchAll(/<row[^>]*>(.*?)<\/row>/gs)].map(([, row]) => {
				expect(row).not.toContain('<f>');
				return [...row!.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(
					([, about, body = '']) => {
						const value = /<v>(.*?)<\/v>/s.exec(body)?.[1];
						if (/t="s"/.test(about!)) return strings[Number(value)]!;
						const inline = /<t[^>]*>(.*?)<\/t>/s.exec(body)?.[1];
						return inline === undefined ? Number(value) : plain(inline);
					}
				);
			})
		)
	};
}

describe('XLSX', () => {
	test('has the table first, then what it says of itself', async () => {
		const { tabs, rows } = await opened(sheet([['Zoé', 3]]));
		expect(tabs).toEqual(['Roster', 'About this file']);
		expect(rows).toEqual([
			[
				['Name', 'Count'],
				['Zoé', 3]
			],
			[['Made by =Olive.']]
		]);
	});

	test.each(HOSTILE.filter(([typed]) => typed !== ''))(
		'a text of %j stays that text',
		async (typed) => {
			const { rows } = await opened(sheet([[typed, -1]]));
			const left = typed
				.replace(/\r\n?/g, '\n')
				// eslint-disable-next-line no-control-regex
				.replace(/[\u0000\u0007]|\p{Surrogate}/gu, '');
			expect(rows[0]![1]).toEqual([left, -1]);
		}
	);

	test('cuts what no cell holds, and never inside a character', async () => {
		const { rows } = await opened(sheet([[`a${'👩'.repeat(20_000)}`, null]]));
		const cell = String(rows[0]![1]![0]);
		expect(cell.length).toBe(32_767);
		expect(cell.isWellFormed()).toBe(true);
	});

	test('of nobody has its heads, and of 5,000 people a row for each', async () => {
		expect((await opened(sheet([]))).rows[0]).toEqual([['Name', 'Count']]);
		const many = Array.from({ length: 5_000 }, (_, n) => [`Person ${n}`, n]);
		const { rows } = await opened(sheet(many));
		expect(rows[0]).toHaveLength(5_001);
		expect(rows[0]!.at(-1)).toEqual(['Person 4999', 4_999]);
	});
});

test.each(['csv', 'xlsx'] as const)(
	'a file of %s is stored by the browser and by nobody else',
	async (format) => {
		const { headers } = await fileOf(sheet([]), 'roster-winnipeg', format);
		expect(headers.get('content-disposition')).toBe(
			`attachment; filename="roster-winnipeg.${format}"`
		);
		expect(headers.get('cache-control')).toBe('private, no-store');
	}
);
