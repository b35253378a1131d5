import { expect, test } from 'vitest';
import { emails } from '$lib/registrations/emails';
import { inLanguage } from '$lib/platform/text/i18n/language.server';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

// Sentences with what may be in them: none and one, a city that begins with a vowel, a long name, two days.

const en = <T>(say: () => T) => inLanguage('en', say);
const fr = <T>(say: () => T) => inLanguage('fr', say);

test.each([
	[0, '0 personne sur 40 a voté.', '0 a voté', '0 of 40 people voted.'],
	[1, '1 personne sur 40 a voté.', '1 a voté', '1 of 40 people voted.'],
	[2, '2 personnes sur 40 ont voté.', '2 ont voté', '2 of 40 people voted.'],
	[
		1_000_000,
		'1000000 personnes sur 40 ont voté.',
		'1000000 ont voté',
		'1000000 of 40 people voted.'
	]
])('a turnout of %i', (voted, french, short, english) => {
	expect(fr(() => m.votes_turnout_plain({ voted, of: 40 }))).toBe(french);
	expect(fr(() => m.shared_turnout_voted({ voted }))).toBe(short);
	expect(en(() => m.votes_turnout_plain({ voted, of: 40 }))).toBe(english);
});

test('one new post, and several', () => {
	expect(fr(() => m.threads_new_posts({ count: 1 }))).toBe('1 nouveau message');
	expect(fr(() => m.threads_new_posts({ count: 2 }))).toBe('2 nouveaux messages');
	expect(en(() => m.home_needs({ count: 1 }))).toBe('One thing to do');
	expect(fr(() => m.home_needs({ count: 9 }))).toBe('Plusieurs choses à faire');
});

test.each(['Ottawa', 'Edmonton', 'Iqaluit', 'Halifax', 'Winnipeg', 'L’Ancienne-Lorette'])(
	'a forum in %s needs no elision',
	(city) => {
		expect(fr(() => m.registrations_mode_in_person_at({ city }))).toBe(`En personne, à ${city}`);
		expect(fr(() => m.sessions_zone({ zone: 'heure de l’Est', place: city }))).toBe(
			`Fuseau horaire\u00a0: heure de l’Est (${city}).`
		);
	}
);

const facts = {
	slug: 'ottawa',
	forum_en: 'National Forum on Trafficking in Persons and the Rights of Migrant Workers (sample)',
	forum_fr:
		'Forum pancanadien sur la traite des personnes et les droits des travailleuses et travailleurs migrants (exemple)',
	place_en: 'Ottawa, Ontario, and online',
	place_fr: 'Ottawa (Ontario) et en ligne',
	city: 'Ottawa',
	starts_on: '2027-11-30',
	ends_on: '2027-12-01',
	mode: 'in_person'
};
const placed = (about: Record<string, string>) =>
	emails.registration_confirmed!(about).paragraphs[0];

test('who comes in person reads the city and all days, not that the forum is online too', () => {
	expect(en(() => placed(facts))).toBe(
		`Your registration is confirmed. You are attending in person. Forum: ${facts.forum_en}. Date: November\u00a030 to December\u00a01, 2027. Place: Ottawa.`
	);
	expect(fr(() => placed(facts))).toBe(
		`Votre inscription est confirmée. Vous participez en personne. Forum\u00a0: ${facts.forum_fr}. Date\u00a0: du 30\u00a0novembre au 1er\u00a0décembre 2027. Lieu\u00a0: Ottawa.`
	);
});

test('who comes online reads no place', () => {
	expect(fr(() => placed({ ...facts, mode: 'online' }))).not.toContain('Ottawa');
	expect(en(() => placed({ ...facts, mode: 'online', ends_on: '2027-11-30' }))).toContain(
		'Date: Tuesday, November\u00a030, 2027.'
	);
});

test('who was registered reads which forum was cancelled, and all its days', () => {
	const text = () => emails.forum_cancelled!(facts).paragraphs[0];
	expect(en(text)).toBe(
		`The organizers cancelled this forum: ${facts.forum_en}. Date: November\u00a030 to December\u00a01, 2027. It will not take place.`
	);
	expect(fr(text)).toBe(
		`L’équipe organisatrice a annulé le forum suivant\u00a0: ${facts.forum_fr}. Date\u00a0: du 30\u00a0novembre au 1er\u00a0décembre 2027. Il n’aura pas lieu.`
	);
});
