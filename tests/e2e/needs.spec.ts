import { expect, look, signIn, test, visit } from './fixtures';

const organizer = 'organizer@example.org';
const reader = 'member.mw@example.org';

const words = {
	en: {
		name: /^Sample participant 50,/,
		link: 'Tell us what you need',
		save: 'Save your needs',
		saved: 'Your needs are saved.',
		phone: 'Write the phone number that we can call.',
		nobody: 'Nobody has looked yet.',
		home: 'Needs of the people at a forum',
		delete: 'Delete your needs',
		deleted: 'Your needs are deleted.',
		own: 'I read lips (en)',
		vegan: 'Vegan meals',
		provide: 'Save what is provided',
		provided: 'The list of what is provided is saved.'
	},
	fr: {
		name: /^Personne participante 52 /,
		link: 'Indiquer vos besoins',
		save: 'Enregistrer vos besoins',
		saved: 'Vos besoins sont enregistrés.',
		phone: 'Indiquez le numéro de téléphone à appeler.',
		nobody: 'Personne n’a encore regardé.',
		home: 'Besoins des personnes à un forum',
		delete: 'Supprimer vos besoins',
		deleted: 'Vos besoins sont supprimés.',
		own: 'Je lis sur les lèvres (fr)',
		vegan: 'Repas végétaliens',
		provide: 'Enregistrer ce qui est prévu',
		provided: 'La liste de ce qui est prévu est enregistrée.'
	}
};

for (const [locale, prefix, tag, address] of [
	['en', '', '@script', 'sample50@example.org'],
	['fr', '/fr', '@only-noscript', 'sample52@example.org']
] as const) {
	test(
		`somebody says what they need, a needs reader looks, and the person sees it (${locale})`,
		{ tag },
		async ({ page, another }) => {
			test.slow();
			const say = words[locale];
			const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
			const status = (hasText: string) => page.getByRole('status').filter({ hasText });
			await signIn(page, address);
			await page.goto(`${prefix}/forums/winnipeg/registration`);
			await page.getByRole('link', { name: say.link }).click();
			await look(page);
			await page.locator('[name=diet][value=vegan]').check();
			await page.locator('[name=other][value=call]').check();
			await page.locator('[name=words]').fill(say.own);
			await press(say.save);
			await expect(page.getByRole('alert')).toContainText(say.phone);
			await expect(page.locator('[name=words]')).toHaveValue(say.own);
			await expect(page.locator('[name=diet][value=vegan]')).toBeChecked();
			await look(page);
			await page.locator('[name=phone]').fill('204-555-0150');
			await press(say.save);
			await expect(status(say.saved)).toBeVisible();
			await expect(page.getByText(say.nobody)).toBeVisible();

			const other = await another();
			await signIn(other, reader);
			await other.goto(`${prefix}/`);
			const part = other.locator('section').filter({ hasText: say.home });
			await part.getByRole('link').first().click();
			const entry = other.getByRole('listitem').filter({ hasText: say.own });
			await expect(entry.getByRole('heading')).toHaveText(say.name);
			await expect(entry).toContainText('204-555-0150');
			await look(other);

			await page.reload();
			await expect(page.locator('#readings')).toContainText('Sample member, Charlottetown');

			const olive = await another();
			await signIn(olive, organizer);
			await visit(olive, `${prefix}/organize/forums/winnipeg/needs`);
			const main = olive.locator('main');
			await expect(main.getByRole('term').filter({ hasText: say.vegan })).toBeVisible();
			await expect(main).not.toContainText(say.own);
			await expect(main).not.toContainText('204-555-0150');
			await visit(olive, `${prefix}/forums/winnipeg/needs`, { status: 403 });
			await olive.goto(`${prefix}/organize/forums/winnipeg/needs`);
			await olive.locator('[name=provided_fr]').fill(`Repas halal (${locale})`);
			await olive.getByRole('button', { name: say.provide }).click();
			await expect(olive.getByRole('status').filter({ hasText: say.provided })).toBeVisible();

			await press(say.delete);
			await expect(status(say.deleted)).toBeVisible();
			await expect(page.locator('[name=words]')).toHaveValue('');
		}
	);
}

const roles = {
	en: {
		name: 'Sample participant 61,',
		past: 'The last day is in the past.',
		give: 'Make this person a needs reader',
		given: 'The role is given.',
		until: 'Until May 2, 2028',
		end: /^End this role/,
		ended: 'The role has ended.',
		audit: 'All acts by and about this person',
		acts: ['Role ended: Needs reader', 'Role given: Needs reader'],
		about: 'About'
	},
	fr: {
		name: 'Personne participante 60 ',
		past: 'Le dernier jour est passé.',
		give: 'Donner le rôle de lecture des besoins',
		given: 'Le rôle est donné.',
		until: 'Jusqu’au 2 mai 2028',
		end: /^Mettre fin à ce rôle/,
		ended: 'Le rôle a pris fin.',
		audit: 'Tous les actes de cette personne ou à son sujet',
		acts: ['Rôle retiré\u00a0: Lecture des besoins', 'Rôle donné\u00a0: Lecture des besoins'],
		about: 'Au sujet de'
	}
};

for (const [locale, prefix, tag] of [
	['en', '', '@script'],
	['fr', '/fr', '@only-noscript']
] as const) {
	test(
		`an organizer gives a role of a forum, ends it, and finds both in the audit (${locale})`,
		{ tag },
		async ({ page }) => {
			const say = roles[locale];
			const lastDay = `${new Date().getFullYear() + 1}-05-02`;
			await signIn(page, organizer);
			await page.goto(`${prefix}/organize/people?search=${encodeURIComponent(say.name)}`);
			await page.getByRole('link', { name: say.name }).click();
			const here = page.url();
			const give = async (day: string) => {
				await page.locator('[name=forum]').selectOption({ index: 1 });
				await page.locator('[name=ends_on]').fill(day);
				await page.getByRole('button', { name: say.give }).click();
			};
			await give('2020-05-02');
			await expect(page.getByText(say.past).first()).toBeVisible();
			await expect(page.locator('[name=ends_on]')).toHaveValue('2020-05-02');
			await look(page);
			await page.locator('[name=ends_on]').fill(lastDay);
			await page.getByRole('button', { name: say.give }).click();
			await expect(page.getByRole('status').filter({ hasText: say.given })).toBeVisible();
			const until = say.until.replace('2028', lastDay.slice(0, 4));
			await expect(page.getByText(until)).toBeVisible();
			await look(page);
			await page.getByRole('button', { name: say.end }).click();
			await expect(page.getByRole('status').filter({ hasText: say.ended })).toBeVisible();
			await expect(page.getByText(until)).toHaveCount(0);

			await page.getByRole('link', { name: say.audit }).click();
			await expect(page.getByText(say.acts[0]!)).toBeVisible();
			await expect(page.getByText(say.acts[1]!)).toBeVisible();
			await page.locator('[name=act]').selectOption('end_role');
			await page.locator('main form').getByRole('button').click();
			await expect(page).toHaveURL(/act=end_role/);
			await expect(page.getByText(say.acts[0]!)).toBeVisible();
			await expect(page.getByText(say.acts[1]!)).toHaveCount(0);
			await look(page);
			await page
				.locator('main li')
				.filter({ hasText: say.about })
				.first()
				.getByRole('link', { name: say.name })
				.click();
			await expect(page).toHaveURL(here);
		}
	);
}
