/**
 * A person with a browser that has no script: follows links, fills in forms, keeps cookies. Enough
 * for our own pages, whose markup we know; no parser for anybody else's.
 *
 * @typedef {{ url: string, status: number, html: string, headers: Headers }} Page
 * @typedef {{ action: string, fields: [string, string][] }} Form
 */

/** @param {string} origin */
export function openReader(origin) {
	/** @type {Map<string, string>} */
	const cookies = new Map();

	/** The cookie header of this person. */
	const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

	/**
	 * @param {string} path
	 * @param {RequestInit} [init]
	 * @returns {Promise<Page>} after redirects
	 */
	async function open(path, init = {}) {
		const url = new URL(path, origin).href;
		const answer = await fetch(url, {
			...init,
			redirect: 'manual',
			headers: { accept: 'text/html', origin, cookie: cookie(), ...init.headers }
		});
		for (const line of answer.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			cookies.set(name, value);
		}
		const next = answer.headers.get('location');
		if (next) return open(new URL(next, url).href);
		return { url, status: answer.status, html: await answer.text(), headers: answer.headers };
	}

	/**
	 * Sends a form as it stands on the page, with these values in place of its own.
	 * @param {Page} page
	 * @param {Form} form
	 * @param {Record<string, string>} values
	 */
	function submit(page, form, values) {
		const action = new URL(form.action, page.url).href;
		return open(action, { method: 'POST', body: filled(form, values) });
	}

	return { open, submit, cookie };
}

/**
 * @param {Form} form
 * @param {Record<string, string>} values
 */
export function filled({ fields }, values) {
	const body = new URLSearchParams(fields.filter(([name]) => !(name in values)));
	for (const [name, value] of Object.entries(values)) body.append(name, value);
	return body;
}

/**
 * Signs in with the code that the sample network's mailbox shows.
 * @param {ReturnType<typeof openReader>} reader
 * @param {string} email
 */
export async function signIn(reader, email) {
	const known = await codesFor(reader, email);
	const asking = await reader.open('/sign-in');
	const address = need(formWith(asking.html, 'type="email"'), 'a field for the address');
	const asked = await reader.submit(asking, address.form, { [address.name]: email });
	const code = (await codesFor(reader, email)).find((found) => !known.includes(found));
	const field = need(formWith(asked.html, 'autocomplete="one-time-code"'), 'a field for the code');
	await reader.submit(asked, field.form, { [field.name]: need(code, `a code for ${email}`) });
}

/**
 * @param {ReturnType<typeof openReader>} reader
 * @param {string} email
 */
async function codesFor(reader, email) {
	const { html } = await reader.open('/mailbox');
	const entries = html.split(/<section\b/).filter((entry) => entry.includes(email));
	return entries.flatMap((entry) => text(entry).match(/\b\d{6,10}\b/g) ?? []);
}

/** @param {string} html */
function text(html) {
	return html.replace(/<[^>]*>/g, ' ');
}

/** Attributes: a `>` may stand inside of a quoted value, as it does in our classes. */
const inside = `((?:[^>"]|"[^"]*")*)`;

/**
 * The first form that holds this piece of markup in one of its fields or buttons.
 * @param {string} html
 * @param {string} piece
 * @returns {{ form: Form, name: string } | undefined} the form, and the name of that field
 */
export function formWith(html, piece) {
	for (const [, head = '', inner = ''] of elements(html, 'form')) {
		const tag = tags(inner, 'input|textarea|select|button').find((tag) => tag.includes(piece));
		if (!tag) continue;
		const form = { action: attribute(head, 'action') ?? '', fields: fieldsIn(inner) };
		return { form, name: attribute(tag, 'name') ?? '' };
	}
}

/**
 * What the form would send if nobody touched it, with a choice made where one is open.
 * @param {string} inner
 * @returns {[string, string][]}
 */
function fieldsIn(inner) {
	return [
		...tags(inner, 'input').flatMap((tag, _, all) => inputValue(tag, all)),
		...elements(inner, 'select').flatMap(([, head = '', body = '']) => selectValue(head, body)),
		...elements(inner, 'textarea').flatMap(([, head = '', body = '']) => named(head, plain(body)))
	];
}

/**
 * @param {string} tag
 * @param {string[]} all the form's inputs
 */
function inputValue(tag, all) {
	const type = attribute(tag, 'type') ?? 'text';
	if (type === 'checkbox' && !isOn(tag, 'checked')) return [];
	if (type === 'radio' && tag !== chosenOf(tag, all)) return [];
	return named(tag, attribute(tag, 'value') ?? (type === 'checkbox' ? 'on' : ''));
}

/**
 * @param {string} radio
 * @param {string[]} all
 */
function chosenOf(radio, all) {
	const group = all.filter((tag) => attribute(tag, 'name') === attribute(radio, 'name'));
	return group.find((tag) => isOn(tag, 'checked')) ?? group[0];
}

/**
 * @param {string} head
 * @param {string} body
 */
function selectValue(head, body) {
	const options = tags(body, 'option');
	const chosen = options.find((option) => isOn(option, 'selected') && attribute(option, 'value'));
	const value = attribute(
		chosen ?? options.find((option) => attribute(option, 'value')) ?? '',
		'value'
	);
	return value === undefined ? [] : named(head, value);
}

/**
 * @param {string} tag
 * @param {string} value
 * @returns {[string, string][]} nothing for a field without a name
 */
function named(tag, value) {
	const name = attribute(tag, 'name');
	return name ? [[name, value]] : [];
}

/**
 * @param {string} html
 * @param {string} names
 */
function tags(html, names) {
	return html.match(new RegExp(`<(?:${names})\\b${inside}>`, 'g')) ?? [];
}

/**
 * @param {string} html
 * @param {string} name
 */
function elements(html, name) {
	return [...html.matchAll(new RegExp(`<${name}\\b${inside}>([\\s\\S]*?)</${name}>`, 'g'))];
}

/**
 * @param {string} tag
 * @param {string} name
 */
function isOn(tag, name) {
	return new RegExp(`\\s${name}(=|\\s|/|>)`).test(tag);
}

/**
 * @param {string} tag
 * @param {string} name
 */
function attribute(tag, name) {
	const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
	return value === undefined ? undefined : plain(value);
}

/** @param {string} markup */
function plain(markup) {
	return markup
		.replaceAll('&quot;', '"')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&#39;', "'")
		.replaceAll('&amp;', '&');
}

/**
 * @template T
 * @param {T | undefined} found
 * @param {string} what
 * @returns {T}
 */
export function need(found, what) {
	if (found === undefined) throw new Error(`The page does not hold ${what}.`);
	return found;
}
