import type { Page } from '@playwright/test';
import { expect, look, signIn, test, visit } from './fixtures';

// Files run in the order of their names, and this one has to run before reports.spec.ts, which counts the
// vote of Regina too when it is not counted yet.

/** The page of a vote on a forum's list, by a part of its title. */
async function openVote(page: Page, list: string, title: RegExp): Promise<void> {
	await visit(page, list);
	await page.getByRole('link', { name: title }).click();
	await expect(page).toHaveURL(/\/votes\/[^/]+\/result$/);
}

/** The page says once what was done, in focus, at an address that posts nothing when it is reloaded. */
async function seesStatus(page: Page, words: string, posts: string[]): Promise<void> {
	const status = page.getByRole('status').filter({ hasText: words });
	await expect(status).toBeFocused();
	const before = posts.length;
	await page.reload();
	await expect(status).toHaveCount(0);
	expect(posts).toHaveLength(before);
}

/** The addresses that the page posts to, from now on. */
function postsOf(page: Page): string[] {
	const posts: string[] = [];
	page.on('request', (request) => {
		if (request.method() === 'POST') posts.push(request.url());
	});
	return posts;
}

/** The head says what happened, and what has the focus can be seen without scrolling. */
async function isAt(page: Page, title: string | RegExp, words: string): Promise<void> {
	const head = page.getByRole('heading', { level: 1 });
	await expect(head).toHaveText(title);
	const status = page.getByRole('status').filter({ hasText: words });
	await expect(status).toBeFocused();
	await expect(status).toBeInViewport({ ratio: 1 });
}

const choices = (page: Page) => page.getByRole('list', { name: 'Your choices' }).locator('> li');
const picks = (page: Page) => page.locator('main [name=pick][type=checkbox]');
const picked = (page: Page) => page.locator('main [name=pick][type=checkbox]:checked');

test('a participant votes, changes their mind and takes the ballot back', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await signIn(page, 'participant@example.org');
	const posts = postsOf(page);
	await openVote(page, '/priorities/halifax', /which Halifax priorities matter/);
	await expect(page.getByText('people have voted so far')).toBeVisible();
	await expect(page.getByText('You have not voted yet')).toBeVisible();
	await expect(page.getByRole('heading', { name: 'The list' })).toHaveCount(0);
	// The page of the list does not know who may vote; that of the vote does.
	await page.getByRole('link', { name: 'Vote', exact: true }).click();

	await expect(page.getByText('0 of 4 chosen')).toBeVisible();
	const ballot = page.getByRole('group', { name: 'Choose up to 4 of' });
	await expect(ballot.locator('[name=pick]')).toHaveCount(await picks(page).count());
	await expect(ballot.getByRole('checkbox', { name: 'None of these' })).toBeVisible();
	const order = await page.locator('main [name=pick]').evaluateAll(values);
	for (const nth of [0, 2, 4, 6, 8]) await picks(page).nth(nth).check();
	await expect(page.getByText('5 chosen: 1 too many')).toBeVisible();
	await page.getByRole('button', { name: 'Check your ballot' }).click();
	await expect(page.getByRole('alert')).toContainText('You chose 5 priorities; the maximum is 4');
	await expect(picked(page)).toHaveCount(5);

	await picks(page).nth(8).uncheck();
	await page.locator('main label:has([name=star])').first().click();
	await expect(page.getByText('Stars: 1 of 3')).toBeVisible();

	// Nothing is cast before the choices were seen together, and there is a way back to the list.
	await page.getByRole('button', { name: 'Check your ballot' }).click();
	await isAt(page, 'Check your ballot', 'You have not cast this ballot yet');
	await expect(choices(page)).toHaveCount(4);
	await expect(choices(page).filter({ hasText: 'Star' })).toHaveCount(1);
	await look(page);
	await page.getByRole('button', { name: 'Change your choices' }).click();
	await isAt(page, /^Which of these/, 'Your choices are still checked');
	await expect(picked(page)).toHaveCount(4);
	await page.getByRole('button', { name: 'Check your ballot' }).click();
	await page.getByRole('button', { name: 'Cast your ballot' }).click();
	await isAt(page, 'You have voted', 'Your ballot is saved');
	await seesStatus(page, 'Your ballot is saved', posts);
	await expect(page.getByText('You chose 4 priorities')).toBeVisible();
	await expect(choices(page)).toHaveCount(4);
	await look(page);

	await page.getByRole('link', { name: 'Change your ballot' }).click();
	expect(await page.locator('main [name=pick]').evaluateAll(values)).toEqual(order);
	await expect(picked(page)).toHaveCount(4);
	await page.getByRole('button', { name: 'Check your ballot' }).click();
	await isAt(page, 'Check your ballot', 'Nothing has changed');
	await expect(page.getByRole('button', { name: 'Replace your ballot' })).toHaveCount(0);
	await page.getByRole('button', { name: 'Change your choices' }).click();
	await picks(page).nth(0).uncheck();
	await page.getByRole('button', { name: 'Check your ballot' }).click();
	await page.getByRole('button', { name: 'Replace your ballot' }).click();
	await isAt(page, 'You have voted', 'Your ballot is saved');
	await seesStatus(page, 'Your ballot is saved', posts);
	await expect(choices(page)).toHaveCount(3);

	await page.getByRole('link', { name: 'Delete your ballot' }).click();
	await page.getByRole('button', { name: 'Delete the ballot' }).click();
	await isAt(page, 'Your ballot is deleted', 'will not be counted');
	await seesStatus(page, 'will not be counted', posts);
	await expect(picked(page)).toHaveCount(0);
	await expect(page.getByText('You have voted')).toHaveCount(0);
});

test(
	'un bulletin se dépose, se remplace et se retire sans script',
	{ tag: '@only-noscript' },
	async ({ page }) => {
		await signIn(page, 'member.at@example.org', { locale: 'fr' });
		const posts = postsOf(page);
		await openVote(page, '/fr/priorities/halifax', /quelles priorités de Halifax/);
		await page.getByRole('link', { name: 'Voter', exact: true }).click();
		await look(page);
		await tallyIsSmall(page);

		for (const nth of [1, 3, 5, 7, 9]) await picks(page).nth(nth).check();
		await page.getByRole('button', { name: 'Vérifier votre bulletin' }).click();
		await expect(page.getByRole('alert')).toContainText('Vous avez choisi 5 priorités');
		await expect(picked(page)).toHaveCount(5);

		for (const nth of [1, 3, 5, 7, 9]) await picks(page).nth(nth).uncheck();
		await page.getByRole('checkbox', { name: /Aucune de ces priorités/ }).check();
		await page.getByRole('button', { name: 'Vérifier votre bulletin' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vérifiez votre bulletin');
		await look(page);
		await page.getByRole('button', { name: 'Modifier vos choix' }).click();
		await expect(page.getByRole('checkbox', { name: /Aucune de ces priorités/ })).toBeChecked();
		await page.getByRole('button', { name: 'Vérifier votre bulletin' }).click();
		await page.getByRole('button', { name: 'Déposer votre bulletin' }).click();
		await seesStatus(page, 'Votre bulletin est enregistré', posts);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vous avez voté');
		await expect(page.getByRole('list', { name: 'Vos choix' })).toHaveText(/Aucune de ces/);

		await page.getByRole('link', { name: 'Supprimer votre bulletin' }).click();
		await look(page);
		await page.getByRole('button', { name: 'Supprimer le bulletin' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre bulletin est supprimé');
		await seesStatus(page, 'ne sera pas compté', posts);
	}
);

test('who is not on the voters’ list sees why', { tag: '@noscript' }, async ({ page }) => {
	await signIn(page, 'government@example.org');
	await openVote(page, '/priorities/halifax', /which Halifax priorities matter/);
	await expect(page.getByText('You are not on the voters’ list')).toBeVisible();
	await expect(page.getByRole('link', { name: 'Vote', exact: true })).toHaveCount(0);
	await page.getByRole('link', { name: 'See why you cannot vote' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/not on the voters’ list/);
	await expect(picks(page)).toHaveCount(0);
	await look(page);
});

test('what is marked takes two lines on the narrowest phone', async ({ page }) => {
	await signIn(page, 'member.at@example.org', { locale: 'fr' });
	await openVote(page, '/fr/priorities/halifax', /quelles priorités de Halifax/);
	await page.getByRole('link', { name: 'Voter', exact: true }).click();
	for (const nth of [0, 2, 4, 6, 8]) await picks(page).nth(nth).check();
	await expect(page.getByText('5 choix\u00a0: 1 de trop')).toBeVisible();
	await tallyIsSmall(page);
	await page.getByRole('checkbox', { name: /Aucune de ces priorités/ }).check();
	await expect(page.getByText('pas les deux')).toBeVisible();
	await tallyIsSmall(page);
	for (const nth of [0, 2, 4, 6, 8]) await picks(page).nth(nth).uncheck();
	await tallyIsSmall(page);
});

/** Two lines of words beside the button, at 320 px. */
async function tallyIsSmall(page: Page): Promise<void> {
	const size = page.viewportSize()!;
	await page.setViewportSize({ ...size, width: 320 });
	const words = page.getByRole('status').last();
	const tall = await words.evaluate((it) => {
		const { height } = it.getBoundingClientRect();
		return height / parseFloat(getComputedStyle(it).lineHeight);
	});
	expect(tall).toBeLessThanOrEqual(2.2);
	await page.setViewportSize(size);
}

// The page has no script either way. Only once: a count happens once.
test('an organizer has a vote counted after a second question, and everyone reads the result', async ({
	page,
	another
}) => {
	await signIn(page, 'organizer@example.org');
	const posts = postsOf(page);
	await openVote(page, '/priorities/regina', /on the Regina list/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/not counted yet/);
	const result = new URL(page.url()).pathname;
	const organize = `/organize/votes/${result.split('/')[2]}`;
	await visit(page, organize);
	await page.getByRole('link', { name: 'Count the ballots' }).click();
	const question = page.getByRole('dialog', { name: 'Count the ballots now?' });
	await expect(question).toContainText('people voted');
	await expect(question).toContainText('quorum');
	await expect(question).toContainText('the key to the old ballots is destroyed');
	await look(page);
	await question.getByRole('link', { name: 'Not now' }).click();
	await expect(question).toHaveCount(0);
	expect(posts).toEqual([]);

	await page.getByRole('link', { name: 'Count the ballots' }).click();
	await question.getByRole('button', { name: 'Count and publish the result' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('The ballots are counted');
	expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(organize);
	await look(page);
	await page.getByRole('link', { name: 'Write the highlights report' }).click();
	await expect(page).toHaveURL(/\/organize\/reports\/regina$/);

	const visitor = await another();
	await visit(visitor, `/fr${result}`);
	await expect(visitor.getByRole('heading', { name: 'La liste' })).toBeVisible();
	await expect(visitor.locator('main a[href*="/history/"]')).toHaveCount(10);
	await expect(visitor.getByText('SHA-256')).toBeVisible();
});

test(
	'a vote that nobody could take part in is not offered',
	{ tag: '@noscript' },
	async ({ page }) => {
		await signIn(page, 'organizer@example.org');
		await visit(page, '/organize');
		const forum = page.getByRole('listitem').filter({ hasText: '2014' }).last();
		await expect(forum).toContainText('no registration for this forum is confirmed');
		await expect(forum.getByRole('link', { name: 'Open a vote' })).toHaveCount(0);
		await visit(page, '/organize/votes/new?forum=2014');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nobody could vote yet');
		await expect(page.getByRole('button', { name: 'Open the vote' })).toHaveCount(0);
	}
);

function values(boxes: Element[]): string[] {
	return boxes.map((box) => (box as HTMLInputElement).value);
}
