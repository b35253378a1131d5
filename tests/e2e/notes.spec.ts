import { expect, look, signIn, test } from './fixtures';

const organizer = 'organizer@example.org';

const words = {
	en: {
		session: /Where can people sleep tonight/,
		reminder: 'Do not name or describe survivors or their families.',
		first: 'Beds are far away (en).',
		theirs: 'Beds are two hours away (en).',
		mine: 'Beds are far away. Call Room 12 (en).',
		save: 'Save the notes',
		saved: 'The notes are saved.',
		conflict: 'Not saved: somebody else changed the same text.',
		changed: 'Somebody else changed the notes, so nothing was saved.',
		finding: 'No list of free beds (en)',
		ready: 'Save and send for review',
		sent: 'The notes are saved and ready for review.',
		redact: 'Remove the passage',
		redacted: 'The passage is removed, and earlier versions no longer have it.',
		review: 'Mark as reviewed',
		reviewed: 'The notes are reviewed.',
		theme: 'Add a theme',
		added: 'The theme is added.',
		set: 'Set the theme',
		placed: 'The pair has its theme.',
		heard: 'Heard in 1 session'
	},
	fr: {
		session: /L’aiguillage d’une région à l’autre/,
		reminder: 'Ne nommez et ne décrivez ni les personnes survivantes ni leurs proches.',
		first: 'Les lits sont loin (fr).',
		theirs: 'Les lits sont à deux heures (fr).',
		mine: 'Les lits sont loin. Appelez Room 12 (fr).',
		save: 'Enregistrer les notes',
		saved: 'Les notes sont enregistrées.',
		conflict: '',
		changed: 'Une autre personne a modifié les notes, donc rien n’a été enregistré.',
		finding: 'Aucune liste de lits libres (fr)',
		ready: 'Enregistrer et envoyer en relecture',
		sent: 'Les notes sont enregistrées et prêtes à être relues.',
		redact: 'Retirer le passage',
		redacted: 'Le passage est retiré, et les versions antérieures ne l’ont plus.',
		review: 'Marquer comme relues',
		reviewed: 'Les notes sont relues.',
		theme: 'Ajouter un thème',
		added: 'Le thème est ajouté.',
		set: 'Choisir le thème',
		placed: 'La paire a son thème.',
		heard: 'Entendu dans 1 séance'
	}
};

for (const [locale, prefix, tag, address] of [
	['en', '', '@script', 'member.mw@example.org'],
	['fr', '/fr', '@only-noscript', 'member.at@example.org']
] as const) {
	test(
		`two people write notes and lose nothing, and an organizer reviews and gathers them (${locale})`,
		{ tag },
		async ({ page, another }) => {
			test.slow();
			const say = words[locale];
			const withScript = locale === 'en';
			const main = page.locator('main');
			const text = page.locator('[name=body-1]');
			const press = (name: string, on = page) =>
				on.getByRole('button', { name, exact: true }).click();
			const done = (hasText: string, on = page) =>
				expect(on.getByRole('status').filter({ hasText })).toBeVisible();
			await signIn(page, address);
			await page.goto(`${prefix}/forums/winnipeg/notes`);
			await page.getByRole('link', { name: say.session }).click();
			await expect(main).toContainText(say.reminder);
			const here = new URL(page.url()).pathname;
			if (withScript) await page.locator('html[data-ready]').waitFor();
			await text.fill(say.first);
			if (withScript) {
				await expect(page.locator('[data-saved]')).toHaveText(/^Saved at \d+:\d\d.[ap]\.m\.$/);
				await page.reload();
				await page.locator('html[data-ready]').waitFor();
			} else {
				await press(say.save);
				await done(say.saved);
			}
			await expect(text).toHaveValue(say.first);

			const other = await another();
			await signIn(other, organizer);
			await other.goto(here);
			await other.locator('[name=body-1]').fill(say.theirs);
			await press(say.save, other);
			await done(say.saved, other);

			await text.fill(say.mine);
			if (withScript) await expect(page.locator('[data-saved]')).toContainText(say.conflict);
			await press(say.save);
			await expect(page.getByRole('alert')).toContainText(say.changed);
			await expect(main).toContainText(say.theirs);
			await expect(text).toHaveValue(say.mine);
			await look(page);
			await press(say.save);
			await done(say.saved);
			await page.locator('[name^=body-][rows="3"]').first().fill(say.finding);
			await page.locator('[name^=recommendation-]').first().fill('Room 12');
			await press(say.ready);
			await done(say.sent);

			const organize = `${prefix}/organize/forums/winnipeg`;
			await other.goto(`${organize}/notes`);
			await other.getByRole('link', { name: say.session }).click();
			await other.locator('[name=passage]').fill('Room 12');
			await press(say.redact, other);
			await done(say.redacted, other);
			await expect(other.locator('main')).not.toContainText('Room 12');
			await look(other);
			await press(say.review, other);
			await done(say.reviewed, other);
			await other.goto(`${organize}/themes`);
			await other.locator('[name=title_en]').fill(`Housing ${locale}`);
			await other.locator('[name=title_fr]').fill(`Logement ${locale}`);
			await press(say.theme, other);
			await done(say.added, other);
			const pair = other.getByRole('listitem').filter({ hasText: say.finding });
			const name = withScript ? 'Housing en' : 'Logement fr';
			await pair.locator('[name=theme]').selectOption({ label: name });
			await pair.getByRole('button', { name: say.set }).click();
			await done(say.placed, other);
			const theme = other.locator('section').filter({ hasText: name }).last();
			await expect(theme).toContainText(say.heard);
			await look(other);
			if (withScript) {
				await theme.getByRole('link', { name: /Use in the list or the report/ }).click();
				await expect(other.locator('[name=text_en]')).toHaveValue(`${say.finding}\n[…]`);
				// Not sent: other tests begin the report of this forum.
				await expect(other.getByRole('button', { name: 'Add to the draft' })).toBeVisible();
			}
			// The note-taker reads them now, and changes nothing any more.
			await page.goto(here);
			await expect(main).toContainText(say.finding);
			await expect(text).toHaveCount(0);
		}
	);
}
