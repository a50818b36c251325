import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { opentokT1 } from '../../../test/builders/other-tokens.ts';
import { findingOf, rowsOf } from '../../../test/builders/panel-rows.ts';
import { daily, jwt, now } from '../../../test/builders/tokens.ts';
import { type TicketOptions, ticketOf } from './finding-ticket.ts';

const token = daily.host({ u: 'Ada <b>@team</b> [x](http://evil.example)' });
const other = daily.guest({ u: 'Grace' });
const all = rowsOf(captureOf({ stores: [localStorageOf({ auth: token, other })] }));
const [row] = all.filter(({ subject }) => subject.facts.role === 'host');
if (!row) throw new Error('no host');

const ticket = (parts: Partial<TicketOptions> = {}) =>
  ticketOf({
    finding: findingOf({ at: 'sightings[0]', references: [{ title: 'A page', url: 'https://rfc.example/1' }] }),
    row,
    all,
    pageUrl: 'https://call.example/standup?pwd=123456&t=abc#secret',
    now,
    policy: 'standard',
    ...parts,
  });

test('a ticket says what, of which token, where, why and what to do', () => {
  const text = ticket();
  expect(text).toMatch(/^# High: Made up\n/);
  expect(text).toContain('localStorage["auth"]');
  expect(text).toContain('https://call.example');
  expect(text).toContain('It is made up.');
  expect(text).toContain('**Why it matters:** It could matter.');
  expect(text).toContain('**What to do:** Do something.');
  expect(text).toContain('[A page](https://rfc.example/1)');
  expect(text).toContain('2026-11-20 12:00:00 UTC, standard policy');
});

test('it holds no token, and of the page’s address neither query nor fragment', () => {
  const tokens = all.map(({ subject }) => subject.token.id);
  const text = ticket({ finding: findingOf({ says: `It says ${token} and ${other}.`, tokens }) });
  for (const secret of [token, other]) expect(text).not.toContain(secret.split('.')[2]);
  expect(text).not.toMatch(/123456|pwd|secret/);
  expect(text).toContain('Also: ');
});

test('no other token that is known is left in a name of a place or in the page’s path, whatever it looks like', () => {
  const secret = opentokT1();
  const rows = rowsOf(captureOf({ stores: [localStorageOf({ session: secret, [secret]: token })] }));
  const holder = rows.find(({ subject }) => subject.token.text === token);
  if (!holder || rows.length < 2) throw new Error('not both were found');
  const text = ticket({ row: holder, all: rows, pageUrl: `https://call.example/${secret.slice(0, 300)}/${secret}` });
  expect(text).toContain('Where: ');
  expect(text).not.toContain(secret.slice(20, 60));
  expect(text).not.toContain(secret.slice(20));
});

test('the secret in a claim that a finding is about is not copied', () => {
  const key = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc';
  const rows = rowsOf(captureOf({ stores: [localStorageOf({ auth: jwt({ sub: 'a', config: { api_key: key } }) })] }));
  const [holder] = rows;
  const found = holder?.findings.find(({ rule }) => rule === 'payload-secret');
  if (!holder || !found) throw new Error('the secret was not found');
  expect(ticket({ finding: found, row: holder, all: rows })).not.toContain(key);
});

test('nothing of a token becomes HTML, a mention or a link', () => {
  const text = ticket();
  expect(text).not.toContain('<b>');
  expect(text).not.toMatch(/@team/);
  expect(text).not.toContain('](http://evil');
});

test('what is muted, or gone, says so', () => {
  expect(ticket({ finding: findingOf({ muted: { reason: 'the demo room' } }) })).toContain('Muted: the demo room');
  expect(ticket({ row: { ...row, goneAt: now - 60 } })).toContain('gone since 2026-11-20 11:59:00 UTC');
});

test('of many tokens a bounded number is named', () => {
  const many = rowsOf(
    captureOf({
      stores: [
        localStorageOf(
          Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, daily.guest({ u: `G ${n}` })])),
        ),
      ],
    }),
  );
  const [first] = many;
  const tokens = many.map(({ subject }) => subject.token.id);
  const text = first ? ticket({ finding: findingOf({ tokens }), row: first, all: many }) : '';
  expect(text.match(/^- Also: /gm)).toHaveLength(20);
  expect(text).toContain('and 29 more tokens');
});
