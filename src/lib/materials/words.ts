import type { ActWords } from '$lib/platform/domain';
import { figure } from '$lib/platform/text/figures';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { Material } from './schema';

const types: Record<NonNullable<Material['type']>, () => string> = {
	pdf: () => 'PDF',
	docx: m.materials_type_docx,
	pptx: m.materials_type_pptx,
	xlsx: m.materials_type_xlsx,
	odt: m.materials_type_odt,
	odp: m.materials_type_odp,
	ods: m.materials_type_ods,
	jpg: m.materials_type_jpg,
	png: m.materials_type_png
};
const languages: Record<Material['language'], () => string> = {
	en: m.materials_language_en,
	fr: m.materials_language_fr,
	bilingual: m.materials_language_bilingual
};
const audiences: Record<Material['audience'], { name: () => string; help: () => string }> = {
	participants: { name: m.materials_participants, help: m.materials_participants_help },
	members: { name: m.materials_members, help: m.materials_members_help },
	public: { name: m.materials_public, help: m.materials_public_help }
};

/** "PDF, 1.2 MB, in English", or "Link to the site example.org, in French". */
export function factsOf({ type, bytes, url, language }: Material): string {
	const what = type
		? m.materials_file({ type: types[type](), size: megabytes(bytes ?? 0) })
		: m.materials_link({ site: url ? new URL(url).hostname : '' });
	return `${what}, ${languages[language]()}`;
}

/** "1.2", at least "0.1". */
function megabytes(bytes: number): string {
	return figure(Math.max(0.1, Math.round(bytes / 100_000) / 10));
}

/** How much of the room of a forum its files take, in megabytes. */
export function roomWords(bytes: number, most: number): string {
	return m.materials_room({ used: bytes > 0 ? megabytes(bytes) : '0', most: megabytes(most) });
}

/** For whom a material is, when it is not for everyone. */
export function audienceTag({ audience }: Pick<Material, 'audience'>): string | null {
	return audience === 'public' ? null : audiences[audience].name();
}

/** What an organizer may choose. */
export function audienceChoices() {
	return (Object.keys(audiences) as Material['audience'][]).map((value) => ({
		value,
		label: audiences[value].name(),
		help: audiences[value].help()
	}));
}

export function languageChoices() {
	return (['en', 'fr', 'bilingual'] as const).map((value) => ({
		value,
		label: m[`materials_field_language_${value}`]()
	}));
}

/** Materials by session, those of the whole forum first, each group with its title. */
export function groupsOf<Some extends Pick<Material, 'session_id' | 'session'>>(materials: Some[]) {
	const groups = new Map<string, { id: string; title: string; materials: Some[] }>();
	for (const material of materials) {
		const id = material.session_id ?? 'forum';
		const title = material.session ? pair(material.session, 'title') : m.materials_whole();
		const group = groups.get(id) ?? { id, title, materials: [] };
		group.materials.push(material);
		groups.set(id, group);
	}
	return [...groups.values()];
}

/** The fields of the organizers' forms, in their order. */
export function labels() {
	return {
		title_en: m.materials_field_title_en(),
		title_fr: m.materials_field_title_fr(),
		file: m.materials_field_file(),
		url: m.materials_field_url(),
		session: m.materials_field_session(),
		language: m.materials_field_language(),
		audience: m.materials_field_audience()
	};
}

/** The acts of this domain in the audit. */
export const acts: Record<string, ActWords> = {
	add_material: () => m.materials_act_add_material(),
	save_material: () => m.materials_act_save_material(),
	delete_material: () => m.materials_act_delete_material()
};
