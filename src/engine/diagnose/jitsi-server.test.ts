import { expect, test } from 'vitest';
import { now } from '../../../test/builders/tokens.ts';
import { pageOf, type ServerCase, serverCases, tokenOf } from '../../../test/cases/jitsi-server.ts';
import { standard } from '../audit/policy/policies.ts';
import { find } from '../find/find.ts';
import { inspect } from '../inspect.ts';
import { joinAnswer } from './join.ts';

/** The causes that make a refusal plausible, for a token on the page where it was tried. */
function reasons(one: ServerCase): string[] {
  const text = tokenOf(one, now);
  const pageUrl = `${pageOf(one)}?jwt=`;
  const capture = {
    readAt: now,
    page: null,
    frames: [],
    stores: [],
    cookies: [],
    texts: [{ name: 'token', text }],
    problems: [],
  };
  const [subject] = inspect(find(capture).sightings, { now, policy: standard, page: null }).subjects;
  if (!subject) return ['no token was found in it'];
  const around = text.replace(subject.token.text, '');
  const causes = joinAnswer(subject, { now, pageUrl, frames: [], around })?.causes ?? [];
  return causes.filter(({ likelihood }) => likelihood !== 'possible').map(({ says }) => says);
}

const table = serverCases(now).filter(([, { isHidden }]) => !isHidden);

test.each(table.filter(([, { outcome }]) => outcome === 'refused'))('%s: refused, and a reason is named', (_, one) => {
  expect(reasons(one)).not.toEqual([]);
});

test.each(table.filter(([, { outcome }]) => outcome === 'let in'))('%s: let in, and no reason against it', (_, one) => {
  expect(reasons(one)).toEqual([]);
});
