import { contained } from '../engine/contain.ts';
import { decode } from '../engine/decode/decode.ts';
import type { FormId, Token } from '../engine/model/token.ts';
import { providers } from '../engine/recognise/providers/index.ts';
import type { Provider } from '../engine/recognise/providers/provider.ts';
import { recognise } from '../engine/recognise/recognise.ts';
import type { Key } from '../verify/index.ts';
import { anyIssuer, general } from './profiles/general.ts';
import { profileOf } from './profiles/index.ts';
import { type Judgement, judge } from './profiles/judge.ts';
import type { Profile } from './profiles/profile.ts';
import { readSpan } from './time-check.ts';

/** Whose way a token is judged in, and what its server is set to. */
export interface Judging {
  /** A platform by its id; `auto` for the one that the token is of. Any other name stands for the general profile. */
  profile: string;
  key: Key;
  /** Accepted issuers and audiences; any where none is named. */
  issuer?: readonly string[];
  audience?: readonly string[];
  /** The one algorithm, on platforms whose server is set to one. */
  algorithm?: string;
  /** Seconds since the epoch. */
  now: number;
  /** Clock difference in seconds, for profiles that know no better. */
  skewSeconds: number;
}

/**
 * Judges a text with a key in hand, as the server of a platform would; nothing is asked of anybody. Never throws.
 *
 * @param form what the text is, where it was found to be a token; a profile may take for one what nobody else does
 * @returns null where the text is no token, for this profile either
 */
export async function judgeText(text: string, form: FormId | null, judging: Judging): Promise<Judgement | null> {
  const { key, now, skewSeconds, issuer, audience, algorithm } = judging;
  const read = readFor(judging.profile, text, form);
  if (!read) return null;
  const { profile, token, provider } = read;
  const question = {
    token,
    provider,
    facts:
      provider &&
      contained(
        'provider',
        provider.id,
        null,
        () => {},
        () => provider.facts(token),
      ),
    span: readSpan(token, provider, now),
    key: {
      provider: profile === general ? anyIssuer : profile.id,
      isShared: key.kind === 'secret',
      isLookedUp: key.kind === 'jwks',
      issuer: issuer?.length ? issuer : undefined,
      audience: audience?.length ? audience : undefined,
      signatureAlgorithm: algorithm,
    },
    now,
    skewSeconds,
    ignoreNbf: false,
  };
  return judge(profile, question, () => profile.verify(question, [key]));
}

interface Read {
  profile: Profile;
  token: Token;
  provider: Provider | null;
}

/** The token as the server of a platform reads it, or, where that has no way of its own, as anybody does. */
function readFor(wanted: string, text: string, form: FormId | null): Read | null {
  const named = wanted === 'auto' ? null : profileOf(wanted);
  const asNamed = named?.read?.(text);
  if (named && asNamed) return { profile: named, token: asNamed, provider: providerOf(named) };
  const found = form === null ? null : decode(text, form);
  const recognised = found && (recognise(found)[0]?.provider ?? null);
  const profile = named ?? profileOf(recognised?.id);
  const token = (named ? null : profile.read?.(text)) ?? found;
  return token && { profile, token, provider: providerOf(profile) ?? recognised };
}

function providerOf(profile: Profile): Provider | null {
  return providers.find(({ id }) => id === profile.id) ?? null;
}
