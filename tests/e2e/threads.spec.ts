import type { Page } from '@playwright/test';
import { expect, look, signIn, staysInWidth, test, visit } from './fixtures';

const chair = 'chair.at@example.org';
const colleague = 'member.at@example.org';
const other = 'member.mw@example.org';

/** Opens a thread from the Anti-Trafficking Committee. @returns its path */
async function start(page: Page, title: string, shared = false): Promise<string> {
	await page.goto('/committees/anti-trafficking/new');
	await page.getByLabel('Title', { exact: true }).fill(title);
	await page.getByLabel('Your first post').fill('What do you see where you are?');
	if (shared) await page.getByLabel('Migrant Workers Committee').check();
	await page.getByRole('button', { name: 'Start the thread' }).click();
	await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
	return new URL(page.url()).pathname;
}

test('two committees talk in one thread', async ({ page, another }) => {
	await signIn(page, chair);
	const path = await start(page, 'Fees, seen from both sides', true);
	await look(page);

	const member = await another();
	await signIn(member, other);
	await visit(member, '/committees/migrant-workers');
	const row = member.getByRole('listitem').filter({ hasText: 'Fees, seen from both sides' });
	await expect(row.getByText('1 new post')).toBeVisible();
	await expect(row.getByText('Shared by')).toContainText('Anti-Trafficking Committee');
	await row.getByRole('link').click();
	await member.getByLabel('Your reply').fill('Deductions **from pay**, mostly.');
	await member.getByRole('button', { name: 'Preview' }).click();
	await expect(member.getByText('It is not posted yet')).toBeVisible();
	await member.getByRole('button', { name: 'Post your reply' }).click();
	const post = member.locator('#post-2');
	await expect(post.locator('strong')).toHaveText('from pay');
	await expect(member.getByLabel('Your reply')).toHaveValue('');

	await page.goto(path);
	await expect(page.getByText('1 new post since your last visit')).toBeVisible();

	await member.getByLabel('Your reply').fill('Half a thought');
	await post.getByRole('link', { name: 'Edit post 2' }).click();
	await post.getByLabel('Your post').fill('Deductions, and rent.');
	await post.getByRole('button', { name: 'Save the change' }).click();
	await expect(post.getByText('Deductions, and rent.')).toBeVisible();
	await expect(member.getByLabel('Your reply')).toHaveValue('Half a thought');
	await post.getByRole('link', { name: 'Delete post 2' }).click();
	await look(member);
	await post.getByRole('button', { name: 'Delete the post' }).click();
	await expect(post).toContainText('A post from');

	await page.getByRole('button', { name: 'Close the thread' }).click();
	await expect(page.getByRole('status').filter({ hasText: 'is closed' })).toBeFocused();
	expect(new URL(page.url()).search).toBe('');
	await page.reload();
	await expect(page.getByText(/^Closed on/)).toBeVisible();
	await expect(page.getByRole('status')).toHaveCount(0);
	await member.getByRole('button', { name: 'Post your reply' }).click();
	await expect(member.getByRole('alert')).toContainText('while you were writing');
	await expect(member.getByLabel('Your reply')).toHaveValue('Half a thought');
});

test('a thread that a browser fetches ahead stays unread', async ({ page, another }) => {
	await signIn(page, chair);
	const title = 'Fetched before it is read';
	const path = await start(page, title, true);
	const member = await another();
	await signIn(member, other);
	const unread = async () => {
		await member.goto('/committees/migrant-workers');
		return member.getByRole('listitem').filter({ hasText: title }).getByText('1 new post').count();
	};
	const headers = { 'sec-purpose': 'prefetch' };
	expect((await member.request.head(path)).status()).toBe(200);
	expect((await member.request.get(path, { headers })).status()).toBe(200);
	expect((await member.request.get(`${path}/__data.json`, { headers })).status()).toBe(200);
	expect(await unread()).toBe(1);
	await member.goto(path);
	expect(await unread()).toBe(0);
});

test('for others a thread is not there', { tag: '@noscript' }, async ({ page, another }) => {
	await signIn(page, chair);
	const title = `For one committee, ${test.info().project.name}`;
	const path = await start(page, title);
	await expect(page.getByText('not public.')).toBeVisible();

	for (const email of [other, 'government@example.org']) {
		const outsider = await another();
		await signIn(outsider, email);
		expect((await outsider.goto(path))?.status()).toBe(404);
		await expect(outsider.getByText(title)).toHaveCount(0);
		await outsider.goto('/committees/anti-trafficking');
		await expect(outsider.getByRole('heading', { name: 'How to join' })).toBeVisible();
		await expect(outsider.getByRole('heading', { name: /Threads|Members/ })).toHaveCount(0);
		expect((await outsider.goto('/committees/anti-trafficking/new'))?.status()).toBe(404);
	}
	const stranger = await another();
	await stranger.goto(path);
	expect(new URL(stranger.url()).pathname).toBe('/sign-in');
});

test('un fil en français, sans script', { tag: '@only-noscript' }, async ({ page }) => {
	await signIn(page, colleague, { locale: 'fr' });
	await visit(page, '/fr/committees/anti-trafficking/new');
	await page.getByRole('button', { name: 'Ouvrir le fil' }).click();
	await expect(page.getByText('Donnez au fil un titre d’au moins 3 caractères.')).toHaveCount(2);
	await page.getByLabel('Titre', { exact: true }).fill('Les logements fournis');
	await page.getByLabel('Votre premier message').fill('Que voyez-vous chez vous?');
	await page.getByRole('button', { name: 'Aperçu' }).click();
	await expect(page.getByText('Il n’est pas encore envoyé.')).toBeVisible();
	await expect(page.getByLabel('Titre', { exact: true })).toHaveValue('Les logements fournis');
	await page.getByRole('button', { name: 'Ouvrir le fil' }).click();
	await page.getByLabel('Votre réponse').fill('Je commence.');
	await page.getByRole('button', { name: 'Envoyer votre réponse' }).click();
	const post = page.locator('#post-2');
	await post.getByRole('link', { name: 'Modifier le message 2' }).click();
	await post.getByLabel('Votre message').fill('Je commence par Gatineau.');
	await post.getByRole('button', { name: 'Enregistrer la modification' }).click();
	await expect(post.getByText('Je commence par Gatineau.')).toBeVisible();
	await post.getByRole('link', { name: 'Supprimer le message 2' }).click();
	await look(page);
	await post.getByRole('button', { name: 'Supprimer le message' }).click();
	await expect(post).toContainText('Un message du');
	await expect(page.locator('#post-1')).toContainText('Que voyez-vous chez vous?');
});

test('two tabs that edit one post lose neither text', { tag: '@noscript' }, async ({ page }) => {
	await signIn(page, colleague);
	const title = `Seen from two tabs, ${test.info().project.name}`;
	await start(page, title);
	const post = page.locator('#post-1');
	await post.getByRole('link', { name: 'Edit post 1' }).click();
	await expect(post.getByLabel('Your post')).toBeVisible();
	const tab = await page.context().newPage();
	await tab.goto(page.url());

	await post.getByLabel('Your post').fill('Changed in the *first* tab.');
	await post.getByRole('button', { name: 'Preview' }).click();
	await expect(post.getByText('The change is not saved yet')).toBeVisible();
	await expect(post.locator('em')).toHaveText('first');
	await look(page);
	await post.getByRole('button', { name: 'Save the change' }).click();
	await expect(post.getByLabel('Your post')).toHaveCount(0);
	await expect(post.locator('em')).toHaveText('first');

	const late = tab.locator('#post-1');
	await late.getByLabel('Your post').fill('Changed in the second tab.');
	// A preview shows the text again, but does not make it a newer one.
	await late.getByRole('button', { name: 'Preview' }).click();
	await expect(late.getByText('The change is not saved yet')).toBeVisible();
	const answer = tab.waitForResponse((response) => response.request().method() === 'POST');
	await late.getByRole('button', { name: 'Save the change' }).click();
	if (test.info().project.use.javaScriptEnabled === false)
		expect((await answer).status()).toBe(409);
	await expect(late.getByRole('alert')).toContainText('was changed in another tab');
	await expect(late.getByText('Changed in the *first* tab.')).toBeVisible();
	await expect(late.getByLabel('Your post')).toHaveValue('Changed in the second tab.');
	await look(tab);
	await late.getByLabel('Your post').fill('Changed in both tabs.');
	await late.getByRole('button', { name: 'Save the change' }).click();
	await expect(late.getByText('Changed in both tabs.')).toBeVisible();
	await expect(late.getByLabel('Your post')).toHaveCount(0);
});

test(
	'an edit of a post that is gone gives the text back',
	{ tag: '@only-noscript' },
	async ({ page }) => {
		await signIn(page, chair);
		await start(page, 'A post that is deleted meanwhile');
		const post = page.locator('#post-1');
		await post.getByRole('link', { name: 'Edit post 1' }).click();
		const tab = await page.context().newPage();
		await tab.goto(page.url().replace('edit', 'delete'));
		await tab.getByRole('button', { name: 'Delete the post' }).click();
		await expect(tab.locator('#post-1')).toContainText('A post from');
		await post.getByLabel('Your post').fill('Too late, and not lost.');
		await post.getByRole('button', { name: 'Save the change' }).click();
		await expect(page.getByRole('main').getByRole('alert')).toContainText(
			'It may have been deleted'
		);
		await expect(page.getByLabel('What you wrote')).toHaveValue('Too late, and not lost.');
		await look(page);
	}
);

test(
	'who loses the session while writing keeps the text',
	{ tag: '@noscript' },
	async ({ page }) => {
		await signIn(page, chair);
		const path = await start(page, `Written for too long, ${test.info().project.name}`);
		await page.getByLabel('Your reply').fill('A long thought,\n\nwith **care**.');
		await page.context().clearCookies();
		const answer = page.waitForResponse((response) => response.status() === 401);
		await page.getByRole('button', { name: 'Post your reply' }).click();
		await answer;
		await expect(page.getByText('You are signed out, so nothing was sent').first()).toBeVisible();
		const text = page.getByRole('textbox', { name: /^(Your reply|What you wrote)$/ });
		await expect(text).toHaveValue('A long thought,\n\nwith **care**.');
		await look(page);
		// A draft is in this window alone (drafts.spec.ts); the browser stores no word for longer.
		const stored = await page.evaluate(() => JSON.stringify({ ...localStorage })).catch(() => '');
		expect(stored).not.toContain('thought');

		const elsewhere = await page.request.post('/sign-in/kept?to=%2F%2Fevil.example%2Fx', {
			form: { body: 'A long thought' },
			headers: { accept: 'text/html', origin: new URL(page.url()).origin }
		});
		expect(elsewhere.status()).toBe(401);
		expect(await elsewhere.text()).toContain('method="POST" action="/"');

		// On a shared computer the next person to sign in would do what waits here.
		const deletion = await page.request.post('/account?/delete', {
			form: { sure: 'on' },
			headers: { accept: 'text/html', origin: new URL(page.url()).origin },
			maxRedirects: 0
		});
		expect(deletion.status()).toBe(307);
		const end = await page.request.post(deletion.headers().location!, {
			form: { sure: 'on' },
			headers: { accept: 'text/html', origin: new URL(page.url()).origin },
			maxRedirects: 0
		});
		expect(end.status()).toBe(303);
		expect(end.headers().location).toBe('/sign-in?next=%2Faccount');

		const opened = page.context().waitForEvent('page');
		await page.getByRole('link', { name: 'Sign in (new tab)' }).click();
		const tab = await opened;
		await expect(tab.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
		await signIn(tab, chair);
		await page.getByRole('button', { name: /^(Post your reply|Send again)$/ }).click();
		await expect(page.locator('#post-2 strong')).toHaveText('care');
		expect(new URL(page.url()).pathname).toBe(path);
		await expect(page.locator('#post-3')).toHaveCount(0);
	}
);

test('hostile words and text twice as large keep to the width of a phone', async ({ page }) => {
	// Ten posts a minute are the most for one person, and the chair writes in the tests beside this one.
	await signIn(page, colleague);
	await page.setViewportSize({ width: 360, height: 740 });
	const path = await start(page, `Nameless${'word'.repeat(30)}`);
	const hostile = [
		`${'> '.repeat(60)}${'deep'.repeat(30)}`,
		`${'- '.repeat(60)}${'listed'.repeat(30)}`,
		`https://example.org/${'path'.repeat(60)}`,
		`\`${'code'.repeat(60)}\``,
		`${'|a'.repeat(40)}|\n${'|-'.repeat(40)}|`,
		`Z${'\u0301'.repeat(300)} \u202edrawkcab`
	];
	await page.getByRole('link', { name: 'Write a reply' }).click();
	await page.keyboard.press('Tab');
	await expect(page.getByLabel('Your reply')).toBeFocused();
	await page.getByLabel('Your reply').fill(hostile.join('\n\n'));
	await page.getByRole('button', { name: 'Post your reply' }).click();
	await expect(page.locator('#post-2')).toContainText('deepdeep');
	for (const address of [
		path,
		`/fr${path}?edit=2`,
		'/committees/anti-trafficking',
		'/fr/committees/anti-trafficking',
		'/fr/committees/anti-trafficking/new'
	]) {
		await page.goto(address);
		await staysInWidth(page);
		await page.evaluate(() => (document.documentElement.style.fontSize = '225%'));
		await expect(page.locator('html')).toHaveCSS('font-size', '36px');
		const beyond = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect(beyond, `${address} with text twice as large`).toBeLessThanOrEqual(0);
	}
});

test(
	'a long thread has pages, and opens at the first post that is not read',
	{ tag: '@noscript' },
	async ({ page }) => {
		// Somebody else in each project: what one has read is read.
		const reader = test.info().project.name === 'script' ? 'sample2' : 'sample5';
		await signIn(page, `${reader}@example.org`);
		await visit(page, '/committees/anti-trafficking');
		await page.getByRole('link', { name: 'La liste de 2016' }).click();
		await expect(page.locator('[id^=post-]')).toHaveCount(50);
		await expect(page.locator('#post-50')).toBeVisible();
		await look(page);
		// The page that was read is marked as read: from the list the way leads to the next one.
		await page.goto('/committees/anti-trafficking');
		await page.getByRole('link', { name: 'La liste de 2016' }).click();
		await expect(page).toHaveURL(/\?page=2#new$/);
		await expect(page.locator('#post-51')).toBeVisible();
		await page.getByRole('link', { name: 'Go to the last page' }).click();
		await expect(page.locator('#post-130')).toBeVisible();
		await expect(page.locator('[id^=post-]')).toHaveCount(30);
		await expect(page.getByLabel('Your reply')).toBeVisible();
	}
);
