import { expect, test } from 'vitest';
import { captureOf, documentStoreOf } from '../../../../test/builders/captures.ts';
import { jwt } from '../../../../test/builders/tokens.ts';
import { find } from '../find.ts';

const token = jwt({ sub: 'ada' });

test('is a place of its document, and says where in the state a token lies', () => {
  const state = JSON.stringify({ idx: null, usr: { auth: { token } } });
  const stores = [documentStoreOf('history-state', [['https://call.example/in', '', 'history.state', state]])];
  const [sighting] = find(captureOf({ stores })).sightings;
  expect(sighting).toMatchObject({ token, path: '$.usr.auth.token' });
  expect(sighting?.place).toMatchObject({
    label: 'history.state',
    url: 'https://call.example/in',
    traits: { readableByScripts: true, keptInHistory: false, storage: 'history' },
  });
});
