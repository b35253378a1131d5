import { deflateRawSync } from 'node:zlib';
import { expect, look, signIn, test } from './fixtures';

const words = {
	en: {
		file: 'Add a file',
		added: 'The file is added.',
		empty: 'This file is empty.',
		page: 'Web pages and SVG pictures are not taken.',
		archive: 'Archives such as ZIP are not taken.',
		again: 'Choose',
		participants: 'Participants of this forum',
		none: 'No materials to see yet',
		save: 'Save the changes',
		saved: 'The changes are saved.',
		remove: 'Delete the material',
		removed: 'The material is deleted.'
	},
	fr: {
		file: 'Ajouter un fichier',
		added: 'Le fichier est ajouté.',
		empty: 'Ce fichier est vide.',
		page: 'Les pages Web et les images SVG ne sont pas acceptées.',
		archive: 'Les archives comme ZIP ne sont pas acceptées.',
		again: 'Choisissez',
		participants: 'Personnes participantes de ce forum',
		none: 'Aucun document à voir pour le moment',
		save: 'Enregistrer les modifications',
		saved: 'Les modifications sont enregistrées.',
		remove: 'Supprimer le document',
		removed: 'Le document est supprimé.'
	}
};
const zip = Buffer.concat([
	Buffer.from('PK\x03\x04', 'latin1'),
	deflateRawSync('x'),
	Buffer.alloc(30)
]);
const pdf = Buffer.concat([
	Buffer.from('%PDF-1.7\n'),
	Buffer.alloc(3_000_000, '%'),
	Buffer.from('\n%%EOF\n')
]);

for (const [locale, prefix, tag, forum] of [
	['en', '', '@script', 'winnipeg'],
	['fr', '/fr', '@only-noscript', '2016']
] as const) {
	test(
		`an organizer adds a file for participants, who alone download it (${locale})`,
		{ tag },
		async ({ page, another }) => {
			const say = words[locale];
			await signIn(page, 'organizer@example.org');
			const path = `${prefix}/organize/forums/${forum}/materials`;
			await page.goto(path);
			await look(page);
			const form = page.locator('form#file');
			const title = `Diapos « ${locale} »; "x"`;
			await form.locator('[name=title_en]').fill(title);
			await form.locator('[name=title_fr]').fill(title);
			await form.locator('[name=language]').selectOption('bilingual');
			for (const [file, sentence] of [
				[{ name: 'notes.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) }, say.empty],
				[
					{
						name: 'slides.pdf',
						mimeType: 'application/pdf',
						buffer: Buffer.from('<svg onload="x"/>')
					},
					say.page
				],
				[{ name: 'a.pdf.zip', mimeType: 'application/pdf', buffer: zip }, '']
			] as const) {
				await form.locator('[name=file]').setInputFiles(file);
				await form.getByRole('button', { name: say.file }).click();
				await expect(page.getByRole('alert')).toContainText(sentence);
				await expect(form.locator('[name=title_en]')).toHaveValue(title);
			}
			await form
				.locator('[name=file]')
				.setInputFiles({ name: '../\u202e"x\n.html', mimeType: 'text/html', buffer: pdf });
			await form.getByRole('button', { name: say.file }).click();
			await expect(page.getByRole('status').filter({ hasText: say.added })).toBeVisible();

			const list = `${prefix}/forums/${forum}/materials`;
			await page.goto(list);
			const line = page.getByRole('link', { name: title });
			const address = (await line.getAttribute('href'))!;
			const answer = await page.request.get(address);
			expect(answer.headers()).toMatchObject({
				'content-type': 'application/pdf',
				'content-disposition': `attachment; filename="diapos-${locale}-x.pdf"`,
				'x-content-type-options': 'nosniff',
				'cache-control': 'private, no-store'
			});
			expect((await answer.body()).equals(pdf)).toBe(true);

			const visitor = await another();
			await visitor.goto(list);
			await look(visitor);
			await expect(visitor.getByRole('link', { name: title })).toHaveCount(0);
			const refused = await visitor.request.get(address);
			const missing = await visitor.request.get(`${list}/00000000-0000-4000-8000-000000000000`);
			const none = await visitor.request.get(`${list}/x`);
			expect([refused.status(), missing.status(), none.status()]).toEqual([404, 404, 404]);
			expect(await refused.text()).toBe(await missing.text());

			await page.goto(path);
			await page.getByRole('link', { name: title }).click();
			await page.locator('form#edit [name=audience][value=public]').check();
			await page.getByRole('button', { name: say.save }).click();
			await expect(page.getByRole('status').filter({ hasText: say.saved })).toBeVisible();
			expect((await visitor.request.get(address)).status()).toBe(200);
			await page.getByRole('link', { name: title }).click();
			await page.getByRole('button', { name: say.remove }).click();
			await expect(page.getByRole('status').filter({ hasText: say.removed })).toBeVisible();
			expect((await page.request.get(address)).status()).toBe(404);
		}
	);
}
