import { expect, freshPerson, look, signIn, test } from './fixtures';

const words = {
	en: {
		ask: 'Ask to join the network',
		send: 'Send your request',
		missing: 'Write the reason for your request.',
		sent: 'Your request is sent.',
		about: 'We run a shelter in Brandon. (en)',
		accept: /^Accept the request from Noor en/,
		accepted: 'It is accepted. The person gets an email.',
		welcome: 'Welcome',
		help: 'Offer your help',
		choose: 'Choose at least one way to help.',
		offered: 'Your offer is sent.',
		fold: /^Decline with a reason from Noor en/,
		decline: /^Decline the offer from Noor en/,
		declined: 'It is declined. The person gets an email with the reason.',
		reason: 'Enough people take notes. (en)'
	},
	fr: {
		ask: 'Demander à faire partie du réseau',
		send: 'Envoyer votre demande',
		missing: 'Écrivez la raison de votre demande.',
		sent: 'Votre demande est envoyée.',
		about: 'Nous avons un refuge à Brandon. (fr)',
		accept: /^Accepter la demande \(Noor fr/,
		accepted: 'C’est accepté. La personne reçoit un courriel.',
		welcome: 'Bienvenue',
		help: 'Offrir votre aide',
		choose: 'Choisissez au moins une façon d’aider.',
		offered: 'Votre offre est envoyée.',
		fold: /^Refuser en donnant une raison \(Noor fr/,
		decline: /^Refuser l’offre \(Noor fr/,
		declined: 'C’est refusé. La personne reçoit un courriel avec la raison.',
		reason: 'Assez de personnes prennent des notes. (fr)'
	}
};

for (const [locale, prefix, tag] of [
	['en', '', '@script'],
	['fr', '/fr', '@only-noscript']
] as const) {
	test(
		`somebody asks to join, is welcomed to a committee, and offers help (${locale})`,
		{ tag },
		async ({ page, another }) => {
			test.slow();
			const say = words[locale];
			const press = (name: string | RegExp, on = page) => on.getByRole('button', { name }).click();
			const status = (hasText: string, on = page) => on.getByRole('status').filter({ hasText });
			await signIn(page, freshPerson(), { locale });
			await page.goto(`${prefix}/account`);
			await page.locator('[name=name]').fill(`Noor ${locale}`);
			await page.locator('[name=province]').selectOption('MB');
			await page.locator('[name=sector]').selectOption('ngo');
			await page.locator('form#profile button').last().click();
			await page.getByRole('link', { name: say.ask }).click();
			await page.locator('[name=committees][value=migrant-workers]').check();
			await press(say.send);
			await expect(page.getByRole('alert')).toContainText(say.missing);
			await expect(page.locator('[name=committees][value=migrant-workers]')).toBeChecked();
			await page.locator('[name=about]').fill(say.about);
			await press(say.send);
			await expect(status(say.sent)).toBeVisible();
			await expect(page.locator('[name=about]')).toHaveValue(say.about);

			const olive = await another();
			await signIn(olive, 'organizer@example.org');
			await olive.goto(`${prefix}/organize/joining`);
			await expect(olive.getByText(say.about)).toBeVisible();
			await press(say.accept, olive);
			await expect(status(say.accepted, olive)).toBeVisible();
			await expect(olive.getByText(say.about)).toHaveCount(0);

			await page.goto(`${prefix}/`);
			await expect(page.getByRole('link', { name: say.ask })).toHaveCount(0);
			await expect(page.locator('a[href$="/committees/migrant-workers"]').first()).toBeVisible();
			await page.goto(`${prefix}/committees`);
			await expect(page.getByRole('link', { name: say.ask })).toHaveCount(0);

			await page.goto(`${prefix}/forums/winnipeg`);
			await page.getByRole('link', { name: say.help }).click();
			await press(say.help);
			await expect(page.getByRole('alert')).toContainText(say.choose);
			await page.locator('[name=help][value=notes]').check();
			await press(say.help);
			await expect(status(say.offered)).toBeVisible();

			await olive.goto(`${prefix}/organize/joining`);
			await olive.locator('summary').filter({ hasText: say.fold }).click();
			const form = olive
				.locator('form')
				.filter({ has: olive.getByRole('button', { name: say.decline }) });
			await press(say.decline, olive);
			await expect(olive.getByRole('alert')).toContainText('500');
			await look(olive);
			await form.locator('[name=reason]').fill(say.reason);
			await press(say.decline, olive);
			await expect(status(say.declined, olive)).toBeVisible();
			await page.reload();
			await expect(page.getByText(say.reason)).toBeVisible();
			await olive.goto('/mailbox');
			await expect(olive.getByText(say.welcome, { exact: true }).first()).toBeVisible();
		}
	);
}
