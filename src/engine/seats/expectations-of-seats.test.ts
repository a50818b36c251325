import { expect, test } from 'vitest';
import { dailyHost, dailyToken, streamToken, vonageToken } from '../../../test/builders/join-tokens.ts';
import { seatOf } from '../../../test/builders/seats.ts';
import { checkExpectations } from '../expect/check-expectations.ts';
import { type Expectations, parseExpectations } from '../expect/expectations.ts';
import type { Report } from '../model/report.ts';
import { expectationsOfSeats, SeatsError } from './expectations-of-seats.ts';
import type { Seat } from './seat.ts';

const host = dailyHost({ ud: 'ada', u: 'Ada' });
const guest = dailyToken({ u: 'Grace' });
const ofHost = seatOf('ada', [host], { url: 'https://call.example/host/standup-8f7d21?t=x' });
const ofGuest = seatOf('grace', [guest], { url: 'https://call.example/guest/standup-77aa01#y' });

/** The same with the file that everything was read from; the page is not told of it, unless it is. */
function inFile({ name, report }: Seat, isPageTold: boolean): Report {
  const input = `runs/${name}.json`;
  return {
    ...report,
    subjects: report.subjects.map((subject) => ({
      ...subject,
      sightings: subject.sightings.map((one) => ({ ...one, input })),
    })),
    lookedAt: (report.lookedAt ?? []).map((one) => ({ ...one, input, ...(!isPageTold && { page: null }) })),
  };
}

/** What is read of both together, as `roomkey scan` reads two files. */
function together(a: Seat, b: Seat, isPageTold = true): Report {
  const [one, other] = [inFile(a, isPageTold), inFile(b, isPageTold)];
  return {
    ...one,
    subjects: [...one.subjects, ...other.subjects],
    lookedAt: [...(one.lookedAt ?? []), ...(other.lookedAt ?? [])],
  };
}

function heldBy({ report }: { report: Report }, file: Expectations) {
  return checkExpectations(report, file).map(({ held }) => held);
}

test('expectations of two seats hold for both, speak of pages as patterns, and fail when the seats are turned', () => {
  const { file } = expectationsOfSeats(ofHost, ofGuest);
  expect(file.pages).toEqual({
    host: ['https://call.example/host/standup-*'],
    guest: ['https://call.example/guest/standup-*'],
  });
  expect(file.expect.map(({ name }) => name)).toEqual([
    '1 daily host token for standup on pages marked host',
    '1 daily guest token for standup on pages marked guest',
    'no host token on pages marked guest',
    'no power of a host on pages marked guest',
  ]);
  expect(file.expect[3]?.have).toMatchObject({ 'privileges.record': [false, null] });
  expect(file.expect[3]?.have).not.toHaveProperty('privileges.bypass-lobby');
  expect(parseExpectations(JSON.stringify(file))).toEqual(file);
  expect(heldBy({ report: together(ofHost, ofGuest) }, file)).toEqual([true, true, true, true]);
  // Of one page alone, nothing is said of the other.
  expect(heldBy(ofHost, file)).toEqual([true, null, null, null]);
  expect(heldBy(ofGuest, file)).toEqual([null, true, true, true]);
  const turned = { ...file, pages: { host: file.pages?.guest ?? [], guest: file.pages?.host ?? [] } };
  expect(heldBy({ report: together(ofHost, ofGuest) }, turned)).toEqual([false, false, false, false]);
  // The order of the seats changes nothing but the order of the file.
  const other = expectationsOfSeats(ofGuest, ofHost).file;
  expect(new Set(other.expect.map((one) => JSON.stringify(one)))).toEqual(
    new Set(file.expect.map((one) => JSON.stringify(one))),
  );
});

test('where no page is known they speak of the files, in whatever folder', () => {
  const [a, b] = [ofHost, ofGuest].map((seat) => ({ ...seat, report: inFile(seat, false) }));
  const { file } = expectationsOfSeats(a as Seat, b as Seat);
  expect(file.pages).toBeUndefined();
  expect(file.expect[0]?.where).toEqual({ input: [{ like: 'ada.json' }, { like: '*/ada.json' }] });
  expect(parseExpectations(JSON.stringify(file))).toEqual(file);
  expect(heldBy({ report: together(ofHost, ofGuest, false) }, file)).toEqual([true, true, true, true]);
  const turned = together({ ...ofHost, name: 'grace' }, { ...ofGuest, name: 'ada' }, false);
  expect(heldBy({ report: turned }, file)).toEqual([false, false, false, false]);
});

test('rooms that are random are not named, nor is any token, id or person', () => {
  const one = vonageToken({ role: 'moderator', jti: 'a' });
  const a = seatOf('a', [one]);
  const b = seatOf('b', [vonageToken()]);
  const text = JSON.stringify(expectationsOfSeats(a, b).file);
  expect(text).not.toContain('1_MX4');
  expect(text).not.toContain(one.slice(0, 30));
  const daily = JSON.stringify(expectationsOfSeats(ofHost, ofGuest).file);
  for (const word of ['Ada', 'Grace', 'ada', 'f81d4fae', host.slice(0, 20)]) expect(daily).not.toContain(word);
});

test('what is wrong with what would be expected is handed to the caller', () => {
  const { accepted } = expectationsOfSeats(ofHost, ofGuest);
  expect(accepted.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(
    expect.arrayContaining(['storage-local high', 'storage-local medium']),
  );
});

test('roles that are not told are marked by the names of the seats', () => {
  const a = seatOf('Ada: 1/2', [streamToken({ call_cids: ['default:retro', 'default:standup'] })], {
    url: 'https://call.example/a',
  });
  const b = seatOf('Grace', [streamToken()], { url: 'https://call.example/b' });
  const { file } = expectationsOfSeats(a, b);
  expect(Object.keys(file.pages ?? {})).toEqual(['Ada 1 2', 'Grace']);
  expect(parseExpectations(JSON.stringify(file))).toEqual(file);
});

test.each<[why: string, a: Seat, b: Seat, says: RegExp]>([
  ['two hosts', ofHost, seatOf('lin', [dailyHost({ ud: 'lin' })]), /^Both .* hold a host token/],
  ['no token', ofHost, seatOf('lin', []), /^lin holds no call token/],
  [
    'one page',
    seatOf('ada', [host], { url: 'https://call.example/standup?t=1' }),
    seatOf('grace', [guest], { url: 'https://call.example/standup' }),
    /^Both seats are at https:\/\/call\.example\/standup, so that no expectation can speak of one alone\.$/,
  ],
  [
    'no page',
    seatOf('ada', [host]),
    { ...ofGuest, report: { ...ofGuest.report, lookedAt: [] } },
    /^The page of grace is not known/,
  ],
  [
    'seats that are alike',
    seatOf('a', [streamToken({ user_id: 'x' })]),
    seatOf('b', [streamToken()]),
    /^The tokens of both seats are alike/,
  ],
])('of %s none are made', (_, a, b, says) => {
  expect(() => expectationsOfSeats(a, b)).toThrow(SeatsError);
  expect(() => expectationsOfSeats(a, b)).toThrow(says);
});
