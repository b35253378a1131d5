import { expect, look, signIn, test } from './fixtures';

const words = {
	en: {
		mine: 'Your check-in code',
		checkIn: 'Check in',
		in: 'Checked in',
		already: 'Already in: today',
		no: 'Not checked in',
		unknown: 'This code is unknown.',
		undo: 'Undo the check-in',
		undone: 'This check-in is undone. The person is still in',
		search: 'Search for the name',
		paper: 'Paper list',
		lookUp: 'Look up the names',
		missing: 'Not found',
		confirm: 'Check in the chosen people',
		listed: 'Checked in: 1. Already in: 0.',
		held: 'Held on this device, not checked: 1'
	},
	fr: {
		mine: 'Votre code d’accueil',
		checkIn: 'Noter l’arrivée',
		in: 'Arrivée notée',
		already: 'Arrivée déjà notée : aujourd’hui',
		no: 'Arrivée non notée',
		unknown: 'Ce code est inconnu.',
		undo: 'Annuler cette arrivée',
		undone: 'Cette arrivée est annulée. La personne reste présente',
		search: 'Chercher le nom',
		paper: 'Liste papier',
		lookUp: 'Chercher les noms',
		missing: 'Introuvables',
		confirm: 'Noter l’arrivée des personnes choisies',
		listed: 'Arrivées notées : 1. Déjà notées : 0.',
		held: ''
	}
};

for (const [locale, prefix, tag, address] of [
	['en', '', '@script', 'sample73@example.org'],
	['fr', '/fr', '@only-noscript', 'sample76@example.org']
] as const) {
	test(
		`somebody at the check-in reads codes and a paper list (${locale})`,
		{ tag },
		async ({ page, another }) => {
			const say = words[locale];
			await signIn(page, address);
			await page.goto(`${prefix}/forums/winnipeg/registration`);
			await expect(page.getByRole('heading', { name: say.mine })).toBeVisible();
			const code = (await page.locator('#check-in code').textContent())!.trim();
			await expect(page.locator('#check-in svg[role=img] path')).toHaveCount(1);

			const chi = await another();
			await signIn(chi, 'member.at@example.org');
			await chi.goto(`${prefix}/forums/winnipeg/check-in`);
			const result = chi.locator('[data-outcome]').first();
			const field = chi.locator('[name=code]');
			const press = (name: string) =>
				chi.locator('main').getByRole('button', { name, exact: true }).first().click();
			const scan = async (typed: string) => {
				await field.fill(typed);
				await press(say.checkIn);
			};
			const attendance = chi.locator('[data-attendance]');
			const before = await attendance.textContent();
			await scan(code.toLowerCase());
			await expect(result).toContainText(say.in);
			await expect(attendance).not.toHaveText(before!);
			await look(chi);
			await scan(code);
			await expect(result).toContainText(say.already);
			await scan('0000000000');
			await expect(result).toContainText(say.no);
			await expect(result).toContainText(say.unknown);

			if (locale === 'en') {
				// The site does not answer, the page is loaded again, and then the site is back.
				await chi.route('**/check-in/scan', (route) => route.fulfill({ status: 503, json: {} }));
				await scan(code);
				await expect(chi.locator('main')).toContainText(say.held);
				await expect(result).toHaveCount(0);
				await chi.reload();
				await expect(chi.locator('main')).toContainText(say.held);
				await chi.unroute('**/check-in/scan');
				await press('Send them now');
				await expect(result).toContainText(say.already);
				await expect(chi.locator('[data-held]')).toBeHidden();
			}

			await chi.goto(`${prefix}/forums/winnipeg/check-in`);
			await press(say.undo);
			await expect(chi.getByRole('status').filter({ hasText: say.undone })).toBeVisible();

			await chi.locator('[name=search]').fill(locale === 'en' ? 'sample part' : 'personne part');
			await press(say.search);
			const others = chi.locator('#people li').filter({ hasText: say.checkIn });
			const listed = (await others.last().locator('b').textContent())!.trim();
			await chi.goto(`${prefix}/forums/winnipeg/check-in`);
			await chi.getByRole('link', { name: say.paper }).click();
			await chi.locator('[name=names]').fill(`1. ${listed}\nNobody Known`);
			await press(say.lookUp);
			await expect(chi.locator('main')).toContainText(say.missing);
			await look(chi);
			await press(say.confirm);
			await expect(chi.locator('main')).toContainText(say.listed);
			await expect(chi.locator('[name=names]')).toHaveValue('Nobody Known');
		}
	);
}
