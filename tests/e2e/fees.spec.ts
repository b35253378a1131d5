import { expect, signIn, test } from './fixtures';

const words = {
	en: {
		choose: 'Choose your category',
		save: 'Save your choice',
		missing: 'Choose a category.',
		saved: 'Your choice is saved.',
		due: 'Member organization: $150, not yet paid.',
		paid: 'Member organization: $150, paid on',
		person: /^Choose Sample participant 53,/,
		mark: 'Mark as paid',
		marked: '1 fee is changed.',
		ask: 'Ask for a bursary',
		nothing: 'Write at least one cost.',
		asked: 'Your request is saved.',
		request: /^Sample participant 53,/,
		decide: 'Save the decision',
		part: 'Write an amount above 0 and below what was asked for.',
		decided: 'The decision is saved. The person gets an email.',
		answer: 'You get part of it: $300 of $640.50.',
		reason: 'All that is left. (en)'
	},
	fr: {
		choose: 'Choisir votre catégorie',
		save: 'Enregistrer votre choix',
		missing: 'Choisissez une catégorie.',
		saved: 'Votre choix est enregistré.',
		due: /^Organisme membre\s: 150\s\$, pas encore payés\.$/,
		paid: /^Organisme membre\s: 150\s\$, payés le/,
		person: /^Choisir Personne participante 56/,
		mark: 'Noter comme payé',
		marked: 'Les frais de 1 personne sont modifiés.',
		ask: 'Demander une bourse',
		nothing: 'Écrivez au moins un montant.',
		asked: 'Votre demande est enregistrée.',
		request: /^Personne participante 56/,
		decide: 'Enregistrer la décision',
		part: 'Écrivez un montant de plus de 0 et de moins que ce qui est demandé.',
		decided: 'La décision est enregistrée. La personne reçoit un courriel.',
		answer: /300\s\$ sur 640,50\s\$/,
		reason: 'C’est tout ce qui reste. (fr)'
	}
};

for (const [locale, prefix, tag, address] of [
	['en', '', '@script', 'sample53@example.org'],
	['fr', '/fr', '@only-noscript', 'sample56@example.org']
] as const) {
	test(
		`somebody chooses a fee category and asks for a bursary, and an organizer answers both (${locale})`,
		{ tag },
		async ({ page, another }) => {
			test.slow();
			const say = words[locale];
			const press = (name: string, on = page) =>
				on.getByRole('button', { name, exact: true }).click();
			const status = (hasText: string, on = page) => on.getByRole('status').filter({ hasText });
			const mine = `${prefix}/forums/winnipeg/registration`;
			await signIn(page, address);
			await page.goto(mine);
			await page.getByRole('link', { name: say.choose }).click();
			await page.locator('[name=invoice]').fill(`Shelter, 12 Main (${locale})`);
			await press(say.save);
			await expect(page.getByRole('alert')).toContainText(say.missing);
			await page.locator('[name=category]').first().check();
			await press(say.save);
			await expect(status(say.saved)).toBeVisible();
			await expect(page.locator('[name=invoice]')).toHaveValue(`Shelter, 12 Main (${locale})`);
			await expect(page.getByText(say.due)).toBeVisible();

			await page.goto(mine);
			await page.getByRole('link', { name: say.ask }).click();
			await page.locator('[name=words]').fill(`By train (${locale})`);
			await press(say.ask);
			await expect(page.getByRole('alert')).toContainText(say.nothing);
			await page.locator('[name=travel]').fill(locale === 'fr' ? '640,50 $' : '640.50');
			await press(say.ask);
			await expect(status(say.asked)).toBeVisible();

			const olive = await another();
			await signIn(olive, 'organizer@example.org');
			await olive.goto(`${prefix}/organize/forums/winnipeg/fees`);
			await olive.getByRole('checkbox', { name: say.person }).check();
			await press(say.mark, olive);
			await expect(status(say.marked, olive)).toBeVisible();
			await olive.goto(`${prefix}/organize/forums/winnipeg/bursaries`);
			await olive.getByRole('link', { name: say.request }).click();
			await expect(olive.getByText(`By train (${locale})`)).toBeVisible();
			await olive.locator('[name=decision][value=part]').check();
			await olive.locator('[name=reason]').fill(say.reason);
			await press(say.decide, olive);
			await expect(olive.getByRole('alert')).toContainText(say.part);
			await olive.locator('[name=granted]').fill('300');
			await press(say.decide, olive);
			await expect(status(say.decided, olive)).toBeVisible();

			await page.goto(mine);
			await expect(page.getByText(say.paid)).toBeVisible();
			await page.goto(`${mine}/bursary`);
			await expect(page.getByText(say.answer)).toBeVisible();
			await expect(page.getByText(say.reason)).toBeVisible();
			await expect(page.locator('#readings').getByRole('listitem')).not.toHaveCount(0);
		}
	);
}
