import { isUnread } from '../../../contain.ts';
import { joseOf } from '../../../decode/forms/index.ts';
import { clip } from '../../../text/sentence.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const tokenTruncated: TokenRule = {
  id: 'token-truncated',
  judges: 'token',
  group: 'structure',
  title: 'Incomplete token',
  severity: 'info',
  why: 'Characters are missing, so no server can accept it. What could be read is shown.',
  fix: 'Copy the whole value from where it was issued; documents, logs and devtools shorten long values.',
  references: [rfc(7515, '7.1'), cwe(20)],
  judgesNotes: true,
  applies: ({ token }) => token.header !== null || joseOf(token) === 'damaged',
  check({ token }) {
    const { problem, text } = token;
    const isCut = /(?:…|\.\.\.)$/.test(text);
    const isBare = token.header !== null && /^[^.]+\.+$/.test(text);
    // What cannot be is not incomplete.
    if (problem?.code === 'header-invalid') return [];
    if (problem ? isUnread(problem) : !isCut && !isBare) return [];
    const where = problem?.offset === undefined ? '' : ` at character ${problem.offset + 1}`;
    const says = problem ? clip(problem.message.replace(/[.\s]{1,8}$/, ''), 400) : 'Only the header is there';
    return [{ says: `${says}${says.includes('character') ? '' : where}.`, at: null }];
  },
};
