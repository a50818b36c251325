import type { LyingPage } from './lying-page.ts';
import { storageFunctions } from './storage-functions.ts';

/** Every page that lies. To add some: a file with a list, and its line here. */
export const lyingPages: readonly LyingPage[] = [...storageFunctions];
