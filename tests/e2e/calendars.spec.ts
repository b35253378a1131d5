import { expect, look, signIn, test } from './fixtures';

const words = {
	en: {
		make: 'Make a calendar address',
		renew: 'Make a new address',
		remove: 'Delete the address',
		removed: 'The address is deleted.',
		neutral: 'Appointment'
	},
	fr: {
		make: 'Créer une adresse d’agenda',
		renew: 'Créer une nouvelle adresse',
		remove: 'Supprimer l’adresse',
		removed: 'L’adresse est supprimée.',
		neutral: 'Rendez-vous'
	}
};

for (const [locale, prefix, tag, address] of [
	['en', '', '@script', 'member.at@example.org'],
	['fr', '/fr', '@only-noscript', 'sample10@example.org']
] as const) {
	test(
		`a person has their forums in their calendar, until they end it (${locale})`,
		{ tag },
		async ({ page, another }) => {
			const say = words[locale];
			await signIn(page, address);
			await page.goto(`${prefix}/account/calendar`);
			await look(page);
			await page.getByRole('button', { name: say.make }).click();
			const shown = page.locator('main code');
			await expect(shown).toContainText('.ics');
			await look(page);
			const first = (await shown.textContent())!;
			// A program has no session.
			const program = (await another()).request;
			const answer = await program.get(first);
			expect(answer.headers()['content-type']).toBe('text/calendar; charset=utf-8');
			const file = await answer.text();
			expect(file).toContain(`SUMMARY:${say.neutral}`);
			expect(file).not.toMatch(/Winnipeg/);
			const { etag } = answer.headers();
			const again = await program.get(first, { headers: { 'if-none-match': etag! } });
			expect(again.status()).toBe(304);

			await page.goto(`${prefix}/account/calendar`);
			await expect(shown).toHaveCount(0);
			await page.getByRole('button', { name: say.renew }).click();
			const second = (await shown.textContent())!;
			expect(second).not.toBe(first);
			expect((await program.get(first)).status()).toBe(404);
			expect((await program.get(second)).status()).toBe(200);
			await page.getByRole('button', { name: say.remove }).click();
			await expect(page.getByRole('status').filter({ hasText: say.removed })).toBeVisible();
			expect((await program.get(second)).status()).toBe(404);

			const forums = await program.get(`${prefix}/calendar/forums.ics`);
			expect(await forums.text()).toMatch(/SUMMARY:.*\r\n/);
		}
	);
}
