import type { Page } from '@playwright/test';
import { expect, freshPerson, look, signIn, test, visit } from './fixtures';

const words = {
	en: {
		register: 'Register for the forum',
		questions: 'Go to the questions',
		summary: 'Check your registration',
		about: 'Change your details',
		again: 'Change your answers to the questions',
		topic: 'Research and figures',
		reads: 'The organizers can read your answer until',
		tooLong: 'the limit is 1,000 characters',
		edit: 'Change your registration',
		save: 'Save your registration',
		edited: 'Your changes are saved.',
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
		questions: 'Passer aux questions',
		summary: 'Vérifier votre inscription',
		about: 'Modifier vos renseignements',
		again: 'Modifier vos réponses aux questions',
		topic: 'Recherche et chiffres',
		reads: 'L’équipe organisatrice peut lire votre réponse jusqu’au',
		tooLong: 'la limite est de 1\u00a0000 caractères',
		edit: 'Modifier votre inscription',
		save: 'Enregistrer votre inscription',
		edited: 'Vos changements sont enregistrés.',
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
			const press = (name: string) => main.getByRole('button', { name, exact: true }).click();
			const heading = page.getByRole('heading', { level: 1 });
			await press(say.questions);
			// Something is missing, and what was written is still there.
			await expect(main.locator('[role=alert] a')).toHaveCount(3);
			await expect(main.locator('[name=name]')).toHaveValue('Amira');
			// Without script the page is looked at as a copy, which is where the summary took it.
			if (locale === 'en') await look(page);

			await main.locator('[name=province]').selectOption('NS');
			await main.locator('[name=sector][value=ngo]').check();
			await main.getByLabel(say.online).check();
			await press(say.questions);

			// The questions: who reads each answer is beside it, and the consent is not given.
			const topic = main.getByLabel(say.topic);
			const text = main.locator('textarea');
			await expect(main.getByText(say.reads)).toHaveCount(4);
			await expect(main.locator('input:checked')).toHaveCount(0);
			await look(page);
			await topic.check();
			await text.fill('x'.repeat(1001));
			await press(say.summary);
			await expect(main.locator('[role=alert] a')).toHaveCount(1);
			await expect(main.locator('[role=alert]')).toContainText(say.tooLong);
			await expect(topic).toBeChecked();
			await text.fill('Who answers « at night »?');
			await press(say.summary);

			// The summary, and the way back to each step with everything in it, by buttons, by the browser and in the other language.
			await expect(heading).toHaveText(say.summary);
			await expect(main.locator('dl')).toContainText(say.topic);
			await expect(main.locator('dl')).toContainText('Who answers « at night »?');
			await look(page);
			await press(say.about);
			await expect(main.locator('[name=organization]')).toHaveValue('Sample Shelter, Halifax');
			await main.locator('[name=badge_name]').fill('Mira');
			await press(say.questions);
			await expect(text).toHaveValue('Who answers « at night »?');
			await press(say.summary);
			await expect(main.locator('dl')).toContainText('Mira');
			await page.goBack();
			await expect(text).toHaveValue('Who answers « at night »?');
			await expect(topic).toBeChecked();
			await page.goto(page.url().replace(forum, `${locale === 'fr' ? '' : '/fr'}/forums/winnipeg`));
			await expect(text).toHaveValue('Who answers « at night »?');
			await page.goto(page.url().replace(/.*\/forums\/winnipeg/, forum));
			await press(say.summary);
			await expect(heading).toHaveText(say.summary);
			await press(say.again);
			await expect(topic).toBeChecked();
			await press(say.about);
			await press(say.questions);
			await press(say.summary);
			await press(say.register);
			await expect(page).toHaveURL(new RegExp(`${forum}/registration$`));
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(say.confirmed);
			await look(page);

			// Changed later, without losing the spot.
			await expect(main.locator('dl').last()).toContainText('Who answers « at night »?');
			await main.getByRole('link', { name: say.edit }).click();
			await expect(main.locator('[name=badge_name]')).toHaveValue('Mira');
			await expect(topic).toBeChecked();
			await main.locator('[name=name]').fill('');
			await text.fill('Who pays?');
			await press(say.save);
			await expect(main.locator('[role=alert] a')).toHaveCount(1);
			await expect(text).toHaveValue('Who pays?');
			await main.locator('[name=name]').fill('Amira B.');
			await press(say.save);
			await expect(page.getByRole('status').filter({ hasText: say.edited })).toBeVisible();
			await expect(heading).toHaveText(say.confirmed);
			await expect(main.locator('dl').last()).toContainText('Who pays?');

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
	async ({ page }, { project }) => {
		// Both runs share the database, and one person would be in three windows.
		await signIn(page, project.name === 'script' ? 'sample3@example.org' : 'sample9@example.org');
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

test('who waits for a full session is offered the spot that somebody gives up', async ({
	page,
	another
}) => {
	const giver = await another();
	await signIn(giver, 'sample5@example.org');
	await signIn(page, 'sample79@example.org');
	const session = (of: Page) => of.locator('main li').filter({ hasText: 'Recruitment fees' });
	await page.goto('/forums/winnipeg/program');
	await session(page).getByRole('button', { name: 'Join the waitlist' }).click();
	await expect(session(page)).toContainText('You are on the waitlist.');
	await look(page);
	await giver.goto('/forums/winnipeg/program');
	await session(giver).getByRole('button', { name: 'Cancel your spot' }).click();
	await expect(session(giver)).not.toContainText('Your choice');
	await expect(async () => {
		await page.goto('/');
		await expect(page.getByText('is offered to you').first()).toBeVisible({ timeout: 1_000 });
	}).toPass({ timeout: 30_000 });
	await page.getByRole('link', { name: 'See the offer' }).click();
	await expect(session(page)).toContainText('A spot is offered to you.');
	await look(page);
	await session(page).getByRole('button', { name: 'Switch to this session' }).click();
	await expect(session(page)).toContainText('Your choice');
	await giver.reload();
	await expect(session(giver)).toContainText('Full.');
});

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
		await page.getByRole('button', { name: 'Go to the questions' }).click();
		await page.getByRole('button', { name: 'Check your registration' }).click();
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

test(
	'what was typed survives signing out, and a question that is added in between',
	{ tag: '@noscript' },
	async ({ page, another }) => {
		test.slow();
		const editor = await another();
		await signIn(editor, 'organizer@example.org');
		await editor.goto('/organize/forums/new');
		const write = async (on: typeof page, fields: Record<string, string>) => {
			for (const [name, value] of Object.entries(fields)) {
				await on.locator(`main [name=${name}]`).fill(value);
			}
		};
		await write(editor, {
			name_en: 'Forum in Sudbury',
			name_fr: 'Forum à Sudbury',
			city: 'Sudbury',
			starts_on: '2033-05-02',
			ends_on: '2033-05-02'
		});
		const edit = (name: string) =>
			editor.locator('main').getByRole('button', { name, exact: true }).click();
		await edit('Create the forum');
		const slug = new URL(editor.url()).pathname.split('/').at(-1)!;
		await write(editor, {
			place_en: 'Sudbury, Ontario',
			place_fr: 'Sudbury (Ontario)',
			objectives_en: 'Meet.',
			objectives_fr: 'Se réunir.',
			registration_opens_at: '2026-01-01T09:00',
			registration_closes_at: '2033-04-01T17:00',
			capacity_in_person: '5'
		});
		await edit('Save the forum');

		// A question lacks a language: the forum is not published, and the site says which one.
		const questions = `/organize/forums/${slug}/questions`;
		await visit(editor, questions);
		await write(editor, { text_en: 'What do you bring?' });
		await edit('Save the question');
		await expect(editor.locator('main')).toContainText('Missing: the question in French.');
		await look(editor);
		await editor.goto(`/organize/forums/${slug}`);
		await edit('Publish the forum');
		await expect(editor.getByRole('alert')).toContainText('not complete in both languages: 1.');
		await editor.goto(questions);
		await editor.getByRole('link', { name: 'What do you bring?' }).click();
		await write(editor, { text_fr: 'Qu’apportez-vous?' });
		await edit('Save the question');
		await editor.goto(`/organize/forums/${slug}`);
		await edit('Publish the forum');
		await expect(editor.getByText('The forum is published.')).toBeVisible();

		await signIn(page, freshPerson(), { fresh: true });
		await page.goto(`/forums/${slug}/register`);
		const main = page.locator('main');
		const press = (name: string) => main.getByRole('button', { name, exact: true }).click();
		await main.locator('[name=name]').fill('Amira of the House');
		await main.locator('[name=province]').selectOption('ON');
		await main.locator('[name=sector][value=ngo]').check();
		await main.locator('[name=mode]').check();
		await press('Go to the questions');
		await main.locator('textarea').fill('A list of shelters');
		await press('Check your registration');

		// One more answer is needed now: the summary leads back to the questions, with all that was typed.
		await editor.goto(questions);
		await editor.locator('[name=kind]').selectOption('code_of_conduct');
		await write(editor, { text_en: 'We listen.', text_fr: 'Nous écoutons.' });
		await edit('Save the question');
		await press('Register for the forum');
		await expect(main.getByRole('alert')).toContainText('Check the box to accept it.');
		await expect(main.locator('textarea')).toHaveValue('A list of shelters');
		await look(page);
		await main.getByLabel('I accept the code of conduct').check();
		await press('Check your registration');

		// Signed out in between: everything comes back after signing in.
		const cookies = await page.context().cookies();
		await page.context().clearCookies();
		await press('Register for the forum');
		await expect(main).toContainText('A list of shelters');
		await page.context().addCookies(cookies);
		await main.getByRole('button').first().click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(
			'Your registration is confirmed'
		);
		await expect(main).toContainText('A list of shelters');

		// Answered: its text stays, and a hidden one is not asked again.
		await editor.goto(questions);
		await editor.getByRole('link', { name: 'What do you bring?' }).click();
		await look(editor);
		await write(editor, { text_en: 'What else?' });
		await edit('Save the question');
		await expect(editor.getByRole('alert')).toContainText('Somebody has answered this question.');
		await expect(editor.locator('[name=text_en]')).toHaveValue('What else?');
		await editor.goto(questions);
		await editor.getByRole('link', { name: 'What do you bring?' }).click();
		await edit('Move the question down');
		await expect(editor.locator('main li a[href*="question="]').first()).toHaveText('We listen.');
		await edit('Hide the question');
		await expect(editor.locator('main')).toContainText('Hidden');
	}
);
