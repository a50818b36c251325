import { describe, expect, test } from 'vitest';
import { standard } from '../../src/engine/audit/policy/policies.ts';
import { decode } from '../../src/engine/decode/decode.ts';
import { detect } from '../../src/engine/find/detect.ts';
import { inspect } from '../../src/engine/inspect.ts';
import type { FormId, Hit, Sighting } from '../../src/engine/model/token.ts';
import { agora007 } from '../builders/other-tokens.ts';
import { base64url, daily, jwt, now } from '../builders/tokens.ts';
import { sampled } from '../sampled.ts';
import { pieces, survivesRun } from './long-runs.ts';
import { refuseFailures } from './properties.ts';

const token = daily.guest();
const header = `${base64url('{"alg":"HS256"}')}.`;
const label = (piece: string) => JSON.stringify(piece.slice(0, 30));

test.each(sampled(pieces, 2).map((piece) => [label(piece), piece] as const))(
  'a long run of %s takes nothing down',
  (_, piece) => {
    expect(() => survivesRun(piece, 100_000)).not.toThrow();
  },
);

describe('one token of megabytes', () => {
  test.each([
    ['signature', `${token}${'a'.repeat(15 << 20)}`],
    ['payload', jwt({ sub: 'x'.repeat(11 << 20) })],
    ['header', `${base64url(JSON.stringify({ alg: 'HS256', kid: 'x'.repeat(1 << 20) }))}.e30.c2ln`],
    ['padding', `${token}${'='.repeat(4 << 20)}!`],
    ['dots', `${token}${'.'.repeat(4 << 20)}`],
    ['tildes', `${token}${'~'.repeat(4 << 20)}`],
    ['disclosures', `${token}~${`${base64url('["s","n",1]')}~`.repeat(300_000)}`],
    ['T1', `T1==${Buffer.from(`partner_id=1&sig=2:session_id=${'x'.repeat(4 << 20)}`).toString('base64')}`],
    ['Agora', `${agora007()}${'A'.repeat(4 << 20)}`],
    ['cookie', `${base64url('{"a":1}')}${'a'.repeat(15 << 20)}:abcdef:${'c'.repeat(43)}`],
    ['cut JSON', `${header}${base64url('{"a":'.repeat(300_000))}.c2ln`],
    ['names', `${header}${base64url(`{"${'\\"'.repeat(500_000)}`)}.c2ln`],
  ])('in its %s: read, judged, and nothing fails', { timeout: 60_000 }, (_, text) => {
    const { hits, problems } = detect(text, { key: 'token' });
    refuseFailures(problems);
    for (const form of new Set<FormId>([hits[0]?.form ?? 'jws', 'damaged']))
      refuseFailures([decode(text, form).problem]);
    refuseFailures(inspect(hits.slice(0, 5).map(sightingOf), { now, policy: standard }).problems);
  });
});

function sightingOf(hit: Hit): Sighting {
  const traits = {
    readableByScripts: true,
    keptAfterClosing: true,
    sentToServers: false,
    keptInHistory: false,
    urlPart: null,
    storage: 'local' as const,
  };
  return {
    ...hit,
    place: {
      source: 'local-storage',
      label: 'a',
      origin: 'https://a.example',
      url: null,
      key: 'a',
      traits,
      cookie: null,
    },
    chunks: 1,
    seenAt: now,
    goneAt: null,
  };
}
