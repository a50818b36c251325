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
const script = { url: 'https://call.example/app.js?v=3', line: 12 };
const stack = ['at save (https://call.example/app.js?v=3:12:5)'];
const called = (at: number, line = 12) =>
  exchangeOf({
    name: `call ${at - now + 1}`,
    method: '',
    url: `https://call.example/?t=${token}`,
    status: null,
    startedAt: at,
    initiator: { ...script, line },
    messages: [{ direction: 'sent', text: token, at }],
    traced: { call: 'localStorage.setItem("auth")', parts: ['value'], stack },
  });

test('a traced call is a place of the document that made it, with the script and the calls that led there, and no request', () => {
  const { sightings } = find(captureOf({ exchanges: [called(now)] }));
  expect(sightings).toMatchObject([
    {
      token,
      seenAt: now,
      place: {
        source: 'traced-call',
        label: 'call 1: localStorage.setItem("auth"), value',
        origin: 'https://call.example',
        readBy: 'page',
        call: { script, stack },
        traits: { storage: null, sentToServers: null },
      },
    },
  ]);
});

test('it is a step of the token’s way that names the line', () => {
  const { sightings } = find(captureOf({ page: null, exchanges: [called(now), called(now + 1), called(now + 2, 40)] }));
  const [subject] = inspect(sightings, { now, policy: standard, page: null }).subjects;
  if (!subject) throw new Error('the token was not found');
  const steps = createJourneys([subject])(subject);
  expect(steps).toMatchObject([
    { at: now, step: 'called', from: 'https://call.example', to: null, count: 2 },
    { at: now + 2, step: 'called' },
  ]);
  expect(steps.map((step) => stepWords(step, toldOf(subject), (id) => id))).toEqual([
    'handed to localStorage.setItem("auth"), value by https://call.example/app.js, line 12 of https://call.example',
    'handed to localStorage.setItem("auth"), value by https://call.example/app.js, line 40 of https://call.example',
  ]);
});

test('a call is over with the moment: a token that has left its store is gone, whatever was called before', () => {
  const [handed] = find(captureOf({ exchanges: [called(now)] })).sightings;
  if (!handed) throw new Error('the token was not found');
  const { call: _, ...atRest } = handed.place;
  expect(goneSince({ sightings: [handed, { ...handed, place: atRest, goneAt: now + 5 }] })).toBe(now + 5);
});
