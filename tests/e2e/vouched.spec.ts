import { expect, look, signIn, test } from './fixtures';

const words = {
	en: {
		make: 'Make the spots',
		again: 'Leave this page',
		used: 'Signed in, with a code of their own',
		enter: 'Sign in with a printed code',
		signIn: 'Sign in',
		typo: 'There is a typing error in this code.',
		word: 'Write a word of at least 6 characters.',
		swap: 'Sign in with the new code',
		mine: 'Your vouched spot',
		take: 'Sign up for this session',
		account: 'You are signed in with a code.'
	},
	fr: {
		make: 'Créer les places',
		again: 'Quitter cette page',
		used: 'Session déjà ouverte, avec son propre code',
		enter: 'Se connecter avec un code imprimé',
		signIn: 'Se connecter',
		typo: 'Ce code contient une faute de frappe.',
		word: 'Écrivez un mot d’au moins 6 caractères.',
		swap: 'Se connecter avec le nouveau code',
		mine: 'Votre place parrainée',
		take: 'S’inscrire à cette séance',
		account: 'Vous utilisez un code.'
	}
};

for (const [locale, prefix, tag] of [
	['en', '', '@script'],
	['fr', '/fr', '@only-noscript']
] as const) {
	test(
		`an organizer prints a code, and its person signs in without a name (${locale})`,
		{ tag },
		async ({ page, another }) => {
			test.slow();
			const say = words[locale];
			await signIn(page, 'organizer@example.org');
			await page.goto(`${prefix}/organize/forums/winnipeg/vouched`);
			await page.locator('[name=organization]').selectOption({ index: 1 });
			await page.locator('[name=province]').selectOption('MB');
			// The forum of the sample may be full by now.
			await page.locator('[name=over_capacity]').check();
			await page.locator('[name=reason]').fill('Promised to the shelter');
			await page.getByRole('button', { name: say.make }).click();
			await look(page);
			const slip = page.locator('main [translate=no]');
			await expect(slip).toHaveCount(2);
			const code = (await slip.first().textContent())!.trim();
			expect(page.url()).not.toContain(code);

			const guest = await another();
			const press = (name: string) =>
				guest.locator('main').getByRole('button', { name, exact: true }).click();
			await guest.goto(`${prefix}/sign-in`);
			await guest.getByRole('link', { name: say.enter }).click();
			const field = guest.locator('[name=code]');
			const typo = `${code.slice(0, -1)}${code.endsWith('7') ? '8' : '7'}`;
			await field.fill(typo);
			await press(say.signIn);
			await expect(guest.locator('main')).toContainText(say.typo);
			await expect(field).toHaveValue(typo);
			await field.fill(code.toLowerCase().replaceAll('-', ' '));
			await press(say.signIn);
			const fresh = (await guest.locator('main [translate=no]').textContent())!.trim();
			expect(fresh).not.toBe(code);
			await guest.locator('[name=word]').fill('court');
			await press(say.swap);
			await expect(guest.locator('main')).toContainText(say.word);
			await expect(guest.locator('main [translate=no]')).toHaveText(fresh);
			await look(guest);
			await guest.locator('[name=word]').fill('tournesol');
			await press(say.swap);
			await expect(guest).toHaveURL(new RegExp(`${prefix}/forums/winnipeg/registration$`));
			await expect(guest.getByRole('heading', { name: say.mine })).toBeVisible();
			await look(guest);
			await guest.goto(`${prefix}/forums/winnipeg/program`);
			const choice = guest.getByRole('button', { name: say.take }).first();
			const session = await guest
				.locator('main li')
				.filter({ has: choice })
				.first()
				.getAttribute('id');
			await choice.click();
			await expect(guest).toHaveURL(new RegExp(`#${session}$`));
			await guest.goto(`${prefix}/account`);
			await expect(guest.locator('main')).toContainText(say.account);
			expect(await guest.content()).not.toContain('.invalid');

			await page.getByRole('link', { name: say.again }).click();
			await expect(page.locator('main')).not.toContainText(code);
			await expect(page.getByText(say.used).last()).toBeVisible();
		}
	);
}
