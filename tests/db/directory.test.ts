import { expect, test } from 'vitest';
import { countsAsGovernment } from '../../src/lib/directory/rules';
import { Constants } from '../../src/lib/platform/db/types';
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

test('a name is in it once, however it is written', () =>
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

test.each([...Constants.public.Enums.sector, null])(
	'database and site agree on whether sector %s counts as government',
	(sector) =>
		scene(async (stage) => {
			const [row] = await stage.sql<{ closed: boolean }>(
				'select private.counts_as_government($1) as closed',
				[sector]
			);
			expect(row!.closed).toBe(countsAsGovernment(sector));
			expect(row!.closed).toBe([null, 'government', 'law_enforcement'].includes(sector));
			const person = await member(stage, 'Someone', { sector });
			expect(await person.query('select private.is_outside_government() as open')).toEqual([
				{ open: !row!.closed }
			]);
		})
);
