import pino from 'pino';

/** Lines of JSON on standard output. Never an address, a name, a token or a text. */
export const logger = pino({
	base: null,
	redact: ['email', '*.email', '*.token', '*.code']
});
