import { expect, look, signIn, test } from './fixtures';

const words = {
	en: {
		hidden: 'Other participants do not see that you are registered.',
		link: 'Choose who sees you',
		save: 'Save your choice',
		saved: 'Your choice is saved.',
		none: 'Choose at least one sector that does not see you, or another answer above.',
		seen: 'Confirmed participants see you on the list of participants, except those you left out.',
		show: 'Show the preview',
		unseen:
			'Police or other law enforcement: someone from this sector does not see you on the list.',
		like: 'Youth: this is how someone from this sector sees you.',
		list: 'List of participants',
		name: /^Sample participant 73, /
	},
	fr: {
		hidden: 'Les autres personnes participantes ne voient pas votre inscription.',
		link: 'Choisir qui vous voit',
		save: 'Enregistrer votre choix',
		saved: 'Votre choix est enregistré.',
		none: 'Choisissez au moins un secteur qui ne vous voit pas, ou une autre réponse ci-dessus.',
		seen: 'Les personnes dont la place est confirmée vous voient sur la liste, sauf celles que vous avez exclues.',
		show: 'Afficher l’aperçu',
		unseen:
			'Police ou autre force de l’ordre : une personne de ce secteur ne vous voit pas sur la liste.',
		like: 'Jeunesse : voici comment une personne de ce secteur vous voit.',
		list: 'Liste des personnes participantes',
		name: /^Personne participante 76 /
	}
};

for (const [locale, prefix, tag, address] of [
	['en', '', '@script', 'sample73@example.org'],
	['fr', '/fr', '@only-noscript', 'sample76@example.org']
] as const) {
	test(
		`somebody shows themselves to participants, but not to government and police (${locale})`,
		{ tag },
		async ({ page, another }) => {
			const say = words[locale];
			const main = page.locator('main');
			const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
			await signIn(page, address);
			await page.goto(`${prefix}/forums/winnipeg/registration`);
			await expect(main).toContainText(say.hidden);
			await page.getByRole('link', { name: say.link }).click();
			await expect(page.locator('[name=except]').first()).toBeHidden();
			await page.locator('[name=audience][value=participants_except]').check();
			await press(say.save);
			await expect(page.getByRole('alert')).toContainText(say.none);
			await expect(page.locator('[name=audience][value=participants_except]')).toBeChecked();
			await look(page);
			await page.locator('[name=except]').first().check();
			await page.locator('[name=shows][value=sector]').check();
			await press(say.save);
			await expect(page.getByRole('status').filter({ hasText: say.saved })).toBeVisible();
			await expect(main).toContainText(say.seen);
			await expect(page.locator('#preview')).toContainText(say.unseen);
			await page.locator('[name=as]').selectOption('youth');
			await press(say.show);
			await expect(page.locator('#preview')).toContainText(say.like);
			await expect(page.locator('#preview').getByRole('listitem')).toContainText(say.name);
			await look(page);
			await page.goto(`${prefix}/forums/winnipeg/participants`);
			const entry = (list: typeof page) => list.getByRole('listitem').filter({ hasText: say.name });
			await expect(entry(page)).toHaveCount(1);

			// Somebody of a government, confirmed as well.
			const other = await another();
			await signIn(other, 'sample10@example.org');
			await other.goto(`${prefix}/forums/winnipeg`);
			await other.getByRole('link', { name: say.list }).click();
			await expect(other.getByRole('heading', { level: 1 })).toHaveText(say.list);
			await expect(other.getByRole('listitem').filter({ hasText: /3?1/ }).first()).toBeVisible();
			await expect(entry(other)).toHaveCount(0);
		}
	);
}
