import { builtIns } from './built-ins.ts';
import { changingValues } from './changing-values.ts';
import { clobberedNames } from './clobbered-names.ts';
import { databases } from './databases.ts';
import { doctoredFrames } from './doctored-frames.ts';
import { framesApart } from './frames-apart.ts';
import type { LyingPage } from './lying-page.ts';
import { oddDocuments } from './odd-documents.ts';
import { oddValues } from './odd-values.ts';
import { outOfSight } from './out-of-sight.ts';
import { postedMessages } from './posted-messages.ts';
import { replacedGetters } from './replaced-getters.ts';
import { shadowedNames } from './shadowed-names.ts';
import { staleValues } from './stale-values.ts';
import { stoppedLoading } from './stopped-loading.ts';
import { storageFunctions } from './storage-functions.ts';
import { storms } from './storms.ts';

/** Every page that lies. To add some: a file with a list, and its line here. */
export const lyingPages: readonly LyingPage[] = [
  ...storageFunctions,
  ...replacedGetters,
  ...shadowedNames,
  ...clobberedNames,
  ...doctoredFrames,
  ...builtIns,
  ...databases,
  ...framesApart,
  ...changingValues,
  ...staleValues,
  ...storms,
  ...stoppedLoading,
  ...oddValues,
  ...oddDocuments,
  ...outOfSight,
  ...postedMessages,
];
