import type { Structure } from '../context.ts';
import { binaryFields } from './binary-fields.ts';
import { commandLine } from './command-line.ts';
import { cookieJarLines } from './cookie-jar-lines.ts';
import { cookieLists } from './cookie-lists.ts';
import { curlNotes } from './curl-notes.ts';
import { base64Runs, hexRuns } from './encoded-runs.ts';
import {
  brokenLines,
  caretStretches,
  colouredText,
  entityStretches,
  percentStretches,
  quotedPrintableText,
  scriptStretches,
} from './escaped-stretches.ts';
import { headerLines } from './header-lines.ts';
import { headerPairs } from './header-pairs.ts';
import { heredocs } from './heredocs.ts';
import { indentedValues } from './indented-values.ts';
import { knownCredentials } from './known-credentials.ts';
import { markup } from './markup.ts';
import { multipart } from './multipart.ts';
import { namedValues } from './named-values.ts';
import { neighbours } from './neighbours.ts';
import { parameters } from './parameters.ts';
import { phpSerialized } from './php-serialized.ts';
import { privateKeys } from './private-keys.ts';
import { joinedTexts, spacedTokens, unseenText } from './put-together.ts';
import { schemes } from './schemes.ts';
import { spacedSettings } from './spaced-settings.ts';
import { sqlValues } from './sql-values.ts';
import { tables } from './tables.ts';
import { urlUsers } from './url-users.ts';

/**
 * Every structure but JSON, in the order in which a text is looked through: first what breaks values up, then what tells
 * most of them, and last the encodings that a text may be written in, in part or as a whole.
 */
export const structures: readonly Structure[] = [
  binaryFields,
  privateKeys,
  knownCredentials,
  colouredText,
  unseenText,
  quotedPrintableText,
  joinedTexts,
  brokenLines,
  spacedTokens,
  multipart,
  cookieJarLines,
  cookieLists,
  curlNotes,
  phpSerialized,
  heredocs,
  sqlValues,
  tables,
  indentedValues,
  commandLine,
  headerLines,
  headerPairs,
  markup,
  urlUsers,
  parameters,
  namedValues,
  spacedSettings,
  neighbours,
  schemes,
  entityStretches,
  caretStretches,
  scriptStretches,
  percentStretches,
  hexRuns,
  base64Runs,
];

/** Those in which what tells a value may stand in another line, or behind JSON in the same. */
export const wideStructures: readonly Structure[] = [
  unseenText,
  joinedTexts,
  sqlValues,
  tables,
  indentedValues,
  commandLine,
  headerLines,
];
