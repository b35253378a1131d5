import ts from 'typescript';
import { expect, test } from 'vitest';
import { filesUnder, textOf } from './tree';

// What comments, identifiers and names of tests say; the glossary is in src/README.md. Messages and texts of
// the sample network are not read here.

/** Words of stories, and older words of the glossary: each has a plain one. */
const retired = new RegExp(
	'^(anew|counters?|deeds?|desks?|doors?|electorates?|eras(e|es|ed|er|ure|ing)|freez(e|es|ing)|froze|houses?|' +
		'keepers?|kept|letters?|meanwhile|seal(s|ed|ing)?|stands?|standing|stood|streets?|told|voices?|' +
		'whoever|withdraw(s|al|als|n|ing)?)$',
	'i'
);
const retiredPhrases = /\b(back room|former participants?|ngos? only|take along|taken along)\b/i;

/** Files in which such a word is one of the field. */
const allowed: Record<string, string[]> = {
	'src/app.css': ['counter', 'letter', 'letters'] // CSS has these words
};

type Found = { comments: string[]; names: string[] };

const files = ['src', 'tests', 'supabase']
	.flatMap(filesUnder)
	.filter(
		(path) =>
			/\.(ts|js|svelte|sql|css|toml)$/.test(path) &&
			!/\/(paraglide|seed)\/|db\/types\.ts$/.test(path) &&
			path !== 'tests/architecture/comments.test.ts'
	);

test.each([
	['const deed = 1; // kept', ['kept'], ['deed']],
	['/** Where it stands. */ function isTold() {}', ['Where it stands.'], ['isTold']],
	['const text = "a // b";', [], ['text']]
])('the reader finds comments and names: %s', (code, comments, names) => {
	const found = readScript(code);
	expect(found.comments.map((text) => text.replace(/^\W+|[*/\s]+$/g, ''))).toEqual(comments);
	expect(found.names).toEqual(names);
});

test('comments, identifiers and names of tests use the words of the glossary', () => {
	const faults = files.flatMap((path) => {
		const { comments, names } = read(path);
		const words = [
			...comments.flatMap((text) => text.match(/[A-Za-z]+/g) ?? []),
			...names.flatMap((name) => name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [])
		].filter((word) => retired.test(word) && !allowed[path]?.includes(word.toLowerCase()));
		const phrases = comments.flatMap((text) => retiredPhrases.exec(text)?.[0] ?? []);
		return [...new Set([...words, ...phrases])].map((word) => `${path}: ${word}`);
	});
	expect(faults).toEqual([]);
});

test('comments name files that exist', () => {
	const paths = filesUnder('.').map((path) => `/${path}`);
	const isThere = (name: string) => paths.some((path) => path.endsWith(`/${name}`));
	const faults = files.flatMap((path) => {
		const texts = path.endsWith('.sql') ? sqlComments(textOf(path)) : read(path).comments;
		return texts
			.flatMap(
				(text) => text.match(/\+?[\w-][\w/-]*(?:\.\w+)*\.(?:ts|js|svelte|sql|css|json)\b/g) ?? []
			)
			.filter((name) => !isThere(name))
			.map((name) => `${path}: ${name}`);
	});
	expect(faults).toEqual([]);
});

const known = new Map<string, Found>();

function read(path: string): Found {
	const found = known.get(path) ?? parsed(path);
	known.set(path, found);
	return found;
}

function parsed(path: string): Found {
	const text = textOf(path);
	if (/\.(ts|js)$/.test(path)) {
		const found = readScript(text);
		const titles = path.startsWith('tests/') ? titlesOf(text) : [];
		return { ...found, comments: [...found.comments, ...titles] };
	}
	if (path.endsWith('.svelte')) {
		const scripts = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, code]) =>
			readScript(code!)
		);
		const markup = text.match(/<!--[\s\S]*?-->/g) ?? [];
		return {
			comments: [...markup, ...scripts.flatMap(({ comments }) => comments)],
			names: scripts.flatMap(({ names }) => names)
		};
	}
	if (path.endsWith('.css')) return { comments: text.match(/\/\*[\s\S]*?\*\//g) ?? [], names: [] };
	return { comments: [text], names: [] };
}

function sqlComments(text: string): string[] {
	return text.match(/--.*$/gm) ?? [];
}

/** Comments are what lies between two tokens. */
function readScript(code: string): Found {
	const source = ts.createSourceFile('it.ts', code, ts.ScriptTarget.Latest, true);
	const found: Found = { comments: [], names: [] };
	const look = (node: ts.Node): void => {
		if (ts.isIdentifier(node) && !isMessage(node)) found.names.push(node.text);
		const children = node.getChildren(source).filter((child) => !ts.isJSDoc(child));
		if (children.length > 0) return children.forEach(look);
		const between = code.slice(node.getFullStart(), node.getStart(source, false)).trim();
		if (between) found.comments.push(between);
	};
	look(source);
	return found;
}

/** `m.votes_title`: keys of messages are renamed with their sentences. */
function isMessage({ parent }: ts.Identifier): boolean {
	return ts.isPropertyAccessExpression(parent) && parent.expression.getText() === 'm';
}

function titlesOf(code: string): string[] {
	const calls = /(?:\b(?:test|describe)(?:\.\w+)*|[)\]]\))\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g;
	return [...code.matchAll(calls)].map(([, , title]) => title!);
}
