/** Long runs of whatever some pattern repeats, or begins again at. Short in the tests, ten megabytes in `npm run fuzz`. */
import { decode } from '../../src/engine/decode/decode.ts';
import { detect } from '../../src/engine/find/detect.ts';
import { pageSecrets } from '../../src/engine/find/minting-secrets.ts';
import { agora007 } from '../builders/other-tokens.ts';
import { base64url, daily } from '../builders/tokens.ts';
import { refuseFailures } from './properties.ts';

const token = daily.guest();
const header = `${base64url('{"alg":"HS256"}')}.`;

export const pieces = [
  'a',
  'eyJ',
  '007eJ',
  'T1==',
  'v4.public.',
  'sk.eyJ',
  'shc:/5',
  '.',
  '..',
  '~',
  'a~',
  '%25',
  '%',
  '\\',
  '\\u002e',
  '&amp;',
  '&',
  '\n',
  '\r\n',
  ' ',
  '--',
  '-',
  '_',
  '=',
  '"',
  '\\"',
  "'",
  '{',
  '[',
  '{"',
  '{"a":',
  '[{"a":',
  '":"',
  ':',
  '?a=',
  '@',
  '/',
  'secret="',
  '"kty"',
  '-----BEGIN PRIVATE KEY-----',
  'é',
  '\ud800',
  '\0',
  header,
  `${token}`,
  `${token}.`,
  `${token}~`,
  agora007(),
  'Bearer ',
  'N4Ig',
  'H4sI',
  'x\u009c',
];

/** Searches a run of so many characters, alone, in quotes and behind a token, and decodes what is found. */
export function survivesRun(piece: string, characters: number): void {
  const run = piece.repeat(Math.ceil(characters / piece.length));
  for (const text of [run, `"token":"${run}"`, `${token} ${run}`]) {
    const { hits, problems } = detect(text, { key: text === run ? 'token' : null });
    refuseFailures(problems);
    if (text.startsWith(token) && hits.length === 0) throw new Error(`The token before a run of ${piece} is not found`);
    for (const hit of hits.slice(0, 3)) refuseFailures([decode(hit.token, hit.form).problem]);
  }
  pageSecrets(run, 'a');
}
