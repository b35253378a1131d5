import { provinceChoices, provinceName, sectorName, type Province } from '$lib/directory/words';
import type { Sector } from '$lib/directory/words';
import { UNDISCLOSED } from '$lib/directory/rules';
import { figure } from '$lib/platform/text/figures';
import { modeWords } from '$lib/registrations/words';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { gapOf } from './rules';
import { shownGroupsSchema, type Entry, type Group } from './schema';

const titles: Record<Group['about'], () => string> = {
	all: m.coverage_all,
	province: m.coverage_provinces,
	sector: m.coverage_sectors,
	language: m.coverage_languages,
	mode: m.coverage_modes,
	first: m.coverage_first
};

/** "Provinces and territories", "Languages": what the groups are about. */
export function aboutName(about: Group['about']): string {
	return titles[about]();
}

/** "Ontario", "French", "First forum that this site knows of". */
export function partName(
	{ about, part }: Pick<Group, 'about' | 'part'>,
	sectors: readonly Sector[]
) {
	switch (about) {
		case 'all':
			return m.coverage_all();
		case 'province':
			return provinceName(part as Province);
		case 'sector':
			return sectorName(sectors, part);
		case 'language':
			return part === 'fr' ? m.exports_french() : m.exports_english();
		case 'mode':
			return modeWords(part as 'in_person' | 'online');
		case 'first':
			return part === 'yes' ? m.coverage_first_yes() : m.coverage_first_no();
	}
}

/** What everybody may read of who comes, from the column `coverage_shown`: none unless organizers show it. */
export function visibleGroups(column: unknown, sectors: readonly Sector[]) {
	const groups = shownGroupsSchema.parse(column) ?? [];
	return (['province', 'sector'] as const)
		.map((about) => ({
			title: aboutName(about),
			lines: groups
				.filter((group) => group.about === about && group.part !== UNDISCLOSED)
				.map((group) => ({ name: partName(group, sectors), count: group.people }))
				.sort((a, b) => b.count - a.count)
				.map(({ name, count }) => m.coverage_visible_line({ name, count: figure(count) }))
		}))
		.filter(({ lines }) => lines.length > 0);
}

/** What an entry of the outreach list may be about; nothing chosen is something else. */
export function gapChoices(sectors: readonly Sector[]) {
	return [
		...provinceChoices().map(({ value, label }) => ({ value: `province:${value}`, label })),
		...sectors
			.filter(({ retired_at }) => !retired_at)
			.map(({ sector }) => ({ value: `sector:${sector}`, label: sectorName(sectors, sector) }))
	];
}

/** "Nunavut", "Youth": what an entry is about; empty for something else. */
export function gapName(entry: Pick<Entry, 'province' | 'sector'>, sectors: readonly Sector[]) {
	const [about, part = ''] = gapOf(entry).split(':');
	return about ? partName({ about: about as 'province' | 'sector', part }, sectors) : '';
}
