import { bigbluebuttonLink as link, bigbluebutton as mint } from '../../../../test/builders/mint/bigbluebutton.ts';
import { now } from '../../../../test/builders/tokens.ts';
import { expect, found, providerCases, test } from '../../../../test/cases/provider.ts';
import { judge } from '../../../../test/cases/rule.ts';
import { decode } from '../../decode/decode.ts';
import { detect } from '../../find/detect.ts';
import { readTimes } from '../times.ts';
import { bigbluebutton } from './bigbluebutton.ts';

providerCases(bigbluebutton, {
  tokens: mint,
  ordinary: ['guest', 'host'],
});

const queryOf = (url: string) => url.slice(url.indexOf('?') + 1);
const facts = (parameters: Record<string, string> = {}) => bigbluebutton.facts(found(link(parameters)));

test('a link is found in any text, to the character, whatever its checksum', () => {
  for (const algorithm of ['sha1', 'sha256', 'sha384', 'sha512'] as const) {
    const url = link({ role: 'MODERATOR' }, algorithm);
    for (const text of [url, `{"url":"${url}"}`, `see ${url} now`, `[call](${url})`, `location = '${url}';`])
      expect([text, detect(text).hits.map(({ token }) => token)]).toEqual([text, [queryOf(url)]]);
  }
  const inPage = `<a href="${link({ role: 'VIEWER' }).replaceAll('&', '&amp;')}">join</a>`;
  expect(detect(inPage).hits).toMatchObject([{ form: 'bigbluebutton-join' }]);
  expect(found(inPage).claims).toMatchObject({ role: 'VIEWER', meetingID: 'standup', fullName: 'Ada Lovelace' });
  const behind = `https://app.example/?next=${encodeURIComponent(link())}`;
  expect(detect(behind).hits.map(({ token }) => token)).toEqual([queryOf(link())]);
});

test('a link is found in a long page, too', () => {
  const page = `<p>${'and so on, '.repeat(20_000)}</p><a href="${link({ role: 'MODERATOR' })}">join</a>`;
  expect(detect(page).hits.map(({ form }) => form)).toEqual(['bigbluebutton-join']);
});

test('other calls of the API, and links without a checksum, are none', () => {
  const url = link();
  for (const text of [
    url.replace('/join?', '/create?'),
    url.replace(/checksum=.*/, 'checksum=redacted'),
    url.replace(/&checksum=.*/, ''),
    url.replace('meetingID', 'meeting'),
    'https://bbb.example.com/bigbluebutton/api/join',
  ])
    expect([text, detect(text).hits]).toEqual([text, []]);
});

test('a link makes a moderator by `role`, whatever the password says', () => {
  for (const role of ['MODERATOR', 'moderator'])
    expect(facts({ role, password: 'ap' })).toMatchObject({
      role: 'host',
      vendorRole: 'moderator',
      roleClaim: 'role',
      product: 'join link that makes a moderator',
    });
  expect(facts({ role: 'VIEWER' })).toMatchObject({
    role: 'participant',
    displayName: 'Ada Lovelace',
    room: 'standup',
  });
  expect(facts({ password: 'mp' })).toMatchObject({ role: 'unknown', roleClaim: 'password' });
  expect(facts({ role: 'HOST', password: 'mp' })).toMatchObject({ role: 'unknown', roleClaim: 'password' });
});

test('what moderators may, viewers may not', () => {
  const allowed = (role: string) => facts({ role }).privileges;
  for (const right of ['mute-others', 'remove-others', 'admit-others', 'record'] as const) {
    expect([right, allowed('MODERATOR')[right]?.allowed]).toEqual([right, true]);
    expect([right, allowed('VIEWER')[right]?.allowed]).toEqual([right, false]);
    expect([right, facts({ password: 'x' }).privileges[right]?.allowed]).toEqual([right, null]);
  }
});

test('without `createTime` a link never ends; with it, it ends with the session', () => {
  const rules = (url: string) => judge({ texts: [url] }).subjects[0]?.findings.map(({ rule }) => rule);
  expect(readTimes(found(link()), bigbluebutton, now).status).toBe('never-expires');
  expect(rules(link({ role: 'MODERATOR' }))).toContain('exp-missing');
  expect(readTimes(found(link({ createTime: '1' })), bigbluebutton, now).status).toBe('unknown');
  expect(rules(link({ role: 'MODERATOR', createTime: '1' }))).not.toContain('exp-missing');
});

test('as the address of a page it is one token, in its query', () => {
  const { subjects } = judge({ url: link({ role: 'MODERATOR', createTime: '1' }) });
  expect(subjects).toHaveLength(1);
  expect(subjects[0]?.sightings).toMatchObject([{ place: { source: 'page-url', traits: { urlPart: 'query' } } }]);
  expect(subjects[0]?.findings).toContainEqual(
    expect.objectContaining({ rule: 'video-join-link-leak', says: expect.stringContaining("host's") }),
  );
});

test('a link without role and password is refused, and a cut one is told to be', () => {
  expect(bigbluebutton.joinProblems?.(found(link()), [])).toMatchObject([{ at: 'claims.role' }]);
  expect(bigbluebutton.joinProblems?.(found(link({ role: 'viewer' })), [])).toEqual([]);
  const cut = decode(queryOf(link()).slice(0, -10), 'bigbluebutton-join');
  expect(cut).toMatchObject({ problem: { code: 'cut-short' }, signature: null, claims: { meetingID: 'standup' } });
});
