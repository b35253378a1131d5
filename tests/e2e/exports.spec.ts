import { readFile } from 'node:fs/promises';
import { expect, signIn, test } from './fixtures';

const organizer = 'organizer@example.org';

const words = {
	en: {
		csv: /^Download as CSV.+Roster$/,
		heads: 'Name,Name on the badge,Email,Organization,Sector',
		made: /\r\n\r\nRoster\. Forum: .+\r\n"?Made by .+\r\n/,
		missing: 'What is missing',
		add: 'Add an organization or a person',
		whom: 'Write whom to ask.',
		saved: 'The list is saved.',
		gap: 'About: Nunavut',
		delete: /^Delete/,
		deleted: 'The entry is deleted.'
	},
	fr: {
		csv: /^Télécharger en CSV.+Personnes inscrites$/,
		heads: 'Nom;Nom sur l’insigne;Courriel;Organisme;Secteur',
		made: /\r\n\r\nPersonnes inscrites\. Forum.: .+\r\n"?Fichier produit par.: .+\r\n/,
		missing: 'Ce qui manque',
		add: 'Ajouter un organisme ou une personne',
		whom: 'Écrivez qui solliciter.',
		saved: 'La liste est enregistrée.',
		gap: 'Sujet : Nunavut',
		delete: /^Supprimer/,
		deleted: 'L’entrée est supprimée.'
	}
};

for (const [locale, prefix, tag] of [
	['en', '', '@script'],
	['fr', '/fr', '@only-noscript']
] as const) {
	test(
		`an organizer downloads the roster and writes down whom to ask (${locale})`,
		{ tag },
		async ({ page }) => {
			const say = words[locale];
			const status = (hasText: string) => page.getByRole('status').filter({ hasText });
			await signIn(page, organizer);
			await page.goto(`${prefix}/organize/forums/winnipeg/exports`);
			const [download] = await Promise.all([
				page.waitForEvent('download'),
				page.getByRole('button', { name: say.csv }).click()
			]);
			expect(download.suggestedFilename()).toBe('roster-winnipeg.csv');
			const text = await readFile(await download.path(), 'utf8');
			expect(text).toMatch(say.made);
			expect(text.replace('\ufeff', '').startsWith(say.heads)).toBe(true);
			expect(text).toContain('sample50@example.org');

			await page.goto(`${prefix}/organize/forums/winnipeg/coverage`);
			await expect(page.getByRole('heading', { name: say.missing })).toBeVisible();
			await page.getByRole('link', { name: say.add }).click();
			await page.locator('[name=gap]').selectOption('province:NU');
			await page.locator('[name=outcome]').fill(`Ring (${locale})`);
			await page.locator('#outreach').getByRole('button').click();
			await expect(page.getByRole('alert')).toContainText(say.whom);
			await expect(page.locator('[name=outcome]')).toHaveValue(`Ring (${locale})`);
			await expect(page.locator('[name=gap]')).toHaveValue('province:NU');
			await page.locator('[name=contact]').fill(`A shelter (${locale})`);
			await page.locator('#outreach').getByRole('button').click();
			await expect(status(say.saved)).toBeVisible();
			const row = page.getByRole('listitem').filter({ hasText: `A shelter (${locale})` });
			await expect(row).toContainText(say.gap.replace(' :', '\u00a0:'));
			await row.getByRole('button', { name: say.delete }).click();
			await expect(status(say.deleted)).toBeVisible();
			await expect(row).toHaveCount(0);
		}
	);
}
