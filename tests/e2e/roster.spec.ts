import type { Page } from '@playwright/test';
import { expect, freshPerson, look, signIn, test, visit } from './fixtures';

const organizer = 'organizer@example.org';
const words = {
	en: {
		create: 'Create the forum',
		save: 'Save the forum',
		publish: 'Publish the forum',
		everyone: 'Everyone’s',
		saveRules: 'Save the settings',
		savedRules: 'The settings are saved.',
		hours: 'An offer lasts from 1 to 240 hours.',
		check: 'Check your registration',
		register: 'Register for the forum',
		waits: 'Your registration waits for approval',
		confirmed: 'Your registration is confirmed',
		refused: 'Your registration was not approved',
		reasonRead: 'Reason: Not of the network',
		toApprove: 'To approve (2)',
		nobody: 'Choose at least one person.',
		approve: 'Approve',
		refuse: 'Refuse',
		noReason: 'Write a reason of 3 to 500 characters.',
		reaches: 'You approve 1 registration.',
		doApprove: 'Approve 1 registration',
		doRefuse: 'Refuse 1 registration',
		back: 'Back, without deciding',
		isConfirmed: '1 registration is confirmed.',
		isRefused: '1 registration is refused.',
		already: '1 registration was already decided by someone else and did not change.',
		history: 'By ',
		invite: 'Send the invitations',
		invited: '1 invitation is sent.',
		end: 'End the invitation',
		ended: 'The invitation has ended.',
		email: 'Email people of this forum',
		preview: 'See the email before sending',
		missing: '3 and 4,000 characters',
		change: 'Change the email',
		send: 'Send to 1 person',
		sent: 'The email is sent to 1 person.',
		written: 'The room is on the second floor.'
	},
	fr: {
		create: 'Créer le forum',
		save: 'Enregistrer le forum',
		publish: 'Publier le forum',
		everyone: 'Toutes',
		saveRules: 'Enregistrer les réglages',
		savedRules: 'Les réglages sont enregistrés.',
		hours: 'Une offre dure de 1 à 240 heures.',
		check: 'Vérifier votre inscription',
		register: 'S’inscrire au forum',
		waits: 'Votre inscription attend une approbation',
		confirmed: 'Votre inscription est confirmée',
		refused: 'Votre inscription n’a pas été approuvée',
		reasonRead: 'Raison : Not of the network',
		toApprove: 'À approuver (2)',
		nobody: 'Choisissez au moins une personne.',
		approve: 'Approuver',
		refuse: 'Refuser',
		noReason: 'Écrivez une raison de 3 à 500 caractères.',
		reaches: 'Vous approuvez 1 inscription.',
		doApprove: 'Approuver 1 inscription',
		doRefuse: 'Refuser 1 inscription',
		back: 'Revenir sans décider',
		isConfirmed: '1 inscription est confirmée.',
		isRefused: '1 inscription est refusée.',
		already: '1 inscription avait déjà été décidée par quelqu’un d’autre et n’a pas changé.',
		history: 'Par ',
		invite: 'Envoyer les invitations',
		invited: '1 invitation est envoyée.',
		end: 'Mettre fin à l’invitation',
		ended: 'L’invitation a pris fin.',
		email: 'Écrire aux personnes inscrites',
		preview: 'Voir le courriel avant l’envoi',
		missing: '3 à 4 000 caractères',
		change: 'Modifier le courriel',
		send: 'Envoyer à 1 personne',
		sent: 'Le courriel est envoyé à 1 personne.',
		written: 'La salle est au deuxième étage.'
	}
};

// A server that is busy asks later what has changed.
const soon = { timeout: 15_000 };

// In English with script, in French without.
for (const [locale, prefix, tag] of [
	['en', '', '@script'],
	['fr', '/fr', '@only-noscript']
] as const) {
	test(
		`an organizer approves one registration, refuses another, and emails who comes (${locale})`,
		{ tag },
		async ({ page, another }) => {
			test.slow();
			const say = words[locale];
			const main = page.locator('main');
			const press = (name: string) => main.getByRole('button', { name, exact: true }).click();
			const said = (text: string) =>
				expect(main.getByRole('status').filter({ hasText: text })).toBeVisible();
			await signIn(page, organizer);
			const slug = await openForum(page, prefix, say);
			const here = `${prefix}/organize/forums/${slug}/people`;

			// Whose registration is approved.
			await visit(page, `${here}/rules`);
			await page.getByLabel(say.everyone, { exact: false }).first().check();
			await page.locator('[name=offer_hours]').fill('999');
			await press(say.saveRules);
			await expect(main.getByRole('alert')).toContainText(say.hours);
			await expect(page.locator('[name=approval][value=all]')).toBeChecked();
			await page.locator('[name=offer_hours]').fill('24');
			await press(say.saveRules);
			await said(say.savedRules);

			const amira = await another();
			const bela = await another();
			for (const [reader, name] of [
				[amira, 'Amira'],
				[bela, 'Béla']
			] as const) {
				await signIn(reader, freshPerson(), { locale, fresh: true });
				await reader.goto(`${prefix}/forums/${slug}`);
				await reader.getByRole('link', { name: say.register }).first().click();
				await register(reader, name);
				await reader.locator('main').getByRole('button', { name: say.check }).click();
				await reader.locator('main').getByRole('button', { name: say.register }).click();
				await expect(reader.getByRole('heading', { level: 1 })).toHaveText(say.waits);
			}

			await page.goto(here);
			await page.getByRole('link', { name: say.toApprove }).click();
			await expect(page).toHaveURL(/status=pending/);
			await look(page);
			await press(say.approve);
			await expect(main.getByRole('alert')).toContainText(say.nobody);

			// Nothing is decided before the second button, and what was chosen is there on the way back.
			await box(page, 'Amira').check();
			await press(say.approve);
			await expect(main).toContainText(say.reaches);
			await expect(main).toContainText(say.confirmed);
			await look(page);
			await press(say.back);
			await expect(box(page, 'Amira')).toBeChecked();
			await expect(box(page, 'Béla')).not.toBeChecked();
			await visit(amira, `${prefix}/forums/${slug}/registration`);
			await expect(amira.getByRole('heading', { level: 1 })).toHaveText(say.waits);

			// Of two organizers the first decides.
			const other = await another();
			await signIn(other, organizer);
			await other.goto(`${here}?status=pending`);
			await box(other, 'Amira').check();
			await other.getByRole('button', { name: say.approve, exact: true }).click();
			await press(say.approve);
			await press(say.doApprove);
			await said(say.isConfirmed);
			await expect(page).toHaveURL(/status=pending/);
			await other.getByRole('button', { name: say.doApprove, exact: true }).click();
			await expect(other.getByRole('status')).toContainText(say.already);
			// With script the page that Amira has open says so by itself.
			if (locale === 'fr') await visit(amira, `${prefix}/forums/${slug}/registration`);
			await expect(amira.getByRole('heading', { level: 1 })).toHaveText(say.confirmed, soon);
			const typed = amira.locator('main [name=email]');
			if (locale === 'en') {
				await expect(amira.locator('[aria-live]').getByText(say.confirmed)).toBeAttached();
				await typed.fill('colleague@exam');
			}

			await box(page, 'Béla').check();
			await press(say.refuse);
			await expect(main.getByRole('alert')).toContainText(say.noReason);
			await expect(box(page, 'Béla')).toBeChecked();
			await page.locator('[name=reason]').fill('Not of the network');
			await press(say.refuse);
			// What the person reads.
			await expect(main).toContainText(say.reasonRead);
			await press(say.doRefuse);
			await said(say.isRefused);
			if (locale === 'en') {
				await expect(amira.getByText('Something on this page has changed.')).toBeVisible(soon);
				await expect(typed).toHaveValue('colleague@exam');
			}
			await visit(bela, `${prefix}/forums/${slug}/registration`);
			await expect(bela.getByRole('heading', { level: 1 })).toHaveText(say.refused);
			await expect(bela.locator('main')).toContainText(say.reasonRead);

			// An email in one language is not sent; what was written is there after each step.
			await page.goto(here);
			await page.getByRole('link', { name: say.email }).click();
			await fill(page, {
				subject_en: 'About the room',
				subject_fr: 'À propos de la salle',
				text_en: words.en.written
			});
			await press(say.preview);
			await expect(page.locator('#mailing-text_fr-error')).toContainText(say.missing);
			await page.locator('[name=text_fr]').fill(words.fr.written);
			await press(say.preview);
			for (const { written } of Object.values(words)) {
				await expect(main.getByText(written)).toBeVisible();
			}
			await look(page);
			await press(say.change);
			await expect(page.locator('[name=text_en]')).toHaveValue(words.en.written);
			await press(say.preview);
			await press(say.send);
			await said(say.sent);
			await amira.goto(`${prefix}/forums/${slug}/registration`);
			await expect(amira.getByText(say.written)).toBeVisible();
			const file = await amira.request.get(`${prefix}/forums/${slug}/registration/calendar`);
			expect(file.headers()['content-type']).toContain('text/calendar');
			expect(await file.text()).toContain('DTSTART;VALUE=DATE:20310602');

			// The story of one person says by whom and why.
			await page.goto(`${here}?status=refused`);
			await page.getByRole('link', { name: 'Béla' }).click();
			await expect(main).toContainText(say.reasonRead);
			await expect(main).toContainText(say.history);
			await look(page);

			const guest = freshPerson();
			await page.goto(`${here}/rules`);
			await page.locator('[name=emails]').fill(`Guest <${guest}>\nnobody`);
			await press(say.invite);
			await expect(main.getByRole('alert')).toContainText('nobody');
			await page.locator('[name=emails]').fill(`Guest <${guest}>`);
			await page.locator('[name=holds_spot]').check();
			await press(say.invite);
			// The one spot is Amira's: what was typed stays.
			await expect(main.getByRole('alert')).toBeVisible();
			await expect(page.locator('[name=emails]')).toHaveValue(`Guest <${guest}>`);
			await page.locator('[name=holds_spot]').uncheck();
			await press(say.invite);
			await said(say.invited);
			await expect(main).toContainText(guest);
			await look(page);
			await main.getByRole('button', { name: new RegExp(`^${say.end}`) }).click();
			await said(say.ended);
			await expect(main).not.toContainText(guest);
		}
	);
}

/** A published forum with one online spot that takes registrations. @returns its slug */
async function openForum(
	page: Page,
	prefix: string,
	say: (typeof words)['en' | 'fr']
): Promise<string> {
	const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
	await page.goto(`${prefix}/organize/forums/new`);
	await fill(page, {
		name_en: 'Forum in Gatineau',
		name_fr: 'Forum à Gatineau',
		city: 'Gatineau',
		starts_on: '2031-06-02',
		ends_on: '2031-06-03'
	});
	await page.locator('[name=time_zone]').selectOption('America/Toronto');
	await press(say.create);
	await fill(page, {
		place_en: 'Gatineau, Quebec',
		place_fr: 'Gatineau (Québec)',
		objectives_en: 'Meet.',
		objectives_fr: 'Se réunir.',
		registration_opens_at: '2026-01-01T09:00',
		registration_closes_at: '2031-05-01T17:00',
		capacity_online: '1'
	});
	await press(say.save);
	await press(say.publish);
	return new URL(page.url()).pathname.split('/').at(-1)!;
}

async function register(page: Page, name: string): Promise<void> {
	const main = page.locator('main');
	await main.locator('[name=name]').fill(name);
	await main.locator('[name=province]').selectOption('QC');
	await main.locator('[name=sector][value=ngo]').check();
	await main.locator('[name=mode]').check();
}

function box(page: Page, name: string) {
	return page.getByRole('checkbox', { name });
}

async function fill(page: Page, fields: Record<string, string>): Promise<void> {
	for (const [name, value] of Object.entries(fields)) {
		await page.locator(`[name=${name}]`).fill(value);
	}
}
