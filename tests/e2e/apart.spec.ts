import { expect, look, signIn, test } from './fixtures';

const reader = 'member.mw@example.org';

const words = {
	en: {
		link: 'Ask never to be in the same room as somebody',
		send: 'Send your request',
		missing: 'Write whom you mean.',
		sent: 'Your request is sent.',
		own: 'Somebody from Brandon (en)',
		waiting: 'A needs reader has not decided yet.',
		open: 'Open the requests',
		search: /^Search the people of this forum/,
		named: 'Sample participant 45',
		accept: /^Keep apart from Sample participant 45/,
		accepted: 'The request is accepted.',
		result: /^Apart from: Sample participant 45/,
		sessions: /^Sessions open to this person: \d of \d/,
		apart: 'Accepted. The site keeps you apart from those whom the needs reader found.',
		delete: /^Delete this request/,
		deleted: 'Your request is deleted.'
	},
	fr: {
		link: 'Demander à n’être jamais dans la même salle que quelqu’un',
		send: 'Envoyer votre demande',
		missing: 'Écrivez de qui il s’agit.',
		sent: 'Votre demande est envoyée.',
		own: 'Quelqu’un de Brandon (fr)',
		waiting: 'La décision n’est pas encore prise.',
		open: 'Ouvrir les demandes',
		search: /^Chercher parmi les personnes de ce forum/,
		named: 'participante 48',
		accept: /^Séparer de.: .*participante 48/,
		accepted: 'La demande est acceptée.',
		result: /^Séparation d’avec.: .*participante 48/,
		sessions: /^Séances ouvertes à cette personne.: \d sur \d/,
		apart: 'Demande acceptée. Le site vous sépare des personnes qui ont été trouvées.',
		delete: /^Supprimer cette demande/,
		deleted: 'Votre demande est supprimée.'
	}
};

// Neither is in the session that the sample shows as full: an accepted request frees their spots.
for (const [locale, prefix, tag, address] of [
	['en', '', '@script', 'sample48@example.org'],
	['fr', '/fr', '@only-noscript', 'sample51@example.org']
] as const) {
	test(
		`somebody asks to be apart from a person, and a needs reader accepts (${locale})`,
		{ tag },
		async ({ page, another }) => {
			const say = words[locale];
			const main = page.locator('main');
			const status = (hasText: string, on = page) => on.getByRole('status').filter({ hasText });
			await signIn(page, address);
			await page.goto(`${prefix}/forums/winnipeg/registration/needs`);
			await page.getByRole('link', { name: say.link }).click();
			await expect(page.locator('[name=sector]')).toBeHidden();
			await page.locator('[name=about][value=person]').check();
			await page.getByRole('button', { name: say.send }).click();
			await expect(page.getByRole('alert')).toContainText(say.missing);
			await expect(page.locator('[name=about][value=person]')).toBeChecked();
			await look(page);
			await page.locator('[name=words]').fill(say.own);
			await page.getByRole('button', { name: say.send }).click();
			await expect(status(say.sent)).toBeVisible();
			await expect(main).toContainText(say.waiting);

			const other = await another();
			await signIn(other, reader);
			await other.goto(`${prefix}/`);
			await other.getByRole('link', { name: say.open }).click();
			const entry = other.getByRole('listitem').filter({ hasText: say.own });
			await entry.locator('[name=name]').fill(say.named);
			await entry.getByRole('button', { name: say.search }).click();
			await look(other);
			await entry.getByRole('button', { name: say.accept }).click();
			await expect(status(say.accepted, other)).toBeVisible();
			await expect(entry.getByText(say.result)).toBeVisible();
			await expect(entry.getByText(say.sessions)).toBeVisible();

			await page.reload();
			await expect(main).toContainText(say.apart);
			await expect(main).not.toContainText(say.named);
			await expect(page.locator('#readings')).toContainText('Sample member, Charlottetown');
			await look(page);
			await page.getByRole('button', { name: say.delete }).click();
			await expect(status(say.deleted)).toBeVisible();
			await expect(main).not.toContainText(say.own);
		}
	);
}
