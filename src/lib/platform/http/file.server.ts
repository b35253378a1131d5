import { csv, xlsx, type Format, type Sheet } from '../files/sheet.server';

const types: Record<Format, string> = {
	csv: 'text/csv; charset=utf-8',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
};

/**
 * A sheet as a file that the browser stores and does not open.
 * @param name without ending, of a to z, figures and hyphens
 */
export async function fileOf(sheet: Sheet, name: string, format: Format): Promise<Response> {
	const body = format === 'csv' ? csv(sheet) : await xlsx(sheet);
	return new Response(new Uint8Array(body), {
		headers: {
			'content-type': types[format],
			'content-disposition': `attachment; filename="${name}.${format}"`,
			'cache-control': 'private, no-store'
		}
	});
}
