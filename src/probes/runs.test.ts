import { expect, test } from 'vitest';
import { documentTexts } from './document-texts.ts';
import { probes } from './index.ts';
import { runOf } from './runs.ts';

test('every function that runs in documents is to be had by its id', async () => {
  for (const id of [...probes.map((probe) => probe.id), 'document-facts', 'document-cookies'])
    expect(await runOf(id), id).toBeTypeOf('function');
  expect(await runOf('page-content')).toBe(documentTexts);
});

test('what is no id of one is refused', async () => {
  for (const id of ['toString', '__proto__', '']) await expect(runOf(id)).rejects.toThrow('There is no probe');
});
