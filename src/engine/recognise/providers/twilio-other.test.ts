import { twilio, twilioClaims, twilioOthers } from '../../../../test/builders/mint/twilio.ts';
import { learned, learner } from '../../../../test/builders/subjects.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { twilioOther } from './twilio-other.ts';

providerCases(twilioOther, {
  tokens: twilioOthers,
});

const read = learner(twilioOther, twilioOthers);

test('names the products, and the user', async () => {
  const { confidence, facts } = await read('Twilio chat');
  expect(confidence).toBe('certain');
  expect(facts).toMatchObject({
    use: 'access',
    product: 'access token for Conversations and Chat',
    userId: 'ada',
    role: 'unknown',
  });
  expect((await read('Twilio voice')).facts.product).toContain('Voice');
});

test('tokens for video are left to Twilio Video, whatever stands beside', async () => {
  for (const mint of Object.values(twilio)) expect(learned(twilioOther, await mint()).confidence).toBeNull();
});

test('grants that are no object name nothing', () => {
  expect(learned(twilioOther, twilioClaims({ grants: 'chat' })).facts.product).toBe('access token for nothing');
});
