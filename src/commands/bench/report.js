/**
 * The table and the file that the bench ends with.
 *
 * @typedef {import('./measures.js').Figures} Figures
 * @typedef {{ embedded: Figures, postgres: Figures | undefined }} Results
 * @typedef {(figures: Figures) => number} Read
 *
 * @typedef {object} Bar
 * @property {string} name
 * @property {Read} read
 * @property {[embedded: number | undefined, postgres: number | undefined]} goals
 * @property {boolean} [isFloor] whether more is better
 * @property {string} [unit]
 */

const ratio =
	(/** @type {string} */ name) =>
	(/** @type {Figures} */ { cells }) =>
		cells.get(name)?.ratio ?? NaN;
const growth = (/** @type {Figures} */ figures) => Math.max(...Object.values(figures.growth));

/** @type {Bar[]} */
const bars = [
	{ name: 'thread of 50 posts, member', read: ratio('thread'), goals: [12, 8] },
	{ name: 'list of 20 threads, member', read: ratio('threads'), goals: [10, 6] },
	{ name: 'home, member', read: ratio('home'), goals: [10, 6] },
	{ name: 'reply, 16 members at once', read: ratio('reply'), goals: [8, 5] },
	{ name: 'ballot, 8 in flight', read: ratio('ballot'), goals: [6, 4] },
	{ name: 'registration, 8 in flight', read: ratio('registration'), goals: [8, 5] },
	{ name: 'public home, from the cache', read: ratio('public'), goals: [0.4, 0.4] },
	{ name: 'public page, first render, 8 at once', read: ratio('first'), goals: [6, 5] },
	{
		name: 'verb of a ballot ÷ raw insert',
		read: ({ verb }) => verb,
		goals: [0.3, 0.3],
		isFloor: true
	},
	{
		name: 'visitors beside 17 member requests a second, share of alone',
		read: ({ beside }) => beside,
		goals: [0.6, 0.8],
		isFloor: true
	},
	...['thread', 'threads', 'home'].map((page) => ({
		name: `growth, ${page === 'threads' ? 'list of threads' : page}`,
		read: (/** @type {Figures} */ figures) => figures.growth[page] ?? NaN,
		goals: /** @type {[number, number]} */ ([1.2, 1.2])
	})),
	{
		name: 'memory after the start',
		read: ({ startMemory }) => startMemory,
		goals: [300, undefined],
		unit: 'MiB'
	},
	{ name: 'memory, peak', read: ({ peakMemory }) => peakMemory, goals: [500, 250], unit: 'MiB' },
	{
		name: 'start on nothing',
		read: ({ start }) => start.cold / 1000,
		goals: [undefined, undefined],
		unit: 's'
	},
	{ name: 'start on data', read: ({ start }) => start.warm / 1000, goals: [3, 3], unit: 's' },
	{
		name: 'script of a member page, at most',
		read: ({ weights }) => weights.script,
		goals: [60, 60],
		unit: 'KiB'
	},
	{
		name: 'HTML of the thread',
		read: ({ weights }) => weights.html,
		goals: [undefined, undefined],
		unit: 'KiB'
	},
	{
		name: 'first visit of the thread',
		read: ({ weights }) => weights.firstVisit,
		goals: [110, 110],
		unit: 'KiB'
	}
];

/**
 * @param {Results} results
 * @returns {string}
 */
export function table(results) {
	const engines = /** @type {const} */ (['embedded', 'postgres']);
	const lines = [
		'| figure | engine | goal | measured | | answers/s | p50 ms | p95 ms |',
		'|---|---|--:|--:|---|--:|--:|--:|'
	];
	for (const bar of bars) {
		engines.forEach((engine, at) => {
			const figures = results[engine];
			if (!figures) return;
			const value = bar.read(figures);
			const cell = [...figures.cells.values()].find(({ ratio }) => Object.is(ratio, value));
			lines.push(
				row([
					bar.name,
					engine,
					goalOf(bar, at),
					shown(value, bar.unit),
					verdict(bar, at, value),
					figure(cell?.rate),
					figure(cell?.p50),
					figure(cell?.p95)
				])
			);
		});
	}
	return lines.join('\n');
}

/**
 * @param {Bar} bar
 * @param {number} at
 * @param {number} value
 */
function verdict({ goals, isFloor }, at, value) {
	const goal = goals[at];
	if (goal === undefined) return '';
	if (!Number.isFinite(value)) return 'not measured';
	return (isFloor ? value >= goal : value <= goal) ? 'met' : 'MISSED';
}

/**
 * @param {Bar} bar
 * @param {number} at
 */
function goalOf({ goals, isFloor, unit }, at) {
	return goals[at] === undefined
		? ''
		: `${isFloor ? '≥' : '≤'} ${goals[at]}${unit ? ` ${unit}` : ''}`;
}

/**
 * @param {number} value
 * @param {string} [unit]
 */
function shown(value, unit) {
	return figure(value) + (unit ? ` ${unit}` : '');
}

/** @param {number | undefined} value */
function figure(value) {
	if (value === undefined) return '';
	if (!Number.isFinite(value)) return '–';
	return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

/** @param {(string | number)[]} cells */
function row(cells) {
	return `| ${cells.join(' | ')} |`;
}

/**
 * What `--json` writes: multiples of the bare page, and the worst growth; null where not measured.
 * @param {Results} results
 */
export function ratios({ embedded, postgres }) {
	/** @type {Record<string, number | null>} */
	const all = {};
	for (const name of ['thread', 'threads', 'home', 'reply', 'ballot']) {
		all[`${name}_embedded`] = rounded(ratio(name)(embedded));
		all[`${name}_postgres`] = postgres ? rounded(ratio(name)(postgres)) : null;
	}
	const both = postgres ? [embedded, postgres] : [embedded];
	all.public = rounded(Math.max(...both.map(ratio('public'))));
	all.growth = rounded(Math.max(...both.map(growth)));
	return { ratios: all };
}

/** @param {number} value */
function rounded(value) {
	return Number.isFinite(value) ? Math.round(value * 1000) / 1000 : null;
}
