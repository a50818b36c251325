import { expect, test } from 'vitest';
import { jwt } from '../../../test/builders/tokens.ts';
import { judge } from '../../../test/cases/rule.ts';
import { forms } from '../../engine/decode/forms/index.ts';
import type { Subject } from '../../engine/model/report.ts';
import type { FormId } from '../../engine/model/token.ts';
import { formName, platformOf, shownName } from './token-words.ts';

test.each(forms)('the form $id is called by its own name, and by its short one in lists', ({ id, name, shortName }) => {
  const [subject] = judge({ local: { auth: jwt({ sub: 'ada' }) } }).subjects as [Subject];
  const unknown = { ...subject, provider: null, token: { ...subject.token, form: id } };
  expect(formName(id)).toBe(name);
  expect(platformOf(unknown)).toBe(shortName ?? name);
});

test('what a saved report calls a platform or a form is bounded, holds no token and hides nothing', () => {
  const [subject] = judge({ local: { auth: jwt({ sub: 'ada' }) } }).subjects as [Subject];
  const token = jwt({ sub: 'named' });
  for (const name of ['x'.repeat(100_000), `a\u202Eb`, token]) {
    const provider = { id: 'x', name, confidence: 'certain', because: '' } as const;
    const words = [platformOf({ ...subject, provider }), formName(name as FormId), shownName(name)];
    for (const one of words) {
      expect(one.length).toBeLessThanOrEqual(80);
      expect(one).not.toContain('\u202E');
      expect(one).not.toContain(token.split('.')[1]?.slice(0, 12));
    }
  }
});
