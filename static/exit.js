// The way out: Shift three times within 1.5 seconds, or the link itself. The page is hidden before the
// next one answers, because on a weak link that takes seconds, and leaves the history. Any other key
// starts the count again: whoever types capitals stays.
(() => {
	let presses = [];

	function leave(link) {
		try {
			sessionStorage.clear();
		} catch {
			// Not allowed to look: nothing was stored either.
		}
		document.title = '\u2026';
		document.documentElement.hidden = true;
		location.replace(link.href);
	}

	addEventListener('keydown', (event) => {
		if (event.key !== 'Shift') presses = [];
		else if (!event.repeat) presses = [...presses.slice(-2), event.timeStamp];
		const link = document.querySelector('[data-exit]');
		if (link && presses.length === 3 && event.timeStamp - presses[0] < 1500) leave(link);
	});

	addEventListener('click', (event) => {
		const link = event.target.closest && event.target.closest('[data-exit]');
		if (!link) return;
		event.preventDefault();
		leave(link);
	});
})();
