// Explained in src/README.md: a phone loads this file as it is.
(() => {
	const at = document.querySelector('[data-live]');
	const main = document.querySelector('main');
	if (!at || !main || !window.EventSource) return;
	const [said, note] = at.children;
	let { since } = at.dataset;
	let source;
	let timer;
	let pause;
	let touched = false;

	const isInUse = () =>
		touched ||
		document.querySelector('dialog[open], [data-draft-back]') !== null ||
		main.querySelector('input:focus, select:focus, textarea:focus') !== null;

	function listen() {
		clearTimeout(timer);
		if (source) source.close();
		if (document.hidden) return;
		source = new EventSource(`${at.dataset.live}?since=${since}`);
		source.onopen = () => (pause = 10_000);
		source.addEventListener('change', renew);
		source.onerror = ({ target }) => {
			if (target.readyState !== EventSource.CLOSED) return;
			pause = Math.min(2 * pause, 300_000);
			timer = setTimeout(listen, pause * (0.5 + Math.random()));
		};
	}

	async function renew({ lastEventId }) {
		since = lastEventId;
		const next = isInUse() ? undefined : await read();
		if (!next || isInUse()) note.hidden = false;
		else show(next);
	}

	async function read() {
		try {
			const answer = await fetch(location.href);
			if (!answer.ok || answer.redirected) return;
			const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
			return next.querySelector('main') ? next : undefined;
		} catch {
		}
	}

	function show(next) {
		const heading = () => main.querySelector('h1').textContent.trim();
		const [before, focused] = [heading(), document.activeElement];
		const open = [...main.querySelectorAll('details')].map((it) => it.open);
		const fresh = next.querySelector('main');
		fresh.querySelectorAll('details').forEach((it, at) => (it.open = open[at] ?? it.open));
		become(main, fresh);
		document.title = next.title;
		note.hidden = true;
		if (focused !== document.activeElement) main.focus({ preventScroll: true });
		if (heading() !== before) said.textContent = heading();
	}

	function become(old, next) {
		if (old.isEqualNode(next)) return;
		const [mine, others] = [[...old.childNodes], [...next.childNodes]];
		if (mine.length !== others.length || !old.cloneNode().isEqualNode(next.cloneNode())) {
			if (old === main) old.replaceChildren(...others);
			else old.replaceWith(next);
		} else mine.forEach((child, at) => become(child, others[at]));
	}

	pause = 10_000;
	addEventListener('input', ({ target }) => (touched ||= main.contains(target)));
	document.addEventListener('visibilitychange', listen);
	listen();
})();
