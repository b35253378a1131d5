import { expect, test } from 'vitest';
import { insert, member } from './builders';
import { scene } from './scene';

const shelter = { name_en: 'Sample Shelter', name_fr: 'Refuge Exemple', city: 'Halifax' };

test('anyone reads the directory', () =>
	scene(async (stage) => {
		await insert(stage, 'organizations', shelter);
		const mira = await member(stage, 'Mira');
		for (const reader of [stage.visitor, mira]) {
			expect(await reader.reads('organizations', { city: 'Halifax' }, 'it.name_en')).toEqual([
				{ name_en: 'Sample Shelter' }
			]);
		}
	}));

test('nobody writes in it over the API', () =>
	scene(async (stage) => {
		await insert(stage, 'organizations', shelter);
		const mira = await member(stage, 'Mira');
		for (const writer of [stage.visitor, mira, stage.service]) {
			await expect(
				writer.query(`update public.organizations set city = 'Elsewhere'`)
			).rejects.toMatchObject({ code: '42501' });
		}
	}));

test('a name stands in it once, however it is written', () =>
	scene(async (stage) => {
		await insert(stage, 'organizations', shelter);
		const again = { ...shelter, name_en: 'SAMPLE SHELTER', name_fr: 'Autre nom' };
		await expect(insert(stage, 'organizations', again)).rejects.toThrow(
			'organizations_name_en_once'
		);
	}));

test.each(['sample shelter', ' Refuge Exemple '])('someone who writes "%s" belongs to it', (name) =>
	scene(async (stage) => {
		const { organization_id } = await insert(stage, 'organizations', shelter);
		const mira = await stage.person('Mira');
		await mira.calls('save_profile', {
			name: 'Mira',
			language: 'en',
			province: 'NS',
			sector: 'ngo',
			organization_name: name,
			discreet: false
		});
		expect(
			await stage.sql('select organization_id from public.people where person_id = $1', [mira.id])
		).toEqual([{ organization_id }]);
	})
);
