/** What the bare page and the measured thread both hold: 50 posts of 80 words. */
const POSTS = 50;
const WORDS = 80;

const vocabulary =
	'shelter worker permit report partner support service meeting survey court border labour ' +
	'health housing youth family rights safety fund network visa police talk language law bus ' +
	'form week trip job plan list need help care farm city road note line case';

/**
 * @param {number} number of the post; each has words of its own
 * @returns {string}
 */
function post(number) {
	const words = vocabulary.split(' ');
	return Array.from(
		{ length: WORDS },
		(_, at) => words[(number * 7 + at * (1 + (number % 5))) % words.length]
	).join(' ');
}

/** @returns {string[]} */
export function posts() {
	return Array.from({ length: POSTS }, (_, at) => post(at + 1));
}
