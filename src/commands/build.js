import { build } from './site.js';

process.exitCode = (await build()) ? 0 : 1;
