import { resolve } from 'node:path';
import { parse, type AST } from 'svelte/compiler';
import { expect, test } from 'vitest';
import { pages } from '../e2e/pages';
import { isDocument } from '../../src/commands/documents';
import { domains } from '../../src/lib/domains';
import { exists, filesUnder, importsOf, namesIn, textOf } from './tree';

// The rules of the architecture for the source tree; those for the database are in db/architecture.test.ts,
// those for messages in words.test.ts.

/** Secret-key clients see everything: each file that makes use of one is named here. */
const usesTheSecretKey = [
	'src/lib/background.server.ts', // claims, runs and settles jobs
	'src/lib/live/data.server.ts', // asks what changed, for all open pages in one call
	'src/lib/people/data.server.ts', // makes the first organizers, whom the operator names
	'src/lib/privacy/data.server.ts', // deletes accounts again after a restore
	'src/lib/platform/db/client.server.ts', // makes the client
	'src/lib/platform/http/limits/data.server.ts', // counts attempts
	'src/lib/vouched/data.server.ts', // finds what a printed code opens, and signs in with it
	'src/routes/mailbox/+page.server.ts' // shows the emails of the sample network, on loopback only
];

const topLevel = [
	'README.md',
	'LICENSE',
	'eslint.config.js',
	'package-lock.json',
	'package.json',
	'playwright.config.ts',
	'src',
	'static',
	'supabase',
	'svelte.config.js',
	'tests',
	'tsconfig.json',
	'vite.config.ts'
];

/** Names that are the same in both languages, or are said in their own. */
const sayableInMarkup = ['Convergence', 'English', 'Français'];

const names = domains.map(({ name }) => name);

const source = filesUnder('src').filter((path) => /\.(ts|js|svelte)$/.test(path));
const product = source.filter(
	(path) => !path.startsWith('src/commands/') && path !== 'src/lib/platform/db/types.ts'
);
const components = source.filter((path) => path.endsWith('.svelte'));
const everything = filesUnder('.').filter(
	(path) => /\.(ts|js|svelte|css|html|sql|json|toml|md|yml)$/.test(path) && !path.includes('-lock.')
);

/** `src/lib/<domain>/…` → `<domain>`. */
function domainOf(path: string): string | undefined {
	return /^src\/lib\/(\w+)/.exec(path)?.[1];
}

function imports(files: string[], isWrong: (imported: string, from: string) => boolean): string[] {
	return files.flatMap((from) =>
		importsOf(from)
			.filter((imported) => isWrong(imported, from))
			.map((imported) => `${from} imports ${imported}`)
	);
}

function uses(files: string[], pattern: RegExp): string[] {
	return files.filter((path) => pattern.test(textOf(path)));
}

function importsNames(path: string, from: string, names: RegExp): boolean {
	const statement = new RegExp(`import[^;]*?from\\s+'${from.replace('/', '\\/')}'`, 'g');
	return (textOf(path).match(statement) ?? []).some((line) => names.test(line));
}

/** What a module of a folder of `src/lib` may import besides its own folder; null for every domain. */
const borders: Record<string, string[]> = {
	platform: ['embedded'],
	embedded: ['platform'],
	ui: ['platform']
};

test('each folder of src/lib is a domain of the list, or platform, embedded or ui', () => {
	const folders = namesIn('src/lib').filter((name) => !name.includes('.'));
	expect(folders.filter((name) => !(name in borders)).sort()).toEqual([...names].sort());
});

test('the folder of a domain holds the files that src/README.md names', () => {
	const shape = [
		'data.server.ts',
		'domain.ts',
		'emails.ts',
		'gathered.ts',
		'jobs.server.ts',
		'rules.ts',
		'schema.ts',
		'view.server.ts',
		'words.ts'
	];
	const ownSubject = ['mail/compose.server.ts', 'mail/transport.server.ts'];
	const files = names.flatMap((domain) =>
		filesUnder(`src/lib/${domain}`).map((path) => path.replace('src/lib/', ''))
	);
	const isShaped = (path: string) =>
		shape.includes(path.replace(/^\w+\//, '')) || /^\w+\/parts\/[A-Z]\w*\.svelte$/.test(path);
	expect(files.filter((path) => !isShaped(path))).toEqual(ownSubject);

	const readme = textOf('src/README.md');
	expect([...shape, ...ownSubject].filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test('platform, embedded and ui know no domain and no page', () => {
	const base = product.filter((path) => (domainOf(path) ?? '') in borders);
	const isWrong = (to: string, from: string) => {
		const own = domainOf(from)!;
		const other = domainOf(to);
		return (
			to.startsWith('src/routes') ||
			(other !== undefined && other !== own && !borders[own]!.includes(other))
		);
	};
	expect(imports(base, isWrong)).toEqual([]);
});

test('the embedded backend is loaded by one module, and only when it is used', () => {
	const users = product.filter(
		(path) =>
			domainOf(path) !== 'embedded' &&
			importsOf(path).some((to) => to.startsWith('src/lib/embedded'))
	);
	expect(users).toEqual(['src/lib/platform/db/open.server.ts']);
	expect(textOf(users[0]!)).not.toMatch(/^import (?!type).*embedded/m);
});

test('a domain knows the domains before it in the list, and no page', () => {
	const files = product.filter((path) => place(path) >= 0);
	expect(imports(files, (to, from) => place(to) > place(from))).toEqual([]);
	expect(imports(files, (to) => to.startsWith('src/routes') || to === '$app/navigation')).toEqual(
		[]
	);
});

function place(path: string): number {
	return names.indexOf(domainOf(path) ?? '');
}

test('a route imports no other route', () => {
	const folder = (path: string) => path.slice(0, path.lastIndexOf('/'));
	const isOther = (to: string, from: string) =>
		to.startsWith('src/routes') && folder(to) !== folder(from);
	expect(
		imports(
			product.filter((path) => path.startsWith('src/routes')),
			isOther
		)
	).toEqual([]);
});

test('a page with script leaves the hours of a forum to the server', () => {
	// Browsers do not always agree with it on when a province turns its clocks.
	const hydrated = components.filter(
		(path) => /\/\+(page|layout|error)\.svelte$/.test(path) && !isDocument(resolve(path))
	);
	const reached = new Set<string>();
	const walk = (path: string) => {
		if (reached.has(path)) return;
		reached.add(path);
		for (const to of importsOf(path)) {
			const file = [to, `${to}.ts`].find((name) => product.includes(name));
			if (file) walk(file);
		}
	};
	hydrated.forEach(walk);
	expect(reached).toContain('src/lib/votes/parts/BallotHead.svelte');
	const telling = uses(
		[...reached],
		/import \{[^}]*\b(moment|zoneName)\b[^}]*\} from '\$lib\/platform\/text\/dates'/
	);
	expect(telling).toEqual([]);
});

test('a component imports nothing from the server', () => {
	const isServer = (to: string) => /\.server(\.|$|\/)|\/server\/|env\/.*private/.test(to);
	expect(imports(components, isServer)).toEqual([]);
});

test('only data.server.ts speaks to the database', () => {
	const others = product.filter(
		(path) => !/^src\/lib\/(platform\/(http\/)?)?\w+\/data\.server\.ts$/.test(path)
	);
	const asks = /(?<!\b(?:Array|Buffer|Object|Uint8Array))\s*\.(?:from|rpc)\(/;
	expect(uses(others, asks)).toEqual([]);
});

test('each call that writes names the public pages that it changes', () => {
	const data = product.filter((path) => path.endsWith('/data.server.ts'));
	// The worker's own calls change nothing that anybody sees, and must not wake it.
	const ofPages = data.filter((path) => !path.startsWith('src/lib/platform/jobs/'));
	const silent = ofPages.flatMap((path) =>
		[
			...textOf(path).matchAll(
				/(\w+)\(\s*(?:\(await serviceClient\(\)\)|db)\s*\.rpc\(\s*'(\w+)'[^;]*?;/g
			)
		]
			.filter(([call, outer]) => outer !== 'write' && !call.includes('{ get: true }'))
			// Reads that pass a secret or a long list, which must not be in an address.
			.filter(
				([, , verb]) => !['my_ballot', 'calendar_feed', 'files_without_material'].includes(verb!)
			)
			.map(([, , verb]) => `${path}: ${verb}`)
	);
	expect(silent).toEqual([]);
	expect(data.flatMap((path) => textOf(path).match(/\.rpc\(/g) ?? []).length).toBeGreaterThan(30);
});

test('tags are names that a cached page has', () => {
	const carried = new Set(
		domains.flatMap(({ cached = {} }) => Object.values(cached).flatMap(({ tags }) => tags))
	);
	const named = product
		.filter((path) => path.endsWith('/data.server.ts'))
		.flatMap((path) => [...textOf(path).matchAll(/,\s*\[((?:'\w+'(?:, )?)*)\]\s*\)/g)])
		.flatMap(([, list]) => list!.match(/\w+/g) ?? []);
	expect(named).toContain('reports');
	expect(named.filter((tag) => !carried.has(tag))).toEqual([]);
});

test('each public page is cached, or is one of those that depend on what was sent', () => {
	const cached = new Set(domains.flatMap(({ cached = {} }) => Object.keys(cached)));
	const routes = filesUnder('src/routes/(public)')
		.filter((path) => path.endsWith('/+page.svelte'))
		.map((path) => path.replace(/^src\/routes|\/\+page\.svelte$/g, ''));
	expect(routes.filter((route) => !cached.has(route)).sort()).toEqual([
		'/(public)/sign-in',
		'/(public)/sign-in/code',
		'/(public)/sign-in/kept',
		'/(public)/sign-in/link',
		'/(public)/sign-in/printed'
	]);
	expect([...cached].filter((route) => !routes.includes(route))).toEqual([]);
});

test('search engines find public pages only, and none that robots.txt hides or names people', () => {
	const findable = domains.flatMap((domain) => Object.keys(domain.findable ?? {}));
	const paths = findable.map((route) => route.replace('/(public)', '') || '/');
	expect(findable.filter((route) => !exists(`src/routes${route}/+page.svelte`))).toEqual([]);
	expect(findable.filter((route) => !/^\/\(public\)(\/|$)/.test(route))).toEqual([]);
	const hidden = domains.flatMap(({ hiddenFromRobots = [] }) => hiddenFromRobots);
	expect(paths.filter((path) => hidden.some((start) => path.startsWith(start)))).toEqual([]);
	// Somebody has to have thought about it.
	expect(paths.sort()).toEqual([
		'/',
		'/accessibility',
		'/committees',
		'/forums',
		'/forums/[slug]',
		'/priorities',
		'/priorities/[slug]',
		'/privacy',
		'/reports',
		'/reports/[slug]'
	]);
});

test('the hooks only put parts together', () => {
	expect(textOf('src/hooks.server.ts').split('\n').length).toBeLessThanOrEqual(41);
});

test('data.server.ts knows neither HTTP nor language', () => {
	const data = product.filter((path) => path.endsWith('/data.server.ts'));
	const isWrong = (to: string) => to === '@sveltejs/kit' || to.includes('/i18n/');
	expect(imports(data, isWrong)).toEqual([]);
});

test('only routes redirect', () => {
	const others = product.filter(
		(path) => !/^src\/(routes\/|hooks|lib\/platform\/http\/)/.test(path)
	);
	expect(others.filter((path) => importsNames(path, '@sveltejs/kit', /\bredirect\b/))).toEqual([]);
});

test('the modules that make clients are named', () => {
	expect(uses(product, /\bcreate(Server|Browser)?Client\s*[(<]/)).toEqual([
		'src/lib/platform/db/client.server.ts',
		'src/lib/platform/db/hosted.server.ts', // verifies tokens
		'src/lib/platform/db/session.server.ts'
	]);
});

test('the secret key is used where listed, and nowhere else', () => {
	const users = uses(product, /\bserviceClient\b/);
	expect(users).toEqual([...usesTheSecretKey].sort());
});

test('the environment is read in one place', () => {
	expect(uses(product, /process\.env\b|\$env\//)).toEqual(['src/lib/platform/settings.server.ts']);
});

test.each([
	['runs no store of Kit 1', /\$app\/stores/, []],
	[
		'renders trusted HTML in two places only',
		/\{@html/,
		// Markdown, and rows that the server rendered from components.
		['src/lib/ui/Prose.svelte', 'src/lib/ui/ServerHtml.svelte']
	],
	['carries no style attribute', /\sstyle(=|:[\w-]+[=\s/>|])/, []],
	['makes no link or image to another host', /\b(src|srcset|action)="https?:/, []]
])('a component %s', (_, pattern, except) => {
	expect(uses(components, pattern).filter((path) => !except.includes(path))).toEqual([]);
});

test('markup holds no words: they are in the messages, in both languages', () => {
	expect(components.flatMap((path) => wordsIn(path))).toEqual([]);
});

test('nothing is left for later', () => {
	// Written in two halves, so that this file does not find itself.
	const marks = new RegExp(
		`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')})\\b`
	);
	expect(uses(everything, marks)).toEqual([]);
});

test('nothing names a machine', () => {
	const homes = ['wo' + 'rk', 't' + 'mp', 'ro' + 'ot', 'ho' + 'me', 'Us' + 'ers'].join('|');
	expect(uses(everything, new RegExp(`(^|[^\\w.$}*])/(${homes})/`, 'm'))).toEqual([]);
});

test('the top level is the agreed one', () => {
	const visible = namesIn('.').filter((name) => !name.startsWith('.'));
	expect(visible.filter((name) => !topLevel.includes(name))).toEqual([]);
});

test('the lock names what gets installed and nothing else, so that a second start installs nothing', () => {
	const { packages } = JSON.parse(textOf('package-lock.json')) as {
		packages: Record<string, { extraneous?: boolean }>;
	};
	const left = Object.keys(packages).filter((path) => packages[path]?.extraneous);
	expect(left).toEqual([]);
});

test('names are nouns in their own case, and no drawer is called utils', () => {
	const inDomains = source.filter((path) => path.startsWith('src/lib/'));
	const name = (path: string) => path.slice(path.lastIndexOf('/') + 1);
	expect(
		inDomains.filter(
			(path) => !/^([A-Z][A-Za-z]*\.svelte|[a-z][a-z0-9]*(\.[a-z]+)*\.(ts|js))$/.test(name(path))
		)
	).toEqual([]);
	const drawers =
		/(^|\/)(index\.(ts|js)|(utils?|helpers?|common|misc)(\/|\.)|(\w*(manager|service|repository)|stores?)\.)/i;
	expect(source.filter((path) => drawers.test(path))).toEqual([]);
});

test('each domain is tested on the database under the same name', () => {
	expect(names.filter((domain) => !exists(`tests/db/${domain}.test.ts`))).toEqual([]);
});

test('each page is looked at in the browser', () => {
	const routes = filesUnder('src/routes')
		.filter((path) => path.endsWith('/+page.svelte'))
		.map((path) => path.replace(/^src\/routes|\/\([a-z]+\)|\/\+page\.svelte$/g, '') || '/');
	expect(Object.keys(pages).sort()).toEqual(routes.sort());
});

/** Words in a component itself, as text or in an attribute that is read out. */
function wordsIn(path: string): string[] {
	const readOut = [
		'alt',
		'aria-description',
		'aria-label',
		'help',
		'label',
		'legend',
		'placeholder',
		'title'
	];
	const found: string[] = [];
	const look = (node: unknown): void => {
		if (Array.isArray(node)) return node.forEach(look);
		if (node === null || typeof node !== 'object') return;
		const { type, name } = node as { type?: string; name?: string };
		if (type === 'Text') found.push((node as AST.Text).data);
		if (type === 'Attribute' && !readOut.includes(name ?? '')) return;
		if (type === 'RegularElement' && (name === 'style' || name === 'script')) return;
		Object.entries(node).forEach(([key, value]) => key !== 'parent' && look(value));
	};
	look(parse(textOf(path), { modern: true }).fragment);
	return found
		.map((text) => text.trim())
		.filter((text) => /\p{L}{2}/u.test(text) && !sayableInMarkup.includes(text))
		.map((text) => `${path}: ${text}`);
}
