// Plain JavaScript: `npm start` uses it before anything is built or installed.

/**
 * @param {string | undefined} value of PORT
 * @returns {number} 3000 when it is not set
 * @throws {Error} with a sentence when it is no port
 */
export function readPort(value) {
	const port = Number(value || 3000);
	if (/^\d*$/.test(value ?? '') && port >= 1 && port <= 65_535) return port;
	throw new Error(`PORT must be a number from 1 to 65535, and is ${value}.`);
}

/**
 * Why a server cannot listen, in a sentence.
 * @param {unknown} cause
 * @param {string} host
 * @param {number} port
 */
export function whyNotListening(cause, host, port) {
	const { code = 'unknown' } = /** @type {NodeJS.ErrnoException} */ (cause);
	switch (code) {
		case 'EADDRINUSE':
			return `Port ${port} is taken. Choose another one: PORT=${port < 65_535 ? port + 1 : 3000}`;
		case 'EACCES':
			return `This account may not use port ${port}. Choose one above 1023: PORT=3000`;
		case 'EADDRNOTAVAIL':
		case 'EINVAL':
			return `${host} is no address of this computer. Choose one of its own: HOST=127.0.0.1`;
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return `HOST=${host} is a name that leads nowhere. Choose an address: HOST=127.0.0.1`;
	}
	return `The site cannot listen on ${host}, port ${port} (${code}).`;
}
