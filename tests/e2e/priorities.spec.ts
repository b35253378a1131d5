import { randomUUID } from 'node:crypto';
import { expect, look, signIn, test, visit } from './fixtures';

test(
	'organizers keep a list in both languages',
	{ tag: '@noscript' },
	async ({ page, another }) => {
		const mark = randomUUID().slice(0, 8);
		await signIn(page, 'organizer@example.org');
		await visit(page, '/organize/priorities/2014');
		const services = page
			.locator('section', { has: page.getByRole('heading', { level: 2 }) })
			.first();
		await services.getByRole('link', { name: 'Add a priority' }).click();
		const english = page.getByLabel('In English');
		const french = page.getByLabel('In French');

		// One language is missing: nothing typed is lost, and the summary leads to the field.
		await english.fill(`Winter housing ${mark}`);
		await page.getByRole('button', { name: 'Add a priority' }).click();
		await expect(page.getByRole('alert')).toContainText('Write between 3 and 240 characters.');
		await expect(english).toHaveValue(`Winter housing ${mark}`);
		await look(page);

		await french.fill(`Logement d’hiver ${mark}`);
		await page.getByRole('button', { name: 'Add a priority' }).click();
		const added = page.getByRole('listitem').filter({ hasText: mark }).first();
		await expect(added).toContainText('Logement d’hiver');
		// The next one can be written at once.
		await expect(english).toHaveValue('');

		await added.getByRole('link', { name: 'Reword' }).click();
		await english.fill(`Warm rooms ${mark}`);
		await page.getByRole('button', { name: 'Save the wording' }).click();
		await expect(added).toContainText(`Warm rooms ${mark}`);

		await added.getByRole('link', { name: 'Add a sub-point' }).click();
		await english.fill(`Night shelters ${mark}`);
		await french.fill(`Refuges de nuit ${mark}`);
		await page.getByRole('button', { name: 'Add a sub-point' }).click();
		await expect(added).toContainText('Night shelters');

		const visitor = await another();
		await visit(visitor, '/fr/priorities/2014');
		await expect(visitor.getByText(`Logement d’hiver ${mark}`)).toBeVisible();
		await expect(visitor.getByText(`Refuges de nuit ${mark}`)).toBeVisible();

		await added.getByRole('link', { name: 'Delete' }).first().click();
		await look(page);
		await page.getByRole('button', { name: 'Delete from the list' }).click();
		await expect(added).toHaveCount(0);
		await visitor.reload();
		await expect(visitor.getByText(mark)).toHaveCount(0);
	}
);

test('a list stays as it is while a vote on it runs', async ({ page }) => {
	await signIn(page, 'organizer@example.org');
	await visit(page, '/organize/priorities/halifax');
	await expect(page.getByText('A vote on this list is under way')).toBeVisible();
	await expect(page.getByRole('link', { name: 'Reword' })).toHaveCount(0);
});

test('nobody else keeps a list', { tag: '@noscript' }, async ({ page, baseURL }) => {
	await signIn(page, 'chair.at@example.org');
	await visit(page, '/organize/priorities/2014', { status: 404 });
	const answer = await page.request.post('/organize/priorities/2014?area&/area', {
		headers: { origin: baseURL! },
		form: { name_en: 'Mine', name_fr: 'À moi' }
	});
	expect(answer.status()).toBe(404);
});

test('what is our reading or a sample says so', { tag: '@noscript' }, async ({ page }) => {
	await visit(page, '/priorities/2011');
	// What holds for all areas or all links is said once.
	await expect(page.getByText('The areas are our suggestion')).toBeVisible();
	await expect(page.getByText('Link not confirmed', { exact: true })).toHaveCount(0);
	await visit(page, '/fr/priorities/2014');
	await page.getByRole('link', { name: 'Permettre que le PST d’une personne survivante' }).click();
	await expect(page.getByText('Non reprise')).toBeVisible();
	await expect(page.getByText('Les liens entre les années sont notre proposition')).toBeVisible();
	await expect(page.getByText('Lien non confirmé', { exact: true })).toHaveCount(0);
	await look(page);
	await visit(page, '/priorities/halifax');
	await expect(page.getByText('Sample', { exact: true }).first()).toBeVisible();
	await visit(page, '/priorities');
	await expect(
		page.locator('section').filter({ hasText: 'The latest list' }).first()
	).toContainText('2016');
	await expect(page.getByRole('heading', { name: 'Sample lists' })).toBeVisible();
	await visit(page, '/forums');
	await expect(page.getByText('May 2011 · Hamilton')).toBeVisible();
});

test('a list shows rank and share, and a priority says them first', async ({ page }) => {
	await visit(page, '/priorities/halifax');
	const ranked = page.getByRole('listitem').filter({ hasText: /Rank 1\b/ });
	await expect(ranked).toContainText(/\d+ of 27 ballots \(\d+%\)/);
	await expect(page.getByText('0 of 27 ballots (0%)').first()).toBeVisible();
	await expect(page.getByText(/Rank \d+(, tied)?\s*·\s*0 of/)).toHaveCount(0);
	await ranked.getByRole('link').first().click();
	await expect(page.getByText(/^Rank 1 in the vote of 2\d{3}, chosen on/)).toBeVisible();
	// A vote on a list is named with its year, and offers no ballot to people who may have none.
	await visit(page, '/priorities');
	await expect(page.getByRole('link', { name: /\(2\d{3}\)$/ }).first()).toBeVisible();
	await expect(page.getByRole('link', { name: 'Vote', exact: true })).toHaveCount(0);
});
