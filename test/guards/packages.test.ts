import { expect, test } from 'vitest';
import { detect } from '../../src/engine/find/detect.ts';
import { packageFiles } from '../bench/texts.ts';

/** True tokens in the installed packages, each looked at: samples in the tests of vendors' and other libraries. */
const reviewed = [
  /^agora-(?:access-)?token\/test\/\w+\.js: agora-00[67]$/,
  /^opentok-token\/test\/test-token\.js: opentok-t1$/,
  /^zod\/src\/v\d\/\w+\/tests\/string\.test\.ts: jws$/,
];

test('nothing is reported in the text of all installed packages but true tokens', { timeout: 120_000 }, () => {
  const files = packageFiles(Number.POSITIVE_INFINITY, /\.(?:[cm]?[jt]sx?|map|json|md|html|css|txt|ya?ml)$/);
  expect(files.length).toBeGreaterThan(1000);
  const reported = files.flatMap(({ path, text }) =>
    detect(text)
      .hits.filter(({ note }) => note === null)
      .map(({ form }) => `${path}: ${form}`),
  );
  expect(reported.filter((one) => !reviewed.some((known) => known.test(one)))).toEqual([]);
});
