import fc from 'fast-check';
import { expect, test } from 'vitest';
import { post, prose } from '$lib/shared/markdown.server';

test.each([
	['<script>alert(1)</script>', '&lt;script&gt;'],
	['<img src=x onerror=alert(1)>', '&lt;img'],
	['[here](javascript:alert(1))', '[here]'],
	['[here](JaVaScRiPt:alert(1))', '[here]'],
	['[here](data:text/html;base64,PHN2Zz4=)', '[here]'],
	['[here](vbscript:x)', '[here]'],
	['[here](//evil.example)', '[here]'],
	['![a picture](https://evil.example/pixel.gif)', 'a picture']
])('%s does nothing', (written, shown) => {
	for (const html of [post(written), prose(written)]) {
		expect(html).toContain(shown);
		expect(html).not.toMatch(/<(script|img|iframe|svg)|href="(javascript|data|vbscript|\/\/)/i);
	}
});

test('links go to the web or to mail, and tell nothing of this site', () => {
	expect(post('[here](https://example.org)')).toContain('rel="noopener nofollow"');
	expect(post('[here](mailto:a@example.org)')).toContain('href="mailto:a@example.org"');
	expect(post('https://example.org/x')).toContain('<a href="https://example.org/x"');
});

test('headings stand below the title of their page', () => {
	expect(prose('# One')).toContain('<h2>One</h2>');
	expect(prose('## Two')).toContain('<h2>Two</h2>');
	expect(post('# One')).toContain('<h3>One</h3>');
});

test('whatever is written, no element comes out but those of Markdown', () => {
	const allowed =
		/^<\/?(p|a|ul|ol|li|strong|em|h[2-6]|blockquote|code|pre|br|hr|s|table|thead|tbody|tr|th|td)(\s+(href|rel|start|title|class|style)="[^"<>]*")*\s*\/?>$/;
	const hostile = fc.array(
		fc.oneof(
			fc.string(),
			fc.constantFrom(
				'<',
				'>',
				'"',
				"'",
				'](',
				'![',
				'`',
				'<a href=',
				'javascript:',
				'\n\n',
				'&#',
				'|',
				'- '
			)
		)
	);
	fc.assert(
		fc.property(hostile, (pieces) => {
			for (const tag of post(pieces.join('')).match(/<[^>]*>/g) ?? []) {
				if (!allowed.test(tag)) throw new Error(tag);
			}
		}),
		{ numRuns: 2000 }
	);
	expect(allowed.test('<img src="x">')).toBe(false);
});
