import fc from 'fast-check';
import { expect, test } from 'vitest';
import { post, prose } from '$lib/platform/text/markdown.server';

test.each([
	['<script>alert(1)</script>', '&lt;script&gt;'],
	['<img src=x onerror=alert(1)>', '&lt;img'],
	['[here](javascript:alert(1))', '[here]'],
	['[here](JaVaScRiPt:alert(1))', '[here]'],
	['[here](data:text/html;base64,PHN2Zz4=)', '[here]'],
	['[here](vbscript:x)', '[here]'],
	['[here](//evil.example)', '[here]'],
	['[here](java\u0000script:alert(1))', '[here]'],
	['[here](&#106;avascript:alert(1))', '[here]'],
	['<javascript:alert(1)>', '&lt;javascript'],
	['[here](https://a.example"onmouseover="alert(1))', 'here'],
	['![a picture](https://evil.example/pixel.gif)', 'a picture']
])('%s does nothing', (written, shown) => {
	for (const html of [post(written), prose(written)]) {
		expect(html).toContain(shown);
		expect(html).not.toMatch(/<(script|img|iframe|svg)|href="(javascript|data|vbscript|\/\/)/i);
	}
});

test('links go to the web or to mail, and tell nothing of this site', () => {
	expect(post('[here](https://example.org)')).toContain('rel="noopener nofollow noreferrer"');
	expect(post('[here](mailto:a@example.org)')).toContain('href="mailto:a@example.org"');
	expect(post('https://example.org/x')).toContain('<a href="https://example.org/x"');
});

test('words neither tower over their neighbours nor run backwards', () => {
	const tower = post(`a${'\u0301'.repeat(9_999)} b`);
	expect(tower.match(/\p{M}/gu)).toHaveLength(4);
	expect(tower).toContain(' b');
	expect(post('e\u0302\u0323 \u0e01\u0e35\u0e49')).toContain('e\u0302\u0323 \u0e01\u0e35\u0e49');
	expect(post('one \u202eowt\u202c')).not.toMatch(/[\u202d\u202e]/);
	// Spelled as entities, or encoded in an address that is shown.
	const spelled = post(`&#x202E;owt a${'&#x0301;'.repeat(30)} https://x.ca/%E2%80%AEgpj.exe`);
	expect(spelled).not.toMatch(/[\u202d\u202e]/);
	expect(spelled.match(/\p{M}/gu)).toHaveLength(4);
	expect(post('مرحبا \u200fabc')).toContain('مرحبا \u200fabc');
});

test.each([
	['quotes in quotes', `${'> '.repeat(200)}deep`],
	['lists in lists', `${'- '.repeat(200)}deep`],
	['a thousand mentions', '@someone '.repeat(1000)],
	['a thousand addresses', 'a@b.ca '.repeat(1400)],
	['opened links', '['.repeat(10_000)],
	['opened and closed links', '[]('.repeat(3_300)],
	['stars', '*'.repeat(10_000)],
	['stars and emails', '*a '.repeat(3_300)],
	['under lines', '_a_'.repeat(3_300)],
	['back ticks', '`a``b'.repeat(2_000)],
	['one long word', 'x'.repeat(10_000)],
	['a table', `${'|a'.repeat(500)}|\n${'|-'.repeat(500)}|\n`.repeat(4)],
	['entities', '&amp;'.repeat(2_000)],
	['quotation marks', '"'.repeat(10_000)]
])('%s, ten thousand characters of them, take no time to speak of', (_, written) => {
	const begun = performance.now();
	expect(post(written)).toMatch(/^<(p|hr|blockquote|ul|table)>/);
	expect(performance.now() - begun).toBeLessThan(3000);
});

test.each([
	['a line below a quoted one', '> On se voit mardi\nD’accord', '<p>D’accord</p>'],
	['a line below an item', '- Premier point\nMon commentaire', '<p>Mon commentaire</p>'],
	['dashes below a line', 'Merci à tous\n--\nMarie', '<p>Merci à tous<br>\n--<br>\nMarie</p>'],
	['equals signs below a line', 'Merci\n===', '<p>Merci<br>\n===</p>'],
	['a year', '2016. Une grande année', '<p>2016. Une grande année</p>'],
	['numbers with a gap', '3. trois\n7. sept', '<p>3. trois<br>\n7. sept</p>'],
	['a list with a gap', '1) oui\n3) non', '<li value="3">non</li>'],
	['a no-break space after a bullet', '-\u00a0un point', '<li>un point</li>'],
	['a thin space after a number', '1.\u202fun', '<li value="1">un</li>'],
	['an indent', 'Un\n\n\tDeux', '<p>Deux</p>'],
	['a phone number', '[1-833-900-1010](tel:+18339001010)', '<a href="tel:+18339001010"'],
	['bold before a word', '**Objectif :**améliorer', '<strong>Objectif :</strong>améliorer'],
	['bold after a quotation', '**« mot »**suite', '<strong>« mot »</strong>suite'],
	['lines of one item', '- un\n  deux\n- trois', '<li>un<br>\ndeux</li>'],
	['code with numbers', '```\n3. x\n- y\nz\n```', '3. x\n- y\nz'],
	['an address', 'https://example.org', 'class="is-address">https://example.org</a>'],
	['Arabic', '- مرحبا', '<ul dir="rtl">\n<li dir="rtl">مرحبا'],
	['stars between numbers', '2 * 3 * 4', '<p>2 * 3 * 4</p>']
])('%s is read as it was meant', (_, written, shown) => {
	expect(post(written)).toContain(shown);
});

test('a no-break space after a sharp makes a heading', () => {
	expect(prose('##\u00a0Résultats')).toContain('<h2>Résultats</h2>');
});

test('headings are below the title of their page', () => {
	expect(prose('# One')).toContain('<h2>One</h2>');
	expect(prose('## Two')).toContain('<h2>Two</h2>');
	expect(post('# One')).toContain('<h3>One</h3>');
});

test('whatever is written, no element comes out but those of Markdown', () => {
	const allowed =
		/^<\/?(p|a|ul|ol|li|strong|em|h[2-6]|blockquote|code|pre|br|hr|s|table|thead|tbody|tr|th|td)(\s+(href|rel|start|title|class|style|value|dir)="[^"<>]*")*\s*\/?>$/;
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
