import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { forumLines } from './gathered';

/** What questions contributes to the parts that gather. */
export const questions: Domain = {
	name: 'questions',
	forumLines,
	acts: {
		save_question: () => m.questions_act_save_question(),
		move_question: () => m.questions_act_move_question(),
		hide_question: () => m.questions_act_hide_question(),
		show_question: () => m.questions_act_show_question(),
		delete_question: () => m.questions_act_delete_question()
	}
};
