import type { Structure } from '../context.ts';
import { binaryFields } from './binary-fields.ts';
import { commandLine } from './command-line.ts';
import { cookieJarLines } from './cookie-jar-lines.ts';
import { base64Runs, hexRuns } from './encoded-runs.ts';
import {
  brokenLines,
  entityStretches,
  percentStretches,
  quotedPrintableText,
  scriptStretches,
} from './escaped-stretches.ts';
import { headerLines } from './header-lines.ts';
import { markup } from './markup.ts';
import { multipart } from './multipart.ts';
import { namedValues } from './named-values.ts';
import { parameters } from './parameters.ts';
import { privateKeys } from './private-keys.ts';
import { schemes } from './schemes.ts';
import { urlUsers } from './url-users.ts';

/**
 * Every structure but JSON, in the order in which a text is looked through: first what breaks values up, then what tells
 * most of them, and last the encodings that a text may be written in, in part or as a whole.
 */
export const structures: readonly Structure[] = [
  binaryFields,
  privateKeys,
  quotedPrintableText,
  brokenLines,
  multipart,
  cookieJarLines,
  commandLine,
  headerLines,
  markup,
  urlUsers,
  parameters,
  namedValues,
  schemes,
  entityStretches,
  scriptStretches,
  percentStretches,
  hexRuns,
  base64Runs,
];
