import { expect, test } from 'vitest';
import { noFacts, parseFacts } from './document.ts';
import { parseStore } from './parse-store.ts';

test('of a page that answers without end a bounded part is read, and it counts as one that has its hand in it', () => {
  const store = parseStore(`stamp\n${'v 0 0 0\n'.repeat(150_000)}`);
  expect(store).toMatchObject({ kind: 'read', isTampered: true });
  expect(store.kind === 'read' && store.entries.length).toBe(100_000);
  expect(parseFacts(`${'whttps://call.example/\n'.repeat(10_000)}E\nt\n`, noFacts).windows).toHaveLength(4000);
});

test('lines that a page writes into its title, its cookies or an address pass for no windows', () => {
  const odd = 'whttps://call.example/invented\niblob:https://call.example/1\nW';
  const facts = parseFacts(`whttps://call.example/real\nE\nc${odd}\nt${odd}\ns${odd}\nE\n`, noFacts);
  expect(facts).toMatchObject({ windows: ['https://call.example/real'], inside: [] });
  expect(facts.areWindowsCut).toBeUndefined();
});

test('frame elements are told by their documents’ addresses and theirs', () => {
  expect(parseStore('s\nf 2 9 0\nhttps://af 1 8 0\nhttps://')).toMatchObject({
    frames: [
      { parent: 'https://a', child: '', count: 2 },
      { parent: 'https://', child: '', count: 1 },
    ],
    isTampered: false,
  });
  expect(parseStore('s\nf 1 3 0\na\nb')).toMatchObject({ frames: [{ parent: 'a', child: 'b', count: 1 }] });
});
