import type { FileType } from '../files/content.server';
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

const media: Record<string, string> = {
	pdf: 'application/pdf',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	xlsx: types.xlsx,
	odt: 'application/vnd.oasis.opendocument.text',
	odp: 'application/vnd.oasis.opendocument.presentation',
	ods: 'application/vnd.oasis.opendocument.spreadsheet',
	jpg: 'image/jpeg',
	png: 'image/png'
};

/**
 * A stored file, which no browser shows: it is stored, and may run nothing where that is ignored.
 * @param name without ending, of a to z, figures and hyphens
 * @param method for HEAD, the body is not read
 */
export async function download(
	{ type, body, bytes }: { type: FileType; body: ReadableStream<Uint8Array>; bytes: number },
	name: string,
	method: string
): Promise<Response> {
	if (method === 'HEAD') await body.cancel();
	return new Response(method === 'HEAD' ? null : (body as BodyInit), {
		headers: {
			'content-type': media[type] ?? 'application/octet-stream',
			'content-length': String(bytes),
			'content-disposition': `attachment; filename="${name}.${type}"`,
			'content-security-policy': "default-src 'none'; sandbox",
			'cache-control': 'private, no-store'
		}
	});
}
