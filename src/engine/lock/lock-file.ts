import * as v from 'valibot';
import { privileges, roles, roomScopes } from '../model/facts.ts';
import { tokenUses } from '../model/token.ts';
import { listOf, members } from '../text/written-shapes.ts';

/** Most kinds of tokens that one lock holds, and most places of one kind. */
export const mostKinds = 500;
export const mostPlaces = 500;
/** Longest text in a lock, in characters. */
const longestText = 400;

const text = v.pipe(v.string(), v.maxCodePoints(longestText, `must have ${longestText} characters at most`));
const texts = listOf(text);
const optional = <const Shape extends v.GenericSchema>(shape: Shape) => v.exactOptional(shape);

const place = members({
  in: text,
  on: optional(text),
  input: optional(text),
  cookie: optional(texts),
});

const kind = members({
  platform: optional(text),
  name: optional(text),
  form: text,
  product: optional(text),
  use: v.picklist(tokenUses),
  role: v.picklist(roles),
  vendorRole: optional(text),
  rooms: v.picklist(roomScopes),
  room: optional(text),
  tenant: optional(text),
  issuer: optional(text),
  audience: optional(texts),
  person: text,
  alg: optional(text),
  lives: text,
  starts: optional(text),
  may: listOf(v.picklist(privileges)),
  mayNot: listOf(v.picklist(privileges)),
  scopes: optional(texts),
  header: texts,
  claims: texts,
  findings: texts,
  places: v.pipe(listOf(place), v.minLength(1, 'must name a place at least')),
});

/** What of the shape the published schema names. */
export const lockParts = { kind, place };

export const lockFile = members({
  $schema: optional(v.string()),
  lock: v.literal(1, 'must be 1: there is no other version'),
  policy: text,
  kinds: v.pipe(listOf(kind), v.minLength(1, 'must hold a kind at least: a lock of nothing would always hold')),
  findings: texts,
  unlisted: optional(v.literal(true, 'must be true, or be left out')),
});

/** Where tokens of a kind lie or go, without what varies from run to run. */
export type LockedPlace = v.InferOutput<typeof place>;

/** Tokens that are alike in all but their secrets, ids and times. What is not told of them is left out. */
export type LockedKind = v.InferOutput<typeof kind>;

/** What the tokens of a page, or of recordings, are: in a form to be reviewed, kept and compared. No token, no part or hash of one is in it. */
export type TokenLock = Omit<v.InferOutput<typeof lockFile>, '$schema'>;
