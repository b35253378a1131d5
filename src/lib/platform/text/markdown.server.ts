import { LRUCache } from 'lru-cache';
import MarkdownIt, { type Token } from 'markdown-it';

// Raw HTML is escaped, pictures are off (they would tell another site who reads), links go to the
// web or to mail and nowhere else. What comes out is safe to show as it is.
// A post has no tables: one of many columns is wider than any phone.
// Dashes under a line make no heading, and an indent no code: people paste both without meaning it.
const never = ['image', 'lheading', 'code'];
const reader = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable([
	...never,
	'table'
]);
const page = new MarkdownIt({ html: false, linkify: true }).disable(never);

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

// Stars beside French punctuation work without a space: `**Objectif :**améliorer`.
class NextToPunctuation extends reader.inline.State {
	override scanDelims(start: number, canSplitWord: boolean) {
		const found = super.scanDelims(start, canSplitWord);
		if (this.src[start] !== '*') return found;
		const isText = (sign: string | undefined) => sign !== undefined && /\S/.test(sign);
		return {
			...found,
			can_open: found.can_open || isText(this.src[start + found.length]),
			can_close: found.can_close || isText(this.src[start - 1])
		};
	}
}

for (const markdown of [reader, page]) {
	markdown.validateLink = (url) => /^(https?:|mailto:|tel:|sms:|\/(?!\/)|#)/i.test(url.trim());
	markdown.renderer.rules.link_open = (tokens, at, options, _env, self) => {
		tokens[at]?.attrSet('rel', 'noopener nofollow noreferrer');
		// Paper shows the address behind a link, but not one that is read already.
		if (tokens[at]?.attrGet('href') === tokens[at + 1]?.content) {
			tokens[at]?.attrSet('class', 'is-address');
		}
		return self.renderToken(tokens, at, options);
	};
	// A number stays as it was typed, also where the next one is not the one after it.
	markdown.renderer.rules.list_item_open = (tokens, at, options, _env, self) => {
		const { info } = tokens[at]!;
		if (info) tokens[at]!.attrSet('value', info);
		return self.renderToken(tokens, at, options);
	};
	markdown.inline.State = NextToPunctuation;
	// What is written from right to left is laid out that way, on a page in English too.
	markdown.core.ruler.push('direction', ({ src, tokens }) => {
		if (!RIGHT_TO_LEFT.test(src)) return;
		// By the first word inside, so from the end. Not `auto`: a list would not look into its items.
		let isRightToLeft = false;
		for (const token of tokens.toReversed()) {
			if (token.type === 'inline') {
				isRightToLeft = RIGHT_TO_LEFT.test(/\p{L}/u.exec(token.content)?.[0] ?? '');
			} else if (token.nesting === 1 && isRightToLeft) token.attrSet('dir', 'rtl');
		}
	});
	// The page has its own title: headings of a text start one level below it.
	markdown.core.ruler.push('lower_headings', ({ tokens }) => {
		for (const token of tokens) {
			if (token.type === 'heading_open' || token.type === 'heading_close') {
				token.tag = `h${Math.min(6, Math.max(Number(token.tag.slice(1)), 2) + (markdown === reader ? 1 : 0))}`;
			}
		}
	});
}

const FENCE = /^ {0,3}(```|~~~)/;
const QUOTE = /^ {0,3}>/;
const ITEM = /^\s*([-*+]|\d{1,9}[.)])\s/;
// French and Mac keyboards write such a space after a mark; Markdown knows the plain one only.
const NO_BREAK = /^(\s*(?:#{1,6}|[-*+]|\d{1,9}[.)]))[\u00a0\u202f]/;
const NUMBERED = /^(\s*)(\d{1,9})([.)])(?=\s)/;

/**
 * Markdown in which people who never heard of it find what they typed: the line below a quoted line or an item is
 * their own, and a number begins a list only if it is 1 ("2016. A good year", "16. juin").
 */
function plain(markdown: string): string {
	let fenced = false;
	let numbered = false;
	let before = '';
	const lines: string[] = [];
	for (const typed of markdown.replace(/\r\n?/g, '\n').split('\n')) {
		if (FENCE.test(typed)) fenced = !fenced;
		let line = fenced ? typed : typed.replace(NO_BREAK, '$1 ');
		if (!fenced && line.trim() !== '') {
			const [, , number] = NUMBERED.exec(line) ?? [];
			if (number && number !== '1' && !numbered) line = line.replace(NUMBERED, '$1$2\\$3');
			else if (number) numbered = true;
			else if (!/^\s/.test(line)) numbered = false;
			const outside = !/^\s/.test(line) && !ITEM.test(line);
			const below = (QUOTE.test(before) && !QUOTE.test(line)) || (ITEM.test(before) && outside);
			if (below) lines.push('');
		}
		before = fenced ? '' : line;
		lines.push(line);
	}
	return lines.join('\n');
}

// What makes a text cover its neighbours or run backwards: towers of accents, turned lines.
// Of what was rendered, since a text can spell them as entities.
function tame(html: string): string {
	return html.replaceAll(/(\p{M}{4})\p{M}+/gu, '$1').replaceAll(/[\u202d\u202e]/g, '');
}

// Rendering fifty posts costs as much as all else of a thread's page; a version of a post never changes.
const posts = new LRUCache<string, string>({
	maxSize: 16 * 1024 * 1024,
	sizeCalculation: (html) => html.length + 64
});

/**
 * What a member wrote (a post): line breaks stay, headings start at h3.
 * @param key names this very text, for rendering it once
 */
export function post(markdown: string, key?: string): string {
	const known = key && posts.get(key);
	if (known !== undefined && known !== '') return known;
	const html = tame(reader.render(plain(markdown)));
	if (key) posts.set(key, html);
	return html;
}

/** A text of the organizers (a report): headings start at h2. */
export function prose(markdown: string): string {
	return page.render(plain(markdown));
}

export interface ProsePart {
	/** As text and as safe HTML; null before the first heading. */
	heading: { text: string; html: string } | null;
	html: string;
}

/**
 * A text of the organizers, cut at its main headings. Read once as a whole, so that a heading says the same
 * wherever it is shown, and a link finds an address that is defined in another part.
 */
export function proseParts(markdown: string): ProsePart[] {
	const env = {};
	const tokens = page.parse(plain(markdown), env);
	const html = (from: Token[]) => page.renderer.render(from, page.options, env).trim();
	const found: { heading: Token | null; tokens: Token[] }[] = [{ heading: null, tokens: [] }];
	for (let at = 0; at < tokens.length; at++) {
		const token = tokens[at]!;
		if (token.type === 'heading_open' && token.level === 0 && token.tag === 'h2') {
			const heading = tokens[at + 1]!;
			if (heading.content !== '') found.push({ heading, tokens: [] });
			at += 2;
		} else found.at(-1)!.tokens.push(token);
	}
	return found
		.filter(({ heading, tokens }) => heading !== null || tokens.length > 0)
		.map(({ heading, tokens }) => ({
			heading: heading && { text: textOf(heading), html: html([heading]) },
			html: html(tokens)
		}));
}

/** What is read when nothing is formatted: words of links and code, without their marks. */
function textOf({ children }: Token): string {
	return (children ?? [])
		.map(({ type, content }) => (type.endsWith('break') ? ' ' : content))
		.join('');
}
