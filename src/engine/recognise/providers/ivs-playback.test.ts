import { amazonIvs, ivsPlayback as minted } from '../../../../test/builders/mint/amazon-ivs.ts';
import { learned, learner } from '../../../../test/builders/subjects.ts';
import { jwt } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { ivsPlayback } from './ivs-playback.ts';

providerCases(ivsPlayback, {
  tokens: minted,
});

test('reads the account of the channel', async () => {
  const { confidence, facts } = await learner(ivsPlayback, minted)('IVS playback');
  expect(confidence).toBe('certain');
  expect(facts).toMatchObject({ use: 'access', tenant: '123456789012', room: null });
});

test('stage tokens and mistyped channels are not playback', async () => {
  for (const mint of Object.values(amazonIvs)) expect(learned(ivsPlayback, await mint()).confidence).toBeNull();
  expect(learned(ivsPlayback, jwt({ 'aws:channel-arn': 7 })).confidence).toBeNull();
});
