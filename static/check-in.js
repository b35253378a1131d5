// Explained in src/README.md: a phone loads this file as it is.
(() => {
	const at = document.querySelector('[data-check-in]');
	if (!at || !window.indexedDB || !crypto.randomUUID) return;
	const part = (name) => document.querySelector(`[data-${name}]`);
	const form = document.getElementById('code');
	const field = form.elements.code;
	const { checkIn: to, forum } = at.dataset;
	let timer;
	let pause = 2000;
	let sending = false;
	let again = false;
	let fresh;

	const opened = new Promise((resolve, reject) => {
		const request = indexedDB.open('check-in', 1);
		request.onupgradeneeded = () => request.result.createObjectStore('scans', { keyPath: 'scan_id' });
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});

	async function store(mode, work) {
		const db = await opened;
		return new Promise((resolve, reject) => {
			const transaction = db.transaction('scans', mode, { durability: 'strict' });
			const request = work(transaction.objectStore('scans'));
			transaction.oncomplete = () => resolve(request.result);
			transaction.onabort = () => reject(transaction.error);
		});
	}

	async function held() {
		const all = await store('readonly', (scans) => scans.getAll());
		return all.filter((scan) => scan.forum === forum).sort((a, b) => a.made - b.made);
	}

	function show(scans, note) {
		part('held').hidden = scans.length === 0;
		part('count').textContent = scans.length;
		part('codes').replaceChildren(
			...scans.slice(0, 10).map(({ code }) => {
				const line = document.createElement('li');
				line.textContent = code;
				return line;
			})
		);
		part('note').hidden = !note;
		part('note').textContent = note ?? '';
	}

	async function add(code) {
		await store('readwrite', (scans) =>
			scans.put({ scan_id: crypto.randomUUID(), forum, code: code.slice(0, 200), made: Date.now() })
		);
		part('answer-place').replaceChildren();
		setTimeout(async () => show(await held()), 700);
		void send();
	}

	async function ask({ scan_id, code, made }) {
		const body = { forum_id: forum, scan_id, code };
		const answer = await fetch(to, {
			method: 'POST',
			redirect: 'error',
			signal: AbortSignal.timeout(10_000),
			headers: { 'content-type': 'application/json', accept: 'application/json' },
			body: JSON.stringify({
				...body,
				at: new Date(made).toISOString(),
				sent_at: new Date().toISOString()
			})
		});
		return { status: answer.status, ...(await answer.json()) };
	}

	function answered({ made }, html) {
		const place = part('answer-place');
		if (Date.now() - made < 15_000) {
			place.innerHTML = html;
			place.scrollIntoView({ block: 'nearest' });
			return;
		}
		const line = document.createElement('li');
		line.innerHTML = html;
		part('late').prepend(line);
	}

	function refused({ code }, note) {
		const line = document.createElement('li');
		line.textContent = `${code}: ${note ?? ''}`;
		part('late').prepend(line);
	}

	function refresh() {
		clearTimeout(fresh);
		fresh = setTimeout(async () => {
			try {
				const answer = await fetch(location.href, { signal: AbortSignal.timeout(10_000) });
				const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
				for (const name of ['[data-attendance]', '#people']) {
					const [now, next] = [document, page].map((it) => it.querySelector(name));
					if (next && !now.contains(document.activeElement)) now.replaceWith(next);
				}
			} catch {
			}
		}, 1000);
	}

	async function send() {
		if (sending) return (again = true);
		sending = true;
		clearTimeout(timer);
		let note;
		try {
			for (const scan of await held()) {
				const { status, html, message, error } = await ask(scan);
				note = message ?? error?.message;
				if (status === 200) {
					answered(scan, html);
					refresh();
				} else if ([400, 404, 422].includes(status)) refused(scan, note);
				else break;
				await store('readwrite', (scans) => scans.delete(scan.scan_id));
				pause = 2000;
			}
		} catch {
		}
		const left = await held();
		show(left, note);
		sending = false;
		if (again) {
			again = false;
			return send();
		}
		if (left.length === 0) return;
		timer = setTimeout(send, pause * (0.5 + Math.random()));
		pause = Math.min(2 * pause, 60_000);
	}

	function retry() {
		pause = 2000;
		void send();
	}

	form.addEventListener('submit', (event) => {
		const code = field.value.trim();
		if (!code) return;
		event.preventDefault();
		add(code).then(
			() => {
				field.value = '';
				field.focus();
			},
			() => HTMLFormElement.prototype.submit.call(form)
		);
	});
	addEventListener('online', retry);
	document.addEventListener('visibilitychange', () => document.hidden || retry());
	part('send').addEventListener('click', retry);
	opened.then(send, () => {});

	const camera = part('camera');
	const video = part('video');
	if (!window.BarcodeDetector || !navigator.mediaDevices) return;
	const detector = new BarcodeDetector({ formats: ['qr_code'] });
	let last = {};
	camera.hidden = false;

	async function look() {
		if (video.hidden) return;
		try {
			const [found] = await detector.detect(video);
			const code = found && found.rawValue.slice(0, 100);
			if (code && (code !== last.code || Date.now() - last.at > 5000)) {
				last = { code, at: Date.now() };
				navigator.vibrate?.(80);
				await add(code);
			}
		} catch {
		}
		setTimeout(look, 200);
	}

	camera.addEventListener('click', async () => {
		if (!video.hidden) {
			video.srcObject.getTracks().forEach((track) => track.stop());
			video.hidden = true;
			return;
		}
		try {
			const facing = { facingMode: 'environment' };
			video.srcObject = await navigator.mediaDevices.getUserMedia({ video: facing });
			video.hidden = false;
			await video.play();
			void look();
		} catch {
			video.hidden = true;
			part('no-camera').hidden = false;
		}
	});
})();
