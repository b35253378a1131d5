// Explained in src/README.md: a phone loads this file as it is.
(() => {
	const { draft: words, draftClear } = document.documentElement.dataset;
	const page = location.pathname.replace(/^\/fr(?=\/|$)/, '') || '/';
	const query = [...new URLSearchParams(location.search)].filter(([name]) => name[0] !== '/' && name !== 'step');
	const key = `draft ${page}?${new URLSearchParams(query)}`;
	const seen = new WeakSet();
	if (page.startsWith('/sign-in')) return;

	const forms = () =>
		[...document.forms].filter((form) => form.method === 'post' && controlsOf(form).length > 0);
	const nameOf = (form) => form.id || new URL(form.action).search;
	const isWrong = (form) => form.querySelector('[role="alert"], [aria-invalid="true"]') !== null;

	function controlsOf(form) {
		return [...form.elements].filter(
			(it) =>
				it.name &&
				(/^version(-|$)/.test(it.name) || !/^(hidden|file|password|submit|button|fieldset)$/.test(it.type))
		);
	}

	function valuesOf(form) {
		return controlsOf(form).map((it) => [
			it.name,
			/^(checkbox|radio)$/.test(it.type) ? `${it.value}=${it.checked}` : it.value
		]);
	}

	function stored() {
		try {
			return JSON.parse(sessionStorage.getItem(key)) ?? {};
		} catch {
			return {};
		}
	}

	function store(drafts) {
		try {
			if (Object.keys(drafts).length === 0) sessionStorage.removeItem(key);
			else sessionStorage.setItem(key, JSON.stringify(drafts));
		} catch {
		}
	}

	function save(form) {
		store({ ...stored(), [nameOf(form)]: { values: valuesOf(form) } });
	}

	function forget(form) {
		const drafts = stored();
		delete drafts[nameOf(form)];
		store(drafts);
	}

	function put(form, values) {
		const left = [...values];
		for (const it of controlsOf(form)) {
			const at = left.findIndex(
				([name, value]) =>
					name === it.name &&
					(!/^(checkbox|radio)$/.test(it.type) || value.slice(0, value.lastIndexOf('=')) === it.value)
			);
			if (at < 0) continue;
			const [[, value]] = left.splice(at, 1);
			if (/^(checkbox|radio)$/.test(it.type)) it.checked = value.endsWith('=true');
			else it.value = value;
			for (const type of ['input', 'change']) it.dispatchEvent(new Event(type, { bubbles: true }));
		}
	}

	function whenReady(work) {
		const root = document.documentElement;
		const hydrates = [...document.scripts].some(({ text }) => text.includes('__sveltekit'));
		if (!hydrates || 'ready' in root.dataset) return work();
		new MutationObserver((_, observer) => {
			observer.disconnect();
			work();
		}).observe(root, { attributeFilter: ['data-ready'] });
	}

	function notice(form) {
		const line = document.createElement('p');
		line.className = 'border-l-2 border-edge pl-4 text-small print:hidden';
		line.setAttribute('role', 'status');
		line.dataset.draftBack = '';
		const clear = document.createElement('button');
		clear.type = 'button';
		clear.className = 'min-h-touch cursor-pointer text-pine underline';
		clear.textContent = draftClear;
		clear.addEventListener('click', () => {
			forget(form);
			location.replace(`${location.pathname}${query.length ? `?${new URLSearchParams(query)}` : ''}`);
		});
		line.append(`${words} `, clear);
		form.prepend(line);
	}

	function begin(form) {
		if (seen.has(form)) return;
		seen.add(form);
		const draft = stored()[nameOf(form)];
		if (!draft) return;
		const same = JSON.stringify(draft.values) === JSON.stringify(valuesOf(form));
		if (isWrong(form)) save(form);
		else if (same || (draft.sent && !location.search.startsWith('?/'))) forget(form);
		else {
			put(form, draft.values);
			whenReady(() => notice(form));
		}
	}

	function onInput({ target }) {
		const form = target.form;
		if (form && forms().includes(form) && seen.has(form)) save(form);
	}

	function onSubmit({ target: form, submitter }) {
		const action = submitter?.hasAttribute('formaction') ? submitter.formAction : form.action;
		const { pathname, search } = new URL(action);
		const act = search.slice(search.lastIndexOf('/') + 1);
		if (pathname.endsWith('/account') && /^(leave|delete)$/.test(act)) {
			try {
				sessionStorage.clear();
			} catch {
			}
			return;
		}
		form.querySelector('[data-draft-back]')?.remove();
		if (form.method !== 'post' || /^(about|check|mark|next|preview|questions|review)$/.test(act)) return;
		const drafts = stored();
		const here = forms().map(nameOf);
		for (const name of Object.keys(drafts)) {
			if (name === nameOf(form) || !here.includes(name)) drafts[name].sent = true;
		}
		store(drafts);
	}

	function look() {
		for (const form of forms()) {
			begin(form);
			const draft = stored()[nameOf(form)];
			if (draft?.sent && isWrong(form)) save(form);
		}
	}

	addEventListener('input', onInput);
	addEventListener('change', onInput);
	addEventListener('submit', onSubmit);
	addEventListener('draftsaved', ({ target }) => forget(target));
	addEventListener('draftchanged', ({ target }) => save(target));
	look();
	new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
})();
