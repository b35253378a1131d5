import { expect, freshPerson, look, signIn, test, visit } from './fixtures';

const words = {
	en: {
		register: 'Register for the forum',
		confirmed: 'Your registration is confirmed',
		take: 'Sign up for this session',
		swap: 'Switch to this session',
		mine: 'Your choice',
		clash: 'At the same time as the session you chose',
		cancel: 'Cancel your registration',
		sure: 'Yes, cancel your registration',
		cancelled: 'Your registration is cancelled',
		unfit: 'You are registered to attend online',
		online: 'Online'
	},
	fr: {
		register: 'S’inscrire au forum',
		confirmed: 'Votre inscription est confirmée',
		take: 'S’inscrire à cette séance',
		swap: 'Choisir plutôt cette séance',
		mine: 'Votre choix',
		clash: 'En même temps que la séance que vous avez choisie',
		cancel: 'Annuler votre inscription',
		sure: 'Oui, annuler votre inscription',
		cancelled: 'Votre inscription est annulée',
		unfit: 'Vous participez en ligne',
		online: 'En ligne'
	}
};

// The whole way of a newcomer, in English with script and in French without.
for (const [locale, prefix, tag] of [
	['en', '', '@script'],
	['fr', '/fr', '@only-noscript']
] as const) {
	test(
		`a new person registers, chooses, meets a clash, swaps, cancels (${locale})`,
		{ tag },
		async ({ page }) => {
			// Many pages, each looked at twice: more than the usual time on a busy machine.
			test.slow();
			const say = words[locale];
			const forum = `${prefix}/forums/winnipeg`;
			await signIn(page, freshPerson(), { locale, fresh: true });

			await visit(page, forum);
			await page.getByRole('link', { name: say.register }).first().click();
			const main = page.locator('main');
			await main.locator('[name=name]').fill('Amira');
			await main.locator('[name=organization]').fill('Sample Shelter, Halifax');
			await main.getByRole('button', { name: say.register }).click();
			// Something is missing, and what was written is still there.
			await expect(main.locator('[role=alert] a')).toHaveCount(3);
			await expect(main.locator('[name=name]')).toHaveValue('Amira');
			// Without script the page is looked at as a copy, which is where the summary took it.
			if (locale === 'en') await look(page);

			await main.locator('[name=province]').selectOption('NS');
			await main.locator('[name=sector][value=ngo]').check();
			await main.getByLabel(say.online).check();
			await main.getByRole('button', { name: say.register }).click();
			await expect(page).toHaveURL(new RegExp(`${forum}/registration$`));
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(say.confirmed);
			await look(page);

			await visit(page, `${forum}/program`);
			const choices = main
				.locator('li')
				.filter({ has: page.getByRole('button', { name: say.take }) });
			// Nobody who takes part online can sign up for a room: no button, but the reason.
			const unfit = main.locator('li').filter({ hasText: say.unfit });
			await expect(unfit.first()).toBeVisible();
			await expect(unfit.getByRole('button')).toHaveCount(0);
			await expect(unfit.getByRole('link').first()).toHaveAttribute(
				'href',
				`${forum}/registration#answers`
			);
			const first = await choices.first().getAttribute('id');
			await main.locator(`#${first}`).getByRole('button', { name: say.take }).click();
			await expect(main.locator(`#${first}`)).toContainText(say.mine);
			await expect(page).toHaveURL(new RegExp(`#${first}$`));

			const other = main.locator('li').filter({ hasText: say.clash }).first();
			const second = await other.getAttribute('id');
			await look(page);
			await other.getByRole('button', { name: say.swap }).click();
			await expect(main.locator(`#${second}`)).toContainText(say.mine);
			await expect(main.locator(`#${first}`)).toContainText(say.clash);

			await page.goto(`${forum}/registration`);
			const trigger = main.getByRole('button', { name: say.cancel, exact: true });
			const plain = main.getByRole('link', { name: say.cancel, exact: true });
			await trigger.or(plain).click();
			await look(page);
			await page.getByRole('button', { name: say.sure }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(say.cancelled);
			await page.goto(`${forum}/program`);
			await expect(main.getByText(say.mine)).toHaveCount(0);
		}
	);
}

test(
	'two windows choose at the same time: the second learns why, and its first choice stays',
	{ tag: '@noscript' },
	async ({ page }) => {
		await signIn(page, 'sample3@example.org');
		await page.goto('/forums/winnipeg/program');
		const leave = page.getByRole('button', { name: 'Cancel your spot' });
		while ((await leave.count()) > 0) await leave.first().click();
		const stale = await page.context().newPage();
		await stale.goto('/forums/winnipeg/program');
		const take = page.getByRole('button', { name: 'Sign up for this session' });
		await take.first().click();
		await expect(leave).toHaveCount(1);
		await stale
			.locator('main li')
			.getByRole('button', { name: 'Sign up for this session' })
			.nth(1)
			.click();
		await expect(stale.getByRole('alert')).toContainText(
			'You chose another session at the same time'
		);
		await look(stale);
		await expect(stale.getByRole('button', { name: 'Cancel your spot' })).toHaveCount(1);
		await stale.close();
	}
);

test(
	'what is closed to government says so, with the reason',
	{ tag: '@noscript' },
	async ({ page }) => {
		await signIn(page, 'government@example.org');
		await visit(page, '/forums/winnipeg/program');
		const closed = page.locator('main li').filter({ hasText: 'advocacy plan' });
		await expect(closed).toContainText('Closed to government and police');
		await expect(closed.getByRole('button')).toHaveCount(0);
	}
);

test(
	'a forum of which no hours are known is a plain list',
	{ tag: '@noscript' },
	async ({ page }) => {
		await visit(page, '/fr/forums/2011/program');
		await expect(page.getByText('Aucune heure')).toBeVisible();
		await expect(page.locator('main time')).toHaveCount(0);
	}
);

test(
	'somebody who asks for neutral subjects gets no other from the first email on',
	{ tag: '@noscript' },
	async ({ page }) => {
		const email = freshPerson();
		await signIn(page, email, { fresh: true });
		await visit(page, '/forums/winnipeg/register');
		await page.getByLabel('Your name').fill('Amira');
		await page.getByLabel('Province or territory').selectOption('NS');
		await page.getByLabel('Non-governmental organization').check();
		await page.getByLabel('Online').check();
		await page.getByLabel('Discreet subject lines').check();
		await page.getByRole('button', { name: 'Register for the forum' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(
			'Your registration is confirmed'
		);

		await page.goto('/mailbox');
		const emails = page.locator('main section').filter({ hasText: email });
		await expect(emails).toHaveCount(2);
		await expect(emails.getByRole('heading')).toHaveText([
			'A message for you',
			'Your sign-in code'
		]);
		await expect(emails.first()).not.toContainText(/Winnipeg|Forum/);
		await page.goto('/account');
		await expect(page.getByLabel('Discreet subject lines')).toBeChecked();
	}
);
