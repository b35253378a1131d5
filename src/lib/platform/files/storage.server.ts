import { join } from 'node:path';
import { readSettings } from '../settings.server';
import { folderStore, type FileStore } from './folder.server';
import { projectStore } from './project.server';

/** The store of this site: Supabase Storage of its project, else the folder `files` among its data. */
export function fileStore(settings = readSettings()): FileStore {
	return settings.supabase
		? projectStore(settings.supabase)
		: folderStore(join(settings.dataFolder, 'files'));
}
