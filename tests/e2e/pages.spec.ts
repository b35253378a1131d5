import type { Page } from '@playwright/test';
import { kilobytes, scriptsOf } from '../../src/commands/weight.js';
import { expect, leavesRoomForText, look, signIn, staysInWidth, test, visit } from './fixtures';
import { pages, patternOf, type Example } from './pages';

/** Kilobytes of script, gzipped, that a page may load before anybody touches it. */
const budgets = { visitor: 45, member: 61 };
/** Of a member's, the script of drafts: the same file on each page, cached after the first. */
const drafts = 2.5;

for (const [route, example] of Object.entries(pages)) {
	test(`${route} is fit to be seen, and light`, { tag: '@script' }, async ({ page }) => {
		if (example.as) await signIn(page, example.as);
		await visit(page, await pathOf(page, route, example));
		await expect(page.locator('html')).toHaveAttribute('lang', 'en');
		await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
		const weight = await scriptWeight(page);
		test.info().annotations.push({ type: 'script', description: `${weight.toFixed(1)} KB` });
		expect(weight).toBeLessThanOrEqual(example.as ? budgets.member + drafts : budgets.visitor);
	});
}

// The markup in which axe has read the English page, with the longer words of French, which break more.
for (const tag of ['@script', '@only-noscript']) {
	for (const as of new Set(Object.values(pages).map((example) => example.as))) {
		const how = tag === '@script' ? 'in French' : 'in French without script';
		test(`the pages of ${as ?? 'a visitor'} are whole ${how}`, { tag }, async ({ page }) => {
			test.slow();
			if (as) await signIn(page, as);
			for (const [route, example] of Object.entries(pages)) {
				if (example.as !== as) continue;
				const path = `/fr${await pathOf(page, route, example)}`;
				expect((await page.goto(path))?.status(), path).toBe(200);
				await leavesRoomForText(page);
				await staysInWidth(page);
				await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
				await expect(page.getByRole('heading', { level: 1 }), path).toHaveCount(1);
			}
		});
	}
}

test(
	'a page that is not there says so in both languages',
	{ tag: '@noscript' },
	async ({ page }) => {
		await visit(page, '/nowhere', { status: 404 });
		await visit(page, '/fr/nulle-part', { status: 404 });
		await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
		await look(page);
	}
);

test('search engines find public pages in both languages, and nobody', async ({
	page,
	baseURL
}) => {
	const sitemap = await (await page.request.get('/sitemap.xml')).text();
	const found = [...sitemap.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address!);
	expect(found).toContain(`${baseURL}/fr/reports/2014`);
	expect(
		found.filter((address) => /threads|votes|account|program|committees\/|history/.test(address))
	).toEqual([]);
	for (const address of found) {
		const answer = await page.request.get(`${address}?utm_source=x`);
		expect(answer.headers()['x-robots-tag'], address).toBeUndefined();
		const html = await answer.text();
		const head = html.slice(0, html.indexOf('</head>'));
		expect(head, address).toContain(`<link rel="canonical" href="${address}"`);
		expect(head).toContain('<meta name="description"');
		expect(head).toContain('<meta property="og:title"');
		expect(html).not.toContain('utm_source');
		for (const language of ['en', 'fr']) {
			const [, other] = new RegExp(`hreflang="${language}" href="([^"]+)"`).exec(head)!;
			expect(found).toContain(other);
		}
	}
	for (const path of ['/sign-in', '/leaving', '/nowhere', '/forums/winnipeg/program']) {
		expect((await page.request.get(path)).headers()['x-robots-tag'], path).toBe('noindex');
	}
	const robots = await (await page.request.get('/robots.txt')).text();
	expect(robots).toContain(`Sitemap: ${baseURL}/sitemap.xml`);
	const security = await (await page.request.get('/.well-known/security.txt')).text();
	expect(security).toMatch(/^Contact: mailto:organizers@example\.org\nExpires: 20/);
});

test('a forum tells search engines its days and city, and no room', async ({ page }) => {
	await page.goto('/fr/forums/winnipeg');
	const event = page.locator('[itemtype="https://schema.org/Event"]');
	await expect(event.locator('[itemprop=startDate]')).toHaveAttribute(
		'content',
		/^\d{4}-\d\d-\d\d$/
	);
	await expect(event.locator('[itemprop=address]')).toHaveAttribute('content', /^[^,\d]+, Canada$/);
});

async function pathOf(page: Page, route: string, { at, linkedFrom }: Example): Promise<string> {
	if (at) return at;
	if (!linkedFrom) return route;
	await page.goto(linkedFrom);
	const links = await page.locator('a[href]').all();
	const paths = await Promise.all(links.map((link) => link.getAttribute('href')));
	const found = paths.find((path) => path && routeOf(path.split(/[?#]/)[0]!) === route);
	expect(found, `a link to ${route} on ${linkedFrom}`).toBeDefined();
	return found!;
}

/** The route of a path; a fixed name goes before a parameter, as in Kit. */
function routeOf(path: string): string | undefined {
	const routes = Object.keys(pages).filter((route) => patternOf(route).test(path));
	return routes.toSorted((a, b) => a.split('[').length - b.split('[').length)[0];
}

async function scriptWeight(page: Page): Promise<number> {
	const answer = await page.request.get(page.url());
	const html = await answer.text();
	const scripts = scriptsOf({ url: page.url(), html, link: answer.headers().link });
	const sizes = scripts.map(async (url) => kilobytes(await (await page.request.get(url)).body()));
	return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
