import { expect, test } from 'vitest';
import { noFacts, parseFacts } from './document.ts';
import { parseStore } from './parse-store.ts';

test('of a page that answers without end a bounded part is read, and it counts as one that has its hand in it', () => {
  const store = parseStore(`stamp\n${'v 0 0 0\n'.repeat(150_000)}`);
  expect(store).toMatchObject({ kind: 'read', isTampered: true });
  expect(store.kind === 'read' && store.entries.length).toBe(100_000);
  expect(parseFacts(`t\n${'whttps://call.example/\n'.repeat(10_000)}`, noFacts).windows).toHaveLength(4000);
});
