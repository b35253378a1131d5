import type { Sector } from '$lib/directory/words';
import { aboutFile } from '$lib/exports/view.server';
import type { Sheet } from '$lib/platform/files/sheet.server';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { groupsOf } from './rules';
import type { CoverageFile, Group } from './schema';
import { aboutName, partName } from './words';

const order = ['province', 'sector', 'language', 'mode', 'first'] as const;

/** The counts by what they are about, each by its name, the largest first. */
export function countsOf(groups: readonly Group[], sectors: readonly Sector[]) {
	return order.map((about) => ({
		about,
		title: aboutName(about),
		lines: groupsOf(groups, about)
			.map((group) => ({ ...group, name: partName(group, sectors) }))
			.sort((a, b) => b.confirmed - a.confirmed || b.waiting - a.waiting)
	}));
}

/** Counts without names. */
export function coverageSheet(file: CoverageFile, sectors: readonly Sector[]): Sheet {
	const { confirmed = 0, waiting = 0 } = groupsOf(file.groups, 'all')[0] ?? {};
	return {
		...aboutFile(file, m.exports_coverage(), m.coverage_file_small()),
		heads: [
			m.coverage_head_about(),
			m.coverage_head_group(),
			m.coverage_head_confirmed(),
			m.coverage_head_waiting()
		],
		rows: [
			[aboutName('all'), '', confirmed, waiting],
			...countsOf(file.groups, sectors).flatMap(({ title, lines }) =>
				lines.map((line) => [title, line.name, line.confirmed, line.waiting])
			)
		]
	};
}
