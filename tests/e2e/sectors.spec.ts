import { expect, freshPerson, look, signIn, test, visit } from './fixtures';

const organizer = 'organizer@example.org';
const words = {
	en: {
		sectors: 'Sectors',
		save: 'Save the sector',
		added: 'The sector is added.',
		saved: 'The sector is saved.',
		twice: 'There is already a sector with this English name.',
		choose: 'Choose yes or no.',
		close: 'Count this sector as government or police',
		retire: 'Retire this sector',
		retired: 'The sector is retired.',
		questions: 'Go to the questions',
		check: 'Check your registration',
		register: 'Register for the forum'
	},
	fr: {
		sectors: 'Secteurs',
		save: 'Enregistrer le secteur',
		added: 'Le secteur est ajouté.',
		saved: 'Le secteur est enregistré.',
		twice: 'Un secteur porte déjà ce nom anglais.',
		choose: 'Choisissez oui ou non.',
		close: 'Considérer ce secteur comme gouvernement ou police',
		retire: 'Retirer ce secteur',
		retired: 'Le secteur est retiré.',
		questions: 'Passer aux questions',
		check: 'Vérifier votre inscription',
		register: 'S’inscrire au forum'
	}
};

// In English with script and in French without.
for (const [locale, prefix, tag] of [
	['en', '', '@script'],
	['fr', '/fr', '@only-noscript']
] as const) {
	test(
		`an organizer adds a sector, and a new person chooses it (${locale})`,
		{ tag },
		async ({ page, another }) => {
			const say = words[locale];
			const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
			const done = (sentence: string) =>
				expect(page.getByRole('status').filter({ hasText: sentence })).toBeVisible();
			const unique = crypto.randomUUID().replaceAll(/[^a-f]/g, '');
			const [english, french] = [`sample choir ${unique}`, `chorale exemple ${unique}`];
			const shown = locale === 'en' ? `Sample choir ${unique}` : `Chorale exemple ${unique}`;

			await signIn(page, organizer);
			await page.goto(`${prefix}/organize`);
			await page.getByRole('main').getByRole('link', { name: say.sectors, exact: true }).click();
			await page.locator('[name=name_en]').fill('YOUTH');
			await page.locator('[name=name_fr]').fill(french);
			await press(say.save);
			await expect(page.getByRole('alert')).toContainText(say.choose);
			await page.locator('[name=counts][value=no]').check();
			await press(say.save);
			// What was typed is there, beside what is wrong.
			await expect(page.getByRole('alert')).toContainText(say.twice);
			await expect(page.locator('[name=name_fr]')).toHaveValue(french);
			await look(page);
			await page.locator('[name=name_en]').fill(english);
			await page.locator('[name=after]').selectOption('youth');
			await press(say.save);
			await done(say.added);

			const reader = await another();
			await signIn(reader, freshPerson(), { locale, fresh: true });
			await visit(reader, `${prefix}/forums/winnipeg/register`);
			const main = reader.locator('main');
			await main.locator('[name=name]').fill('Amira');
			await main.locator('[name=province]').selectOption('NB');
			await main.getByRole('radio', { name: shown }).check();
			await main.locator('[name=mode][value=online]').check();
			await main.getByRole('button', { name: say.questions }).click();
			await main.getByRole('button', { name: say.check }).click();
			await main.getByRole('button', { name: say.register }).click();
			await expect(reader).toHaveURL(/\/registration$/);
			await expect(main.locator('#answers')).toContainText(shown);

			await page.getByRole('link', { name: shown }).click();
			await expect(page.locator('[name=name_fr]')).toHaveValue(french);
			await expect(page.getByRole('button', { name: say.close })).toBeVisible();
			await look(page);
			await press(say.retire);
			await done(say.retired);

			// Those who have it keep it; others are not offered it.
			await visit(reader, `${prefix}/account`);
			const options = (on: typeof page) => on.locator('[name=sector] option').allTextContents();
			expect(await options(reader)).toContain(shown);
			await visit(page, `${prefix}/account`);
			const offered = await options(page);
			expect(offered).not.toContain(shown);
			expect(offered.length).toBeGreaterThan(10);
		}
	);
}
