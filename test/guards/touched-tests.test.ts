import { expect, test } from 'vitest';
import { touchedTests } from '../touched-tests.ts';

test.each([
  ['a rule', 'src/engine/audit/rules/time/exp-missing.ts', 'src/engine/audit/rules/time/exp-missing.test.ts'],
  ['a test', 'src/engine/find/detect.test.ts', 'src/engine/find/detect.test.ts'],
  ['a view without a test', 'src/panel/views/lists/OpenFinding.tsx', 'src/panel/views/lists/FindingsByRule.test.ts'],
  ['a double', 'test/doubles/oauth-server.ts', 'src/introspection/oidc-provider.test.ts'],
])('a change of %s touches its test, and the guards', (_, changed, own) => {
  const touched = touchedTests([changed]);
  expect(touched).toContain(own);
  expect(touched).toContain('test/guards/layers.test.ts');
});

test('a change of what nearly every test imports does not run nearly every test', () => {
  for (const file of ['src/engine/inspect.ts', 'src/engine/model/capture.ts', 'test/builders/tokens.ts'])
    expect(touchedTests([file]).length).toBeLessThan(30);
});

test('no change touches nothing', () => {
  expect(touchedTests([])).toEqual([]);
});
