import { expect, test } from 'vitest';
import { captureOf, exchangeOf } from '../../../../test/builders/captures.ts';
import { jwt, now } from '../../../../test/builders/tokens.ts';
import { standard } from '../../audit/policy/policies.ts';
import { inspect } from '../../inspect.ts';
import { createJourneys } from '../../journey/journey.ts';
import { stepWords, toldOf } from '../../journey/journey-words.ts';
import { goneSince } from '../../model/presence.ts';
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

test('a message is over with the moment: a token that has left its store is gone, whatever was posted before', () => {
  const [heard] = find(captureOf({ exchanges: [posted(token)] })).sightings;
  if (!heard) throw new Error('the token was not found');
  const { from: _, ...atRest } = heard.place;
  expect(goneSince({ sightings: [heard, { ...heard, place: atRest, goneAt: now + 5 }] })).toBe(now + 5);
});

test('what was posted and kept nowhere is gone with the page', () => {
  const [heard] = find(captureOf({ exchanges: [posted(token)] })).sightings;
  if (!heard) throw new Error('the token was not found');
  const [subject] = inspect([{ ...heard, goneAt: now + 5 }], { now, policy: standard, page: null }).subjects;
  if (!subject) throw new Error('the token was not judged');
  const steps = createJourneys([subject])(subject);
  expect(steps.map((step) => stepWords(step, toldOf(subject), (id) => id))).toEqual([
    'received from https://call.example, in message from https://call.example',
    'gone with the page of https://meet.example that held it',
  ]);
});
