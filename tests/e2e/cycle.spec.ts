import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { expect, look, signIn, staysInWidth, test } from './fixtures';

// A forum from an empty database, as an organizer and twelve people do it: no SQL, no sample network.

const port = Number(process.env.E2E_PORT ?? 4173) + 50;
const origin = `http://localhost:${port}`;
const organizer = 'first.organizer@example.org';

test.use({ baseURL: origin });
test.describe.configure({ mode: 'serial' });

let site: ChildProcess;
const folder = join(process.env.E2E_FOLDER!, 'cycle');

test.beforeAll(async () => {
	await rm(folder, { recursive: true, force: true });
	site = spawn(process.execPath, ['build'], {
		stdio: 'ignore',
		env: {
			...process.env,
			HOST: '127.0.0.1',
			PORT: String(port),
			ORIGIN: origin,
			CONVERGENCE_DATA: folder,
			CONVERGENCE_SAMPLE: '0',
			ORGANIZERS: organizer,
			SHUTDOWN_TIMEOUT: '2'
		}
	});
	await expect
		.poll(
			() =>
				fetch(`${origin}/health`).then(
					({ ok }) => ok,
					() => false
				),
			{ timeout: 60_000 }
		)
		.toBe(true);
});

test.afterAll(async () => {
	const ended = new Promise((resolve) => site.once('exit', resolve));
	site.kill('SIGTERM');
	await ended;
});

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const first = day(40);

async function fill(page: Page, fields: Record<string, string>): Promise<void> {
	for (const [name, value] of Object.entries(fields)) {
		await page.locator(`main [name=${name}]`).fill(value);
	}
}

const press = (page: Page, name: string | RegExp) =>
	page.locator('main').getByRole('button', { name, exact: true }).click();

const sectors = [
	'ngo',
	'service_provider',
	'grassroots',
	'academic',
	'government',
	'law_enforcement',
	'legal',
	'lived_experience',
	'health',
	'labour',
	'youth',
	'faith'
];
const said = {
	en: {
		register: /^(Register|Join)/,
		check: 'Check your registration',
		confirmed: 'Your registration is confirmed',
		pending: 'Your registration waits for approval',
		waitlisted: 'You are on the waitlist'
	},
	fr: {
		register: /^S’inscrire/,
		check: 'Vérifier votre inscription',
		confirmed: 'Votre inscription est confirmée',
		pending: 'Votre inscription attend une approbation',
		waitlisted: 'Vous êtes sur la liste d’attente'
	}
};

const addressOf = (n: number) => `sample.person.${n}@example.org`;

/** Registers a person, every third in French and every second without script; the heading of their page then. */
async function registers(
	browser: Browser,
	n: number,
	slug: string,
	sector = sectors[n]!
): Promise<string> {
	const context = await browser.newContext({ baseURL: origin, javaScriptEnabled: n % 2 === 0 });
	const page = await context.newPage();
	const locale = n % 3 === 0 ? 'fr' : 'en';
	const words = said[locale];
	await signIn(page, addressOf(n), { locale, fresh: true });
	await page.goto(`${locale === 'fr' ? '/fr' : ''}/forums/${slug}/register`);
	await fill(page, { name: `Sample person ${n}` });
	await page.locator('main [name=province]').selectOption(n < 6 ? 'NS' : 'QC');
	await page.locator(`main [name=sector][value=${sector}]`).check();
	await page.locator('main [name=mode]').first().check();
	await press(page, words.check);
	await page.locator('main').getByRole('button', { name: words.register }).click();
	await expect(page).toHaveURL(/\/registration$/);
	const heading = await page.getByRole('heading', { level: 1 }).innerText();
	await context.close();
	return heading;
}

test('an organizer opens a forum on an empty site, and twelve people register', async ({
	page,
	browser
}) => {
	test.setTimeout(300_000);
	await signIn(page, organizer, { fresh: true });
	await page.goto('/account');
	await fill(page, { name: 'First organizer' });
	await page.locator('main [name=province]').selectOption('NS');
	await page.locator('main [name=sector]').selectOption('ngo');
	await press(page, /^Save/);
	await expect(page.getByRole('status').first()).toBeVisible();
	await page.goto('/organize');
	await page.locator('main').getByRole('link', { name: /forum/i }).first().click();
	await fill(page, {
		name_en: 'Forum in Halifax',
		name_fr: 'Forum à Halifax',
		city: 'Halifax',
		starts_on: first,
		ends_on: day(41)
	});
	await page.locator('main [name=time_zone]').selectOption('America/Halifax');
	await press(page, 'Create the forum');
	const slug = new URL(page.url()).pathname.split('/').at(-1)!;
	await fill(page, {
		place_en: 'Halifax and online',
		place_fr: 'Halifax et en ligne',
		objectives_en: 'Meet.\nDecide.',
		objectives_fr: 'Se réunir.\nDécider.',
		registration_opens_at: `${day(-1)}T09:00`,
		registration_closes_at: `${day(30)}T17:00`,
		capacity_in_person: '9'
	});
	await press(page, 'Save the forum');
	await page.goto(`/organize/forums/${slug}/sessions`);
	for (let n = 1; n <= 6; n++) {
		await fill(page, {
			title_en: `Session ${n}`,
			title_fr: `Séance ${n}`,
			starts_at: `${first}T${String(8 + n).padStart(2, '0')}:00`,
			ends_at: `${first}T${String(8 + n).padStart(2, '0')}:45`
		});
		await press(page, 'Save the session');
		await expect(page.getByText('The session is saved.')).toBeVisible();
		await page.goto(`/organize/forums/${slug}/sessions`);
	}
	await page.goto(`/organize/forums/${slug}`);
	await press(page, 'Publish the forum');
	await expect(page.getByRole('status').filter({ hasText: 'is published' })).toBeVisible();

	const headings: string[] = [];
	for (let n = 0; n < 12; n++) headings.push(await registers(browser, n, slug));
	const count = (key: keyof (typeof said)['en']) =>
		headings.filter((heading) => heading === said.en[key] || heading === said.fr[key]).length;
	expect({ confirmed: count('confirmed'), waitlisted: count('waitlisted') }).toEqual({
		confirmed: 9,
		waitlisted: 3
	});
	await page.goto('/organize');
	await expect(page.locator('main')).toContainText('Confirmed registrations: 9. Waitlist: 3.');
	await look(page);
});

test('a spot that is given up is offered, a colleague takes one over, and nobody is passed', async ({
	browser
}) => {
	test.setTimeout(180_000);
	const mine = `/forums/halifax-${first.slice(0, 4)}/registration`;
	const opened = async (options = {}) =>
		(await browser.newContext({ baseURL: origin, ...options })).newPage();
	const leaving = await opened();
	await signIn(leaving, addressOf(1), { fresh: true });
	await leaving.goto(`${mine}?ask=cancel`);
	await leaving.getByRole('button', { name: 'Yes, cancel your registration' }).click();
	await expect(leaving.getByRole('heading', { level: 1 })).toHaveText(
		'Your registration is cancelled'
	);

	// Number 9 waits first, in French and without script.
	const next = await opened({ javaScriptEnabled: false });
	await signIn(next, addressOf(9), { locale: 'fr', fresh: true });
	await next.goto(`/fr${mine}`);
	await staysInWidth(next);
	await press(next, 'Prendre la place');
	await expect(next.getByRole('heading', { level: 1 })).toHaveText(said.fr.confirmed);

	const giver = await opened();
	await signIn(giver, addressOf(2), { fresh: true });
	await giver.goto(mine);
	await fill(giver, { email: 'nobody' });
	await press(giver, 'Offer your spot');
	await expect(giver.locator('main [name=email]')).toHaveValue('nobody');
	await fill(giver, { email: addressOf(20) });
	await press(giver, 'Offer your spot');
	await expect(giver.getByText(addressOf(20))).toBeVisible();
	await look(giver);
	expect(await registers(browser, 20, `halifax-${first.slice(0, 4)}`, 'youth')).toBe(
		said.en.confirmed
	);
	await giver.goto(mine);
	await expect(giver.getByRole('heading', { level: 1 })).toHaveText(
		'Your registration is cancelled'
	);
	for (const page of [leaving, next, giver]) await page.context().close();
});

test('a newcomer is approved, says what they need, and the organizer leaves with the right files', async ({
	page,
	browser
}) => {
	test.setTimeout(180_000);
	const slug = `halifax-${first.slice(0, 4)}`;
	const here = `/organize/forums/${slug}`;
	const main = page.locator('main');
	const file = async (list: string) => {
		await page.goto(`${here}/exports`);
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: new RegExp(`^Download as CSV.+${list}$`) }).click()
		]);
		return readFile(await download.path(), 'utf8');
	};
	await signIn(page, organizer);
	await page.goto(`${here}/people/rules`);
	await page.locator('[name=approval][value=all]').check();
	await press(page, 'Save the settings');
	await page.goto(here);
	await fill(page, { capacity_in_person: '11' });
	await press(page, 'Save the forum');
	// Two more spots go to two who wait: number 10 and number 11, who have not answered yet.
	expect(await registers(browser, 13, slug, 'health')).toBe(said.en.pending);

	await page.goto('/organize');
	await main
		.getByRole('link', { name: /registrations to approve/ })
		.first()
		.click();
	await page.getByRole('checkbox', { name: /Sample person 13/ }).check();
	await press(page, 'Approve');
	await press(page, 'Approve 1 registration');
	await expect(main.getByRole('status').first()).toBeVisible();

	const person = await (await browser.newContext({ baseURL: origin })).newPage();
	await signIn(person, addressOf(13), { fresh: true });
	await person.goto(`/forums/${slug}/registration`);
	await expect(person.getByRole('heading', { level: 1 })).toHaveText(said.en.waitlisted);
	await person.context().close();
	const fed = await (await browser.newContext({ baseURL: origin })).newPage();
	await signIn(fed, addressOf(4), { fresh: true });
	await fed.goto(`/forums/${slug}/registration/needs`);
	await fed.locator('[name=diet][value=vegan]').check();
	await press(fed, /^Save/);
	await expect(fed.getByRole('status').first()).toBeVisible();
	await fed.context().close();

	const roster = await file('Roster');
	const rows = roster.split('\r\n').filter((row) => row.includes('@example.org'));
	expect(rows).toHaveLength(12);
	expect(roster).toContain(addressOf(20));
	expect(roster).not.toContain(addressOf(1));
	expect(roster).not.toContain('vegan');
	await page.goto(`${here}/needs`);
	await expect(main).toContainText(/Vegan/);
	// Who plans sees counts, and only a needs reader sees whose they are.
	await expect(main).not.toContainText('Sample person 4');
	await page.goto('/organize/audit');
	await expect(main).toContainText('Roster downloaded');
});
