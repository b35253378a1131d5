import { expect, look, signIn, test } from './fixtures';

const words = {
	en: {
		home: 'Is that what we said? Session “Beds, rides and interpreters”',
		send: 'Send your answers',
		nothing: 'Choose an answer about one pair at least.',
		other: 'Write it in other words',
		sent: 'Your answers are sent. Thank you.',
		given: 'You have answered about this pair.',
		few: 'Fewer than five answers, or too few yet to show them.',
		confirmed: 'Confirmed by 9 of 12',
		pair: 'Le trajet décourage',
		empty: 'Write a finding or a recommendation.',
		use: 'Use or edit these words',
		take: 'Use these words',
		taken: 'The pair has the new words.'
	},
	fr: {
		home: 'Est-ce bien ce que nous avons dit? Séance «\u00a0Lits, transport et interprètes\u00a0»',
		send: 'Envoyer vos réponses',
		nothing: 'Choisissez une réponse pour une paire au moins.',
		other: 'L’écrire en d’autres mots',
		sent: 'Vos réponses sont envoyées. Merci.',
		given: 'Vous avez répondu pour cette paire.',
		few: 'Moins de cinq réponses, ou trop peu encore pour les montrer.',
		confirmed: 'Confirmé par 9 personnes sur 12',
		pair: 'L’interprétation arrive',
		empty: 'Écrivez un constat ou une recommandation.',
		use: 'Utiliser ou modifier ces mots',
		take: 'Utiliser ces mots',
		taken: 'La paire a les nouveaux mots.'
	}
};

for (const [locale, prefix, tag, address] of [
	['en', '', '@script', 'sample42@example.org'],
	['fr', '/fr', '@only-noscript', 'sample43@example.org']
] as const) {
	test(
		`somebody says once whether notes are what was said, and an organizer uses other words (${locale})`,
		{ tag },
		async ({ page, another }) => {
			const say = words[locale];
			const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
			const main = page.locator('main');
			await signIn(page, address);
			await page.goto(prefix || '/');
			await page
				.getByRole('listitem')
				.filter({ hasText: say.home })
				.locator('a[href$="/confirm"]')
				.click();
			await press(say.send);
			await expect(page.getByRole('alert')).toContainText(say.nothing);
			await page.locator('input[type=radio][value=yes]').first().check();
			await page.getByText(say.other).nth(1).click();
			await page.locator('textarea').nth(2).fill(`Rides cost a day of pay (${locale})`);
			await look(page);
			await press(say.send);
			await expect(page.getByRole('status').filter({ hasText: say.sent })).toBeVisible();
			await expect(main.getByText(say.given)).toHaveCount(2);
			await expect(main.locator('textarea')).toHaveCount(0);
			await expect(main).toContainText(say.few);
			await expect(main).not.toContainText('a day of pay');
			await look(page);
			await page.goto(prefix || '/');
			await expect(page.getByText(say.home)).toHaveCount(0);

			const organizer = await another();
			await signIn(organizer, 'organizer@example.org');
			const organize = `${prefix}/organize/forums/halifax`;
			await organizer.goto(`${organize}/themes`);
			await expect(organizer.getByText(say.confirmed).first()).toBeVisible();
			await organizer.locator('main a[href*="/organize/forums/halifax/notes/"]').first().click();
			await expect(organizer.locator('main')).not.toContainText('sample4');
			const other = organizer.locator('details:has([name=finding])').filter({ hasText: say.pair });
			await other.getByText(say.use).click();
			await other.locator('[name=finding]').fill('');
			await other.locator('[name=recommendation]').fill('');
			await other.getByRole('button', { name: say.take }).click();
			const again = organizer.locator('form#reword');
			await expect(again.getByRole('alert')).toContainText(say.empty);
			await again.locator('[name=finding]').fill(`Le trajet dure une journée (${locale})`);
			await look(organizer);
			await again.getByRole('button', { name: say.take }).click();
			await expect(organizer.getByRole('status').filter({ hasText: say.taken })).toBeVisible();
			await expect(other).toHaveCount(0);
		}
	);
}
