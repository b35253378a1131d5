import { LRUCache } from 'lru-cache';
import MarkdownIt from 'markdown-it';

// Raw HTML is escaped, pictures are off (they would tell another site who reads), links go to the
// web or to mail and nowhere else. What comes out is safe to show as it is.
// A post has no tables: one of many columns is wider than any phone.
const reader = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable([
	'image',
	'table'
]);
const page = new MarkdownIt({ html: false, linkify: true }).disable('image');

for (const markdown of [reader, page]) {
	markdown.validateLink = (url) => /^(https?:|mailto:|\/(?!\/)|#)/i.test(url.trim());
	markdown.renderer.rules.link_open = (tokens, at, options, _env, self) => {
		tokens[at]?.attrSet('rel', 'noopener nofollow noreferrer');
		return self.renderToken(tokens, at, options);
	};
	// The page has its own title: headings of a text start one level below it.
	markdown.core.ruler.push('lower_headings', ({ tokens }) => {
		for (const token of tokens) {
			if (token.type === 'heading_open' || token.type === 'heading_close') {
				token.tag = `h${Math.min(6, Math.max(Number(token.tag.slice(1)), 2) + (markdown === reader ? 1 : 0))}`;
			}
		}
	});
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
	const html = tame(reader.render(markdown));
	if (key) posts.set(key, html);
	return html;
}

/** A text of the organizers (a report): headings start at h2. */
export function prose(markdown: string): string {
	return page.render(markdown);
}
