import { expect, test } from 'vitest';
import { captureOf, exchangeOf } from '../../../../test/builders/captures.ts';
import { jwt, now } from '../../../../test/builders/tokens.ts';
import { find } from '../find.ts';

const token = jwt({ sub: 'ada' });
const posted = (text: string, ports = 0) =>
  exchangeOf({
    name: 'message from https://call.example',
    method: '',
    url: 'https://meet.example/room',
    status: null,
    messages: [{ direction: 'received', text, at: now }],
    posted: { from: 'https://call.example', ports },
  });

test('a posted message is a place of the frame that it reached, and names who sent it', () => {
  const { sightings } = find(captureOf({ exchanges: [posted(JSON.stringify({ type: 'auth', jwt: token }))] }));
  expect(sightings).toMatchObject([
    {
      token,
      path: '$.jwt',
      seenAt: now,
      place: {
        source: 'message',
        label: 'message from https://call.example',
        origin: 'https://meet.example',
        url: 'https://meet.example/room',
        readBy: 'isolated',
        traits: { readableByScripts: true, sentToServers: false, urlPart: null, storage: null },
      },
    },
  ]);
});

test('a message that hands over a port says so: what goes through it is not heard', () => {
  const [sighting] = find(captureOf({ exchanges: [posted(token, 1)] })).sightings;
  expect(sighting?.place.label).toBe('message from https://call.example, which hands over a port');
});

test('the address of the frame that it reached is no request', () => {
  const exchange = { ...posted('nothing'), url: `https://meet.example/room?t=${token}` };
  expect(find(captureOf({ exchanges: [exchange] })).sightings).toEqual([]);
});
