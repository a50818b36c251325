import { muxPlayback as minted, mux } from '../../../../test/builders/mint/mux.ts';
import { learned, learner } from '../../../../test/builders/subjects.ts';
import { jwt } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { muxPlayback } from './mux-playback.ts';

providerCases(muxPlayback, {
  tokens: minted,
});

const read = learner(muxPlayback, minted);

test('says what it opens', async () => {
  expect(await read('Mux playback')).toMatchObject({
    confidence: 'likely',
    facts: { use: 'access', product: 'token for playback' },
  });
  expect((await read('Mux viewer counts')).facts.product).toContain('viewer counts');
});

test('Real-Time tokens, and audiences without a key, are not playback', async () => {
  for (const mint of Object.values(mux)) expect(learned(muxPlayback, await mint()).confidence).toBeNull();
  expect(learned(muxPlayback, jwt({ aud: 'v', sub: 'x' })).confidence).toBeNull();
});
