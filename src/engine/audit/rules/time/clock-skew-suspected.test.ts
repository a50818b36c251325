import { answerWith } from '../../../../../test/builders/answers.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import type { Exchange } from '../../../model/capture.ts';
import { clockSkewSuspected } from './clock-skew-suspected.ts';

const token = jwt({ sub: 'ada', iat: now, exp: now + hours(1) });
const dated = (offset: number, parts: Partial<Exchange> = {}, headers: Record<string, string> = {}) => {
  const startedAt = parts.startedAt ?? now;
  const date = new Date((startedAt + offset) * 1000).toUTCString();
  return answerWith(
    token,
    { Date: date, 'Cache-Control': 'no-store', ...headers },
    {
      startedAt,
      endedAt: startedAt + 1,
      ...parts,
    },
  );
};
const twice = (offset: number, parts: Partial<Exchange> = {}, headers: Record<string, string> = {}) => ({
  exchanges: [
    dated(offset, parts, headers),
    dated(offset, { ...parts, startedAt: now + 10, endedAt: now + 11 }, headers),
  ],
});

await ruleCases(clockSkewSuspected, {
  flags: {
    'a server that is ahead': {
      on: twice(301),
      severity: 'info',
      says: 'The clock of api.acme.com was 5 minutes ahead of that of this computer in two answers.',
      at: null,
      confidence: 'likely',
    },
    'a server that is behind': { on: twice(-300), severity: 'info', says: '5 minutes behind' },
    'answers to POST, which no cache keeps': {
      on: twice(-300, { method: 'POST' }, { 'Cache-Control': 'max-age=60' }),
      severity: 'info',
      says: 'behind',
    },
    'the smaller of the first two': {
      on: { exchanges: [dated(400), dated(121), dated(91)] },
      severity: 'info',
      says: '2 minutes ahead of that of this computer in two answers',
    },
  },
  passes: {
    'clocks that agree': twice(0),
    'a minute': twice(60),
    'one answer': { exchanges: [dated(300)] },
    'two answers of two hosts': { exchanges: [dated(300), dated(300, { url: 'https://b.acme.com/' })] },
    'clocks that differ now so, now so': { exchanges: [dated(300), dated(-300)] },
    'answers that took long': {
      exchanges: [dated(300, { endedAt: now + 310 }), dated(300, { endedAt: now + 310 })],
    },
    'answers whose length is not told': twice(300, { endedAt: null }),
    'answers from the browser’s cache': twice(-300, { isFromCache: true }),
    'answers that a cache may have kept': twice(-300, {}, { 'Cache-Control': 'max-age=600' }),
    'answers that a cache tells to have kept': twice(-300, {}, { Age: '300' }),
    'no date': twice(300, {}, { Date: 'soon' }),
  },
});
