import { expect, look, signIn, test } from './fixtures';

const words = {
	en: {
		home: 'How was the forum?',
		answer: 'Answer the questions',
		send: 'Send your answers',
		nothing: 'Answer at least one question.',
		given: 'You have answered. Thank you.',
		organize: 'No answers to see yet',
		locked: 'Somebody has answered, or the time is over.',
		save: 'Save the text',
		saved: 'The text is saved.',
		changed: 'What changed because of your feedback'
	},
	fr: {
		home: 'Comment était le forum?',
		answer: 'Répondre aux questions',
		send: 'Envoyer vos réponses',
		nothing: 'Répondez à une question au moins.',
		given: 'Vous avez répondu. Merci.',
		organize: 'Aucune réponse à voir pour le moment',
		locked: 'Une personne a répondu, ou le délai est terminé.',
		save: 'Enregistrer le texte',
		saved: 'Le texte est enregistré.',
		changed: 'Ce qui a changé grâce à vos commentaires'
	}
};

for (const [locale, prefix, tag, address, next] of [
	['en', '', '@script', 'sample11@example.org', 'regina'],
	['fr', '/fr', '@only-noscript', 'sample12@example.org', 'halifax']
] as const) {
	test(
		`a participant says once how the forum was, and no organizer sees one answer (${locale})`,
		{ tag },
		async ({ page, another }) => {
			const say = words[locale];
			const press = (name: string, on = page) =>
				on.getByRole('button', { name, exact: true }).click();
			await signIn(page, address);
			await page.goto(prefix || '/');
			await expect(page.getByText(say.home)).toBeVisible();
			await page.goto(`${prefix}/forums/regina/feedback`);
			await press(say.send);
			await expect(page.getByRole('alert')).toContainText(say.nothing);
			await page.locator('input[type=radio][value="4"]').first().check();
			await page.locator('textarea').fill('The corridor, and nothing else.');
			await look(page);
			await press(say.send);
			await expect(page.locator('main')).toContainText(say.given);
			await expect(page.locator('main textarea')).toHaveCount(0);
			await expect(page.locator('main')).not.toContainText('corridor');
			await page.goto(prefix || '/');
			await expect(page.getByText(say.home)).toHaveCount(0);

			const organizer = await another();
			await signIn(organizer, 'organizer@example.org');
			await organizer.goto(`${prefix}/organize/forums/regina/feedback`);
			await expect(organizer.locator('main')).toContainText(say.organize);
			await expect(organizer.locator('main')).toContainText(say.locked);
			await expect(organizer.locator('main')).not.toContainText('corridor');
			await look(organizer);
			await organizer.goto(`${prefix}/organize/forums/${next}/feedback`);
			const text = `Longer breaks (${locale}).`;
			await organizer.locator('[name=text_en]').fill(text);
			await organizer.locator('[name=text_fr]').fill(text);
			await press(say.save, organizer);
			await expect(organizer.getByRole('status').filter({ hasText: say.saved })).toBeVisible();
			await organizer.goto(`${prefix}/forums/${next}`);
			await expect(organizer.getByRole('heading', { name: say.changed })).toBeVisible();
			await expect(organizer.locator('main')).toContainText(text);
		}
	);
}
