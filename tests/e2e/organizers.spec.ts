import type { Page } from '@playwright/test';
import { expect, freshPerson, look, signIn, test } from './fixtures';

const organizer = 'organizer@example.org';
const words = {
	en: {
		fresh: 'New forum',
		create: 'Create the forum',
		save: 'Save the forum',
		saved: 'The forum is saved.',
		publish: 'Publish the forum',
		published: 'The forum is published.',
		lacks: 'the place in English',
		facts: 'Save this information',
		half: 'the parent event in French',
		close: 'Close registration now',
		open: 'Reopen registration',
		closed: 'Registration closed on',
		copy: 'Copy this forum',
		copied: 'Yes, copy the forum',
		unwanted: 'Delete the draft',
		unwantedSure: 'Yes, delete the draft',
		deleted: 'The draft is deleted.',
		past: 'Save the meeting',
		entered: 'You can enter another one.',
		over: 'Over 50 people',
		order: 'The last day is before the first day.',
		below: '1 person is confirmed online.',
		cancel: 'Cancel the forum',
		sure: 'Yes, cancel the forum',
		cancelled: 'The forum is cancelled.',
		off: 'This forum will not take place.',
		register: 'Register for the forum',
		check: 'Check your registration',
		confirmed: 'Your registration is confirmed',
		email: 'The event will not take place'
	},
	fr: {
		fresh: 'Nouveau forum',
		create: 'Créer le forum',
		save: 'Enregistrer le forum',
		saved: 'Le forum est enregistré.',
		publish: 'Publier le forum',
		published: 'Le forum est publié.',
		lacks: 'le lieu en anglais',
		facts: 'Enregistrer ces renseignements',
		half: 'l’événement associé en français',
		close: 'Fermer les inscriptions maintenant',
		open: 'Rouvrir les inscriptions',
		closed: 'Les inscriptions ont pris fin',
		copy: 'Copier ce forum',
		copied: 'Oui, copier le forum',
		unwanted: 'Supprimer l’ébauche',
		unwantedSure: 'Oui, supprimer l’ébauche',
		deleted: 'L’ébauche est supprimée.',
		past: 'Enregistrer la rencontre',
		entered: 'Vous pouvez en ajouter une autre.',
		over: 'Plus de 50 personnes',
		order: 'Le dernier jour précède le premier.',
		below: '1 inscription est confirmée en ligne.',
		cancel: 'Annuler le forum',
		sure: 'Oui, annuler le forum',
		cancelled: 'Le forum est annulé.',
		off: 'Ce forum n’aura pas lieu.',
		register: 'S’inscrire au forum',
		check: 'Vérifier votre inscription',
		confirmed: 'Votre inscription est confirmée',
		email: 'L’activité n’aura pas lieu'
	}
};

// The whole life of a forum, in English with script and in French without.
for (const [locale, prefix, tag] of [
	['en', '', '@script'],
	['fr', '/fr', '@only-noscript']
] as const) {
	test(
		`an organizer makes, publishes, cancels and copies a forum, somebody registers, and a past meeting is entered (${locale})`,
		{ tag },
		async ({ page, another }) => {
			test.slow();
			const say = words[locale];
			const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
			await signIn(page, organizer);
			await page.goto(`${prefix}/organize`);
			await page.getByRole('link', { name: say.fresh }).click();
			await fill(page, {
				name_en: `Forum in Moncton (${locale})`,
				name_fr: `Forum à Moncton (${locale})`,
				city: 'Moncton',
				starts_on: '2031-05-02',
				ends_on: '2031-05-01'
			});
			await page.locator('[name=time_zone]').selectOption('America/Halifax');
			await press(say.create);
			// What is wrong is said beside the field, and what was typed is there.
			await expect(page.getByRole('alert')).toContainText(say.order);
			await expect(page.locator('[name=city]')).toHaveValue('Moncton');
			await expect(page.locator('[name=time_zone]')).toHaveValue('America/Halifax');
			await look(page);
			await fill(page, { ends_on: '2031-05-03' });
			await press(say.create);
			await expect(page).toHaveURL(/\/organize\/forums\/moncton-2031(-\d)?$/);
			const slug = new URL(page.url()).pathname.split('/').at(-1)!;
			const here = `${prefix}/organize/forums/${slug}`;
			await expect(page.getByText(say.lacks)).toBeVisible();
			await look(page);

			await fill(page, {
				place_en: 'Moncton, New Brunswick, and online',
				place_fr: 'Moncton (Nouveau-Brunswick) et en ligne',
				objectives_en: 'Meet.\nDecide.',
				objectives_fr: 'Se réunir.\nDécider.',
				registration_opens_at: '2026-01-01T09:00',
				registration_closes_at: '2031-04-01T17:00',
				capacity_online: '2'
			});
			await press(say.save);
			await expect(page.getByRole('status').filter({ hasText: say.saved })).toBeVisible();
			await expect(page.getByText(say.lacks)).toHaveCount(0);
			await expect(page.locator('[name=registration_closes_at]')).toHaveValue('2031-04-01T17:00');

			await page.goto(`${here}/facts`);
			await look(page);
			await fill(page, { beside_en: 'Fall consultation', papers_en: 'No link' });
			await press(say.facts);
			await expect(page.getByRole('alert')).toContainText('https://');
			await expect(page.locator('[name=beside_en]')).toHaveValue('Fall consultation');
			await fill(page, { papers_en: 'A paper https://example.org/paper' });
			await press(say.facts);
			await page.goto(here);
			await page.getByRole('link', { name: say.half }).click();
			await fill(page, { beside_fr: 'Consultation d’automne' });
			await press(say.facts);
			await page.goto(here);
			await expect(page.getByText(say.half)).toHaveCount(0);

			const reader = await another();
			const hidden = await reader.goto(`${prefix}/forums/${slug}`);
			expect(hidden?.status()).toBe(404);
			await press(say.publish);
			await expect(page.getByRole('status').filter({ hasText: say.published })).toBeVisible();

			await press(say.close);
			await reader.goto(`${prefix}/forums/${slug}`);
			await expect(reader.getByText(say.closed)).toBeVisible();
			await expect(reader.getByRole('link', { name: 'A paper' })).toBeVisible();
			await press(say.open);

			const address = freshPerson();
			await signIn(reader, address, { locale, fresh: true });
			await reader.goto(`${prefix}/forums/${slug}`);
			await reader.getByRole('link', { name: say.register }).first().click();
			const main = reader.locator('main');
			await main.locator('[name=name]').fill('Amira');
			await main.locator('[name=province]').selectOption('NB');
			await main.locator('[name=sector][value=ngo]').check();
			await main.locator('[name=mode]').check();
			await main.getByRole('button', { name: say.check }).click();
			await main.getByRole('button', { name: say.register }).click();
			await expect(reader.getByRole('heading', { level: 1 })).toHaveText(say.confirmed);

			await page.goto(here);
			const before = {
				objectives_fr: await page.locator('[name=objectives_fr]').inputValue(),
				place_en: await page.locator('[name=place_en]').inputValue()
			};
			await fill(page, { objectives_fr: '', place_en: '' });
			await press(say.save);
			for (const name of ['objectives_fr', 'place_en']) {
				await expect(page.locator(`[name=${name}]`)).toHaveAttribute('aria-invalid', 'true');
			}

			await fill(page, { ...before, capacity_in_person: '5', capacity_online: '0' });
			await press(say.save);
			await expect(page.getByRole('alert')).toContainText(say.below);
			await expect(page.locator('[name=capacity_online]')).toHaveValue('0');

			await page.goto(here);
			await page.getByRole('link', { name: say.cancel }).click();
			await look(page);
			await press(say.sure);
			await expect(page.getByRole('status').filter({ hasText: say.cancelled })).toBeVisible();
			await reader.goto(`${prefix}/forums/${slug}/registration`);
			await expect(main).toContainText(say.off);
			await reader.goto(`${prefix}/mailbox`);
			const email = main.locator('section').filter({ hasText: address });
			await expect(email.filter({ hasText: say.email })).toHaveCount(1);

			await page.goto(here);
			await page.getByRole('link', { name: say.copy }).click();
			await look(page);
			await page.locator('dialog [name=starts_on]').fill('2032-05-07');
			await press(say.copied);
			await expect(page).toHaveURL(/\/organize\/forums\/moncton-2032(-\d)?$/);
			await expect(page.locator('[name=name_fr]')).toHaveValue(/\(copie\)$/);
			await expect(page.locator('[name=ends_on]')).toHaveValue('2032-05-08');
			await page.getByRole('link', { name: say.unwanted }).click();
			await look(page);
			await press(say.unwantedSure);
			await expect(page.getByRole('status')).toContainText(say.deleted);
			await expect(page).toHaveURL(/\/organize$/);

			await page.goto(`${prefix}/organize/forums/past`);
			const name = `Meeting in Windsor, 2009 (${locale})`;
			await fill(page, { name_en: name, name_fr: name, first: 'spring' });
			await fill(page, { place_en: 'Windsor', place_fr: 'Windsor', city: 'Windsor' });
			await page.locator('[name=participants_qualifier]').selectOption('over');
			await fill(page, { participants: '50' });
			await press(say.past);
			await expect(page.getByRole('alert')).toContainText('2011-05');
			await fill(page, { first: '2009' });
			await press(say.past);
			await expect(page.getByRole('status')).toContainText(say.entered);
			await reader.goto(`${prefix}/forums`);
			await expect(main.locator('li').filter({ hasText: name })).toContainText(say.over);
		}
	);
}

test('two organizers who save the same forum see both versions', async ({ page, another }) => {
	await signIn(page, organizer);
	const other = await another();
	await signIn(other, organizer);
	for (const one of [page, other]) await one.goto('/organize/forums/regina');
	const stored = await page.locator('[name=city]').inputValue();
	await fill(page, { city: 'Regina North' });
	await page.getByRole('button', { name: 'Save the meeting' }).click();
	await expect(page.getByRole('status')).toContainText('The forum is saved.');
	await fill(other, { city: stored });
	await other.getByRole('button', { name: 'Save the meeting' }).click();
	await expect(other.getByRole('alert')).toContainText('Someone else saved this forum');
	await expect(other.getByRole('region', { name: 'The saved text' })).toContainText('Regina North');
	await look(other);
	await other.getByRole('button', { name: 'Save the meeting' }).click();
	await expect(other.getByRole('status')).toContainText('The forum is saved.');
});

async function fill(page: Page, fields: Record<string, string>): Promise<void> {
	for (const [name, value] of Object.entries(fields)) {
		await page.locator(`[name=${name}]`).fill(value);
	}
}

for (const [locale, prefix, tag, say, verbs] of [
	[
		'en',
		'',
		'@script',
		['Save the session', 'The session is saved.', 'not within the days', 'in one language only'],
		['Release the program', 'Release version', 'is released', 'Delete the session']
	],
	[
		'fr',
		'/fr',
		'@only-noscript',
		[
			'Enregistrer la séance',
			'La séance est enregistrée.',
			'n’est pas comprise',
			'une seule langue'
		],
		['Publier le programme', 'Publier la version', 'est publiée', 'Supprimer la séance']
	]
] as const) {
	test(`an organizer writes and releases the program (${locale})`, { tag }, async ({ page }) => {
		const [save, saved, outside, oneSided] = say;
		const [toRelease, release, released, remove] = verbs;
		// A release takes all that waits, so each of the two has a forum of its own.
		const forum = locale === 'en' ? 'winnipeg' : 'regina';
		await signIn(page, organizer);
		await page.goto(`${prefix}/organize/forums/${forum}/sessions`);
		const day = (await page.locator('[name=starts_at]').inputValue()).slice(0, 10);
		const press = () => page.getByRole('button', { name: save }).click();
		await fill(page, {
			title_en: `Closing circle (${locale})`,
			title_fr: `Cercle de clôture (${locale})`,
			starts_at: '2031-05-02T16:00',
			ends_at: '2031-05-02T17:00'
		});
		await press();
		await expect(page.getByText(outside).first()).toBeVisible();
		await expect(page.locator('[name=title_fr]')).toHaveValue(`Cercle de clôture (${locale})`);
		await fill(page, { starts_at: `${day}T20:00`, ends_at: `${day}T20:30` });
		await press();
		await expect(page.getByText(saved)).toBeVisible();
		await look(page);

		const title = locale === 'en' ? 'Closing circle (en)' : 'Cercle de clôture (fr)';
		const edit = () => page.getByRole('link', { name: title, exact: true }).click();
		await edit();
		await fill(page, { room_en: 'Room Z' });
		await press();
		await expect(page.getByText(oneSided)).toBeVisible();
		await fill(page, { room_fr: 'Salle Z' });
		await press();
		await page.goto(`${prefix}/forums/${forum}/program`);
		await expect(page.getByText(title)).toHaveCount(0);

		await page.goto(`${prefix}/organize/forums/${forum}/sessions`);
		await page.getByRole('link', { name: toRelease }).click();
		await look(page);
		// The first version needs no note.
		if (locale === 'en') {
			await page.getByRole('button', { name: release }).click();
			await expect(page.locator('[aria-invalid=true]').first()).toBeVisible();
		}
		await fill(page, { note_en: `A closing circle (${locale})`, note_fr: `Un cercle (${locale})` });
		await page.getByRole('button', { name: release }).click();
		await expect(page.getByText(released).first()).toBeVisible();
		await page.goto(`${prefix}/forums/${forum}/program`);
		await expect(page.getByRole('heading', { name: title })).toBeVisible();
		await expect(page.locator('#changes')).toContainText(`(${locale})`);
		await look(page);

		await page.goto(`${prefix}/organize/forums/${forum}/sessions`);
		await edit();
		await expect(page.locator('[name=room_fr]')).toHaveValue('Salle Z');
		await page.locator('li', { hasText: title }).locator('a[href$="/delete"]').click();
		await look(page);
		await page.getByRole('button', { name: remove }).click();
		await expect(page.getByRole('link', { name: title, exact: true })).toHaveCount(0);
	});
}
