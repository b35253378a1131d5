/** What people may write, in characters; the constraints say the same. */
export const LENGTHS = { finding: 1000, recommendation: 1000 };

export const CHOICES = ['yes', 'reword', 'no'] as const;
export type Choice = (typeof CHOICES)[number];

/** One answer about a point, as a form sent it. */
export interface Answer {
	point: string;
	choice: Choice;
	finding: string;
	recommendation: string;
}

type Sent = Record<string, string[] | undefined>;

/** What was answered, point by point; a point about which nothing was chosen and written is left out. */
export function answersOf(sent: { choice: Sent; finding: Sent; recommendation: Sent }): Answer[] {
	const first = (texts: Sent, point: string) => texts[point]?.[0]?.trim() ?? '';
	const points = new Set([sent.choice, sent.finding, sent.recommendation].flatMap(Object.keys));
	return [...points]
		.map((point) => {
			const [finding, recommendation] = [
				first(sent.finding, point),
				first(sent.recommendation, point)
			];
			// Words without a choice are other words.
			const chosen = first(sent.choice, point) || (finding || recommendation ? 'reword' : '');
			return { point, choice: chosen as Choice, finding, recommendation };
		})
		.filter(({ choice }) => choice);
}

/** The points of which the choice and the words do not belong together. */
export function contradictions(answers: Answer[]): { point: string; missing: boolean }[] {
	return answers
		.filter(({ choice, finding, recommendation }) => {
			return (choice === 'reword') !== (finding + recommendation !== '');
		})
		.map(({ point, choice }) => ({ point, missing: choice === 'reword' }));
}
