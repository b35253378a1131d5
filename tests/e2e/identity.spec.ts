import { request } from 'node:http';
import type { Page } from '@playwright/test';
import { expect, freshPerson, look, signIn, test, visit } from './fixtures';

/** The newest email to an address, as the mailbox of the sample network shows it. */
async function newestEmail(page: Page, email: string) {
	const mailbox = await page.context().newPage();
	const newest = mailbox.locator('main section').filter({ hasText: email }).first();
	await expect(async () => {
		await mailbox.goto('/mailbox');
		await expect(newest).toBeVisible({ timeout: 500 });
	}).toPass();
	const text = await newest.innerText();
	const link = await newest.getByRole('link').getAttribute('href');
	await mailbox.close();
	return { text, code: /\b\d{8}\b/.exec(text)?.[0] ?? '', link: link ?? '' };
}

test('a newcomer comes in by code, writes a profile, goes back where they came from', async ({
	page
}) => {
	test.slow();
	const email = freshPerson();
	await page.goto('/account');
	await expect(page).toHaveURL(/\/sign-in\?next=%2Faccount$/);

	await page.getByLabel('Email address').fill('not an address');
	await page.getByRole('button', { name: 'Get a code' }).click();
	await expect(page.getByText('Write the full email address')).not.toHaveCount(0);
	await expect(page.getByLabel('Email address')).toHaveValue('not an address');
	await look(page);

	await page.getByLabel('Email address').fill(email);
	await page.getByRole('button', { name: 'Get a code' }).click();
	await page.getByLabel('Code').fill('00000000');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByText('This code does not work')).toHaveCount(2);
	await expect(page.getByLabel('Code')).toHaveValue('00000000');
	await expect(page.getByLabel('Code')).toHaveAttribute('aria-invalid', 'true');
	await look(page);

	const { code } = await newestEmail(page, email);
	await page.getByLabel('Code').fill(`${code.slice(0, 4)} ${code.slice(4)}`);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(/\/account$/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome');

	await page.getByRole('button', { name: 'Save your profile' }).click();
	await expect(page.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true');
	await look(page);
	await page.getByLabel('Name').fill('<b>Ida</b>');
	await page.getByLabel('Province or territory').selectOption('NU');
	await page.getByLabel('Sector').selectOption('grassroots');
	await page.getByRole('button', { name: 'Save your profile' }).click();
	await page.waitForURL('/');
	// The router followed the redirect to a page without script, and it is whole.
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(page.getByRole('status')).toHaveText('Your profile is saved.');
	await visit(page, '/account');
	await expect(page.getByLabel('Name')).toHaveValue('<b>Ida</b>');

	// Once more, now with an answer on this page: a reload posts nothing.
	await page.getByLabel('Name').fill('Ida\u202e');
	await page.getByRole('button', { name: 'Save your profile' }).click();
	await expect(page.getByRole('status')).toHaveText('Your profile is saved.');
	await expect(page.getByRole('status')).toBeFocused();
	await expect(page).toHaveURL(/\/account$/);
	await look(page);
	await page.reload();
	await expect(page.getByRole('status')).toHaveCount(0);
	await expect(page.getByLabel('Name')).toHaveValue('Ida');

	await page.getByRole('button', { name: 'Sign out on this device' }).click();
	await page.waitForURL('/');
	expect(await page.context().cookies()).toEqual([]);
	await page.goto('/account');
	await expect(page).toHaveURL(/\/sign-in/);
});

test(
	'on vient aussi par le lien, une seule fois',
	{ tag: '@only-noscript' },
	async ({ page, another }) => {
		const email = freshPerson();
		await page.goto('/fr/forums/winnipeg/register');
		await expect(page).toHaveURL(/\/fr\/sign-in\?next=/);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(
			'Se connecter pour s’inscrire'
		);
		await look(page);
		await page.getByLabel('Adresse courriel').fill(email);
		await page.getByRole('button', { name: 'Recevoir un code' }).click();
		await look(page);
		const { link, text } = await newestEmail(page, email);
		expect(text).toContain('Votre code de connexion');

		// A mail scanner that follows the link changes nothing.
		const scanner = await another();
		await scanner.goto(link);
		expect(await scanner.context().cookies()).toEqual([]);

		await visit(page, link);
		await page.getByRole('button', { name: 'Se connecter' }).click();
		await page.waitForURL('/fr/forums/winnipeg/register');
		await visit(page, '/fr/account');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bienvenue');

		// Sent twice at once it is good twice, for the sake of double clicks.
		await scanner.waitForTimeout(5_000);
		await scanner.goto(link);
		await scanner.getByRole('button', { name: 'Se connecter' }).click();
		await expect(scanner.getByText('Ce lien ne fonctionne plus')).toBeVisible();
		await look(scanner);
	}
);

test('sign-in answers alike to addresses it knows and does not know', async ({ page, another }) => {
	const answers = await Promise.all(
		['police@example.org', freshPerson()].map(async (email) => {
			const someone = await another();
			await someone.goto('/sign-in');
			await someone.getByLabel('Email address').fill(email);
			const [answer] = await Promise.all([
				someone.waitForResponse((response) => response.request().method() === 'POST'),
				someone.getByRole('button', { name: 'Get a code' }).click()
			]);
			const { date, 'content-length': length, ...headers } = await answer.allHeaders();
			const cookie = headers['set-cookie']?.replace(encodeURIComponent(email), 'someone');
			const said = { ...headers, 'set-cookie': cookie?.replace(/Expires=[^;]+/i, '') };
			const text = await answer.text().catch(() => '');
			return { status: answer.status(), said, text, dated: Boolean(date), length };
		})
	);
	expect(answers[0]).toEqual(answers[1]);
	expect(answers[0]?.said['set-cookie']).toContain('someone');
	await page.goto('/');
});

test('a code that is sent twice at the same moment is good both times', async ({
	page,
	another,
	baseURL
}) => {
	const email = freshPerson();
	await page.goto('/sign-in');
	await page.getByLabel('Email address').fill(email);
	await page.getByRole('button', { name: 'Get a code' }).click();
	const { code } = await newestEmail(page, email);
	const browsers = [await another(), await another()];
	const answers = await Promise.all(
		browsers.map((browser) =>
			browser.request.post('/sign-in/code', {
				headers: { origin: baseURL!, accept: 'text/html' },
				form: { email, code },
				maxRedirects: 0
			})
		)
	);
	expect(answers.map((answer) => answer.status())).toEqual([303, 303]);
	for (const browser of browsers) {
		await browser.goto('/account');
		await expect(browser.getByRole('heading', { level: 1 })).toHaveText('Welcome');
	}
});

test('the step of the code outlives a reload and the other language', async ({ page }) => {
	const email = freshPerson();
	await page.goto('/account');
	await page.getByLabel('Email address').fill(email);
	await page.getByRole('button', { name: 'Get a code' }).click();
	await expect(page).toHaveURL(/\/sign-in\/code$/);
	await page.reload();
	await page.getByRole('link', { name: 'Français' }).click();
	await expect(page).toHaveURL(/\/fr\/sign-in\/code$/);
	await expect(page.getByText(email)).toBeVisible();
	await page.goto('/fr/sign-in');
	await page.getByRole('link', { name: 'Entrer le code reçu par courriel' }).click();
	// Asked for a second time at once, nothing more is sent: the first code stays good.
	await page.getByRole('link', { name: 'Demander un nouveau courriel' }).click();
	await page.getByLabel('Adresse courriel').fill(email);
	await page.getByRole('button', { name: 'Recevoir un code' }).click();
	await expect(page).toHaveURL(/\/fr\/sign-in\/code$/);
	const mailbox = await page.context().newPage();
	await mailbox.goto('/mailbox');
	await expect(mailbox.locator('main section').filter({ hasText: email })).toHaveCount(1);
	await mailbox.close();
	const { code } = await newestEmail(page, email);
	await page.getByLabel('Code').fill(code);
	await page.getByRole('button', { name: 'Se connecter' }).click();
	// The page that they wanted, in the language that they read now.
	await expect(page).toHaveURL(/\/fr\/account$/);
});

test('a browser without cookies learns why it is not signed in', async ({ page, baseURL }) => {
	const email = freshPerson();
	const send = (path: string, form: Record<string, string>) =>
		fetch(`${baseURL}${path}`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: baseURL!, accept: 'text/html' },
			body: new URLSearchParams(form)
		});
	const asked = await send('/sign-in?/email', { email, next: '' });
	expect(asked.headers.get('location')).toBe('/sign-in/code');
	const step = await (await fetch(`${baseURL}/sign-in/code`)).text();
	expect(step).toContain('name="email"');
	const { code } = await newestEmail(page, email);
	const entered = await send('/sign-in/code', { email, code });
	expect(entered.status).toBe(303);
	const after = await fetch(new URL(entered.headers.get('location')!, baseURL));
	expect(await after.text()).toContain('Allow cookies for this site');
	await page.goto('/sign-in?done=&next=');
	await expect(page.getByText('Allow cookies for this site')).toBeVisible();
	await look(page);
});

test('ten wrong codes, and the right one has to wait', async ({ page }) => {
	const email = freshPerson();
	await page.goto('/sign-in');
	await page.getByLabel('Email address').fill(email);
	await page.getByRole('button', { name: 'Get a code' }).click();
	for (let attempt = 0; attempt < 10; attempt++) {
		await page.getByLabel('Code').fill(`1111111${attempt}`);
		await page.getByRole('button', { name: 'Sign in' }).click();
		await expect(page.getByText('This code does not work')).toHaveCount(2);
	}
	const { code } = await newestEmail(page, email);
	await page.getByLabel('Code').fill(code);
	const [answer] = await Promise.all([
		page.waitForResponse((response) => response.request().method() === 'POST'),
		page.getByRole('button', { name: 'Sign in' }).click()
	]);
	expect(answer.status()).toBe(429);
	await expect(page.getByText('There were too many attempts')).toBeVisible();
	await look(page);
});

test('the organizers’ pages look to a participant as if they did not exist', async ({ page }) => {
	await signIn(page, 'participant@example.org');
	await visit(page, '/organize', { status: 404 });
	// A colleague's link: the way to another address of one's own.
	await expect(page.getByRole('button', { name: 'Sign in with another address' })).toBeVisible();
});

test('no form is taken from another site, and no address leads away', async ({ page, baseURL }) => {
	const foreign = await page.request.post('/sign-in?/email', {
		headers: { origin: 'https://evil.example' },
		form: { email: freshPerson(), next: '/' }
	});
	expect(foreign.status()).toBe(403);
	expect(await foreign.text()).toContain('<html lang="en">');
	for (const type of [
		'application/x-www-form-urlencoded',
		'multipart/form-data; boundary=x',
		'text/plain',
		''
	]) {
		for (const origin of ['https://evil.example', 'null', undefined]) {
			const headers = { 'content-type': type, ...(origin && { origin }) };
			const answer = await page.request.post('/fr/sign-in?/email', { headers, data: 'x' });
			expect(answer.status(), `${type} from ${origin}`).toBe(403);
			expect(await answer.text()).toContain('<html lang="fr">');
			expect(answer.headers()['x-frame-options']).toBe('DENY');
		}
	}
	const json = await page.request.post('/sign-in?/email', {
		headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
		data: '{}'
	});
	expect(json.status()).toBe(403);
	for (const next of ['https://evil.example', '//evil.example', '/\\evil.example']) {
		await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
		await expect(page.locator('input[name=next]').first()).toHaveValue('');
	}
	expect(page.url()).toContain(baseURL);
});

test('every answer has the headers that limit a browser', async ({ page }) => {
	const headers = (await page.request.get('/sign-in')).headers();
	expect(headers).toMatchObject({
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY',
		'referrer-policy': 'same-origin',
		'cross-origin-opener-policy': 'same-origin'
	});
	const policy = headers['content-security-policy'];
	expect(policy).toContain("default-src 'none'");
	expect(policy).toContain("frame-ancestors 'none'");
	expect(policy?.match(/script-src[^;]*/)?.[0]).not.toMatch(/unsafe/);
});

test('answers without a page have the usual headers too', async ({ page }) => {
	const paths = [
		'/forums/',
		'/fr/nulle-part',
		'/robots.txt',
		'/exit.js',
		'/mark.svg',
		'/favicon.ico'
	];
	const cached = ['/fonts/atkinson-next-latin.woff2', '/exit.js', '/favicon.ico'];
	for (const path of [...paths, '/fonts/atkinson-next-latin.woff2', '/health']) {
		const answer = await page.request.get(path, { maxRedirects: 0 });
		const headers = answer.headers();
		expect(headers['x-content-type-options'], path).toBe('nosniff');
		if (cached.includes(path))
			expect(headers['cache-control'], path).toMatch(/^public, max-age=\d{4,}$/);
		if (path === '/favicon.ico') expect(headers['content-type']).toBe('image/x-icon');
	}
	expect((await page.request.get('/fonts/none.woff2')).headers()['cache-control']).toBe('no-cache');
});

test('a page that is not there is sent without script', async ({ page }) => {
	const html = await (await page.request.get('/nowhere')).text();
	const scripts = html.match(/<script[^>]*>/g);
	expect(scripts).toEqual([expect.stringMatching(/^<script defer src="\.?\/exit\.js">$/)]);
});

test('another name of the site leads to the address that people know', async ({ baseURL }) => {
	const asked = (host: string, method = 'GET', path = '/forums?x=1') =>
		new Promise<[number?, string?]>((resolve, reject) => {
			const { hostname, port } = new URL(baseURL!);
			request({ hostname, port, path, method, headers: { host } }, (answer) => {
				answer.resume();
				resolve([answer.statusCode, answer.headers.location]);
			})
				.on('error', reject)
				.end();
		});
	expect(await asked('www.network.example')).toEqual([307, `${baseURL}/forums?x=1`]);
	expect(await asked('www.network.example', 'HEAD')).toEqual([307, `${baseURL}/forums?x=1`]);
	// As a proxy asks that does not pass the name on: that must not go in a circle.
	for (const host of ['10.0.0.7', 'app.internal:3000', 'app']) {
		expect(await asked(host), host).toEqual([200, undefined]);
	}
	expect(await asked('www.network.example', 'GET', '/health')).toEqual([200, undefined]);
	expect(await asked('www.network.example', 'POST')).toEqual([403, undefined]);
});

test('somebody downloads their data and deletes the account', async ({ page, another }) => {
	const email = freshPerson();
	await signIn(page, email, { fresh: true });
	await page.goto('/account');
	const file = await page.request.get('/account/data');
	expect(file.headers()['content-disposition']).toContain('attachment');
	expect(await file.json()).toMatchObject({ account: { email }, people: null, posts: [] });

	await page.locator('summary').filter({ hasText: 'Delete your account' }).click();
	await page.getByRole('button', { name: 'Delete your account' }).click();
	await expect(page.getByText('Check the box')).not.toHaveCount(0);
	await look(page);
	await page.getByLabel('Yes, delete the account').check();
	await page.getByRole('button', { name: 'Delete your account' }).click();
	await page.waitForURL('/');
	// Said once, and not on the page that is cached for all visitors.
	await expect(page.getByRole('status')).toHaveText('Your account is deleted.');
	await look(page);
	expect(await page.context().cookies()).toEqual([]);
	const visitor = await another();
	for (const reader of [page, visitor]) {
		await reader.goto('/');
		await expect(reader.getByRole('heading', { level: 1 })).toBeVisible();
		await expect(reader.getByRole('status')).toHaveCount(0);
	}
});

test('a cookie written by hand, a path of slashes, a form that is none: the site still answers', async ({
	page,
	request,
	baseURL
}) => {
	const forged = (session: object) =>
		`convergence=base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`;
	const sound = { access_token: 'a.b.c', refresh_token: 'y', expires_at: 90_000_000_000 };
	for (const cookie of [
		forged({ ...sound, user: 5 }),
		forged({ ...sound, user: {} }),
		forged({ ...sound, expires_at: 'soon' }),
		forged([]),
		'convergence=base64-%%%',
		'convergence.0=base64-e30; convergence.1=x'
	]) {
		const answer = await request.get('/forums', { headers: { cookie }, maxRedirects: 0 });
		expect(answer.status(), cookie).toBe(200);
	}
	for (const path of ['/en//evil.example', '/en/\\evil.example', '//evil.example', '//', '///']) {
		const answer = await request
			.get(`${baseURL}${path}`, {
				maxRedirects: 0
			})
			.catch(() => null);
		expect(answer?.headers().location ?? '', path).not.toMatch(/^([/\\]{2}|https?:\/\/evil)/);
	}
	for (const path of ['/forums/%00', '/priorities/%00', '/committees/%00', '/reports/%00']) {
		expect((await request.get(path)).status(), path).toBe(404);
	}
	for (const type of ['text/plain', 'multipart/form-data', 'multipart/form-data; boundary=x']) {
		const answer = await request.post('/sign-in?/email', {
			headers: { origin: baseURL!, 'content-type': type },
			data: 'nothing'
		});
		expect([400, 415], type).toContain(answer.status());
	}
	expect(await (await request.get('/health')).text()).toBe('up');
	await page.goto('/');
});

test('the mailbox answers this computer under its own name only', async ({ request }) => {
	expect((await request.get('/mailbox')).status()).toBe(200);
	const foreign = await request.get('/mailbox', { headers: { host: 'evil.example:4173' } });
	expect(foreign.status()).toBe(404);
	const named = await request.get('/mailbox', {
		headers: { host: 'evil.example' },
		maxRedirects: 0
	});
	expect(named.status()).toBe(307);
	expect(await named.text()).toBe('');
	const forwarded = await request.get('/mailbox', {
		headers: { 'x-forwarded-for': '203.0.113.1' }
	});
	expect(forwarded.status()).toBe(404);
});

test('somebody who is sent to sign in learns why', { tag: '@noscript' }, async ({ page }) => {
	await page.goto('/forums/winnipeg');
	await page.getByRole('link', { name: 'Register for the forum' }).first().click();
	await expect(page).toHaveURL(/\/sign-in\?next=/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in to register');
	await look(page);
	await page.goto('/sign-in?next=/account');
	await expect(page.getByText('To open the page you asked for')).toBeVisible();
	await page.goto('/sign-in');
	await expect(page.getByText('To open the page')).toHaveCount(0);
});

test('someone suspended takes their data along and goes, and reaches nothing else', async ({
	page,
	baseURL
}) => {
	test.slow();
	await signIn(page, 'suspended@example.org', { fresh: true });
	for (const path of [
		'/forums/winnipeg/register',
		'/forums/winnipeg/registration',
		'/committees/anti-trafficking/new'
	]) {
		await page.goto(path);
		await expect(page).toHaveURL(/\/sign-in\?next=/);
	}
	await expect(page.getByText('This account is suspended')).toBeVisible();
	await look(page);
	const saved = await page.request.post('/account?/save', {
		headers: { origin: baseURL!, accept: 'text/html' },
		form: { name: 'Back', language: 'en', province: 'BC', sector: 'government', organization: '' }
	});
	expect(saved.status()).toBe(403);
	const refused = await page.request.post('/organize/votes/new?/open', {
		headers: { origin: baseURL! },
		form: {},
		maxRedirects: 0
	});
	expect(refused.status()).toBe(307);
	expect(refused.headers().location).toMatch(/^\/sign-in\/kept\?/);

	await page.getByRole('link', { name: 'See your data' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your account');
	await expect(page.getByLabel('Name')).toHaveCount(0);
	await look(page);
	const file = await page.request.get('/account/data');
	expect(await file.json()).toMatchObject({ people: { name: 'Sample person, suspended' } });

	await page.getByRole('button', { name: 'Sign out on this device' }).click();
	await page.waitForURL('/');
	expect(await page.context().cookies()).toEqual([]);
	expect((await page.request.get('/account/data', { maxRedirects: 0 })).status()).toBe(303);

	await signIn(page, 'suspended@example.org', { fresh: true });
	await page.goto('/account');
	await page.locator('summary').filter({ hasText: 'Delete your account' }).click();
	await expect(page.getByText('a coded version of your email address')).toBeVisible();
	await page.getByLabel('Yes, delete the account').check();
	await page.getByRole('button', { name: 'Delete your account' }).click();
	await page.waitForURL('/');
	// The same address is no newcomer's: the suspension outlives the account.
	await signIn(page, 'suspended@example.org', { fresh: true });
	await page.goto('/account');
	await page.getByLabel('Name').fill('Back');
	await page.getByLabel('Province or territory').selectOption('BC');
	await page.getByLabel('Sector').selectOption('ngo');
	await page.getByRole('button', { name: 'Save your profile' }).click();
	await expect(page.getByText('This account is suspended')).toBeVisible();
});
