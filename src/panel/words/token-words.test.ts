import { expect, test } from 'vitest';
import { jwt } from '../../../test/builders/tokens.ts';
import { judge } from '../../../test/cases/rule.ts';
import { forms } from '../../engine/decode/forms/index.ts';
import type { Subject } from '../../engine/model/report.ts';
import { formName, platformOf } from './token-words.ts';

test.each(forms)('the form $id is called by its own name, and by its short one in lists', ({ id, name, shortName }) => {
  const [subject] = judge({ local: { auth: jwt({ sub: 'ada' }) } }).subjects as [Subject];
  const unknown = { ...subject, provider: null, token: { ...subject.token, form: id } };
  expect(formName(id)).toBe(name);
  expect(platformOf(unknown)).toBe(shortName ?? name);
});
