// How a list and its lineage are laid out.

/** What a point and an area hold, in characters; the constraints say the same. */
export const LENGTHS = { title: 240, name: 80 };

interface Point {
	priority_id: string;
	parent_id: string | null;
	position: number;
}

type Nested<Item> = Item & { points: Item[] };

/** Areas with their points, and under each point its sub-points, in order. */
export function nested<Item extends Point, Area extends object>(
	areas: (Area & { priorities: Item[] })[]
): (Omit<Area, 'priorities'> & { priorities: Nested<Item>[] })[] {
	const all = areas.flatMap(({ priorities }) => priorities).sort((a, b) => a.position - b.position);
	const under = (parent: string | null) => all.filter(({ parent_id }) => parent_id === parent);
	return areas.map((area) => ({
		...area,
		priorities: under(null)
			.filter((point) => area.priorities.includes(point))
			.map((point) => ({ ...point, points: under(point.priority_id) }))
	}));
}

/** Whether an area has anything to show. */
export function isWritten({ priorities }: { priorities: unknown[] }): boolean {
	return priorities.length > 0;
}

/** "2016" of a forum's first day. */
export function yearOf({ starts_on }: { starts_on: string }): string {
	return starts_on.slice(0, 4);
}

/** "Halifax 2026": two forums of one year have a list each. The year alone, without a city. */
export function placeAndYear(forum: { city: string | null; starts_on: string }): string {
	return [forum.city, yearOf(forum)].filter(Boolean).join(' ');
}

/** The years of the forums that a point comes from, each once, the latest first. */
export function yearsBefore(before: { from: { forum: { starts_on: string } } }[]): string[] {
	return [...new Set(before.map(({ from }) => yearOf(from.forum)))].sort().reverse();
}

interface Linked {
	point: { forum: { starts_on: string } };
}

/** The years of all lists that a priority was on, in these or other words, the earliest first. */
export function yearsOf(priority: {
	forums: { starts_on: string };
	before: (Linked & { point: { before: Linked[] } })[];
	after: (Linked & { point: { after: Linked[] } })[];
}): string[] {
	const linked = [
		...priority.before.flatMap((line) => [line, ...line.point.before]),
		...priority.after.flatMap((line) => [line, ...line.point.after])
	];
	const years = linked.map(({ point }) => yearOf(point.forum));
	return [...new Set([...years, yearOf(priority.forums)])].sort();
}

/** Lines in the order of their forums, so that the picture reads from early to late. */
export function inTime<
	Line extends { lineage_id: string; point: { forum: { starts_on: string } } }
>(lines: Line[]): Line[] {
	return [...lines].sort(
		(a, b) =>
			a.point.forum.starts_on.localeCompare(b.point.forum.starts_on) ||
			a.lineage_id.localeCompare(b.lineage_id)
	);
}

/** Width of the gutter in which the lines of a lineage are drawn, and its middle, in px. */
export const gutter = 40;
export const middle = 20;

/** The place of one of several lanes, side by side around the middle. */
export function place(index: number, lanes: number): number {
	const apart = lanes > 1 ? Math.min(10, 30 / (lanes - 1)) : 0;
	return middle + apart * (index - (lanes - 1) / 2);
}

/** Its place in the bundle: lines lie 2 px apart where they meet, so that they close into one. */
export function bundled(index: number, lanes: number): number {
	return middle - (lanes - 1) + 2 * index;
}
