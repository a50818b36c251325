import { parseArgs } from 'node:util';
import { decode as decodeToken } from '../../engine/decode/decode.ts';
import { formOf } from '../../engine/decode/forms/index.ts';
import { detect } from '../../engine/find/detect.ts';
import type { FormId } from '../../engine/model/token.ts';
import { maskToken } from '../../engine/redact/mask.ts';
import { printable } from '../../engine/report/formats/printable.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import type { Check } from '../../introspection/reply.ts';
import { judgeText } from '../../judge/judge-text.ts';
import { general } from '../../judge/profiles/general.ts';
import { profiles } from '../../judge/profiles/index.ts';
import { type Key, verifySignature } from '../../verify/index.ts';
import { quoted } from '../one-line.ts';
import { readNow } from '../options.ts';
import { readArgument } from '../reading/read-argument.ts';
import { readKey } from '../reading/read-key.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

const profileNames = ['auto', general.id, ...profiles.map(({ id }) => id)];

export const help = `Checks the signature of one token on this machine. Nothing is sent anywhere.

Usage
  roomkey verify <token|-> (--key FILE | --key-env NAME | --secret-file FILE | --secret-env NAME) [options]

Keys
  --key FILE          public key or certificate (PEM), JWK or JWK Set; a private key serves as its public half
  --key-env NAME      the same, from an environment variable
  --secret-file FILE  shared secret, as text; a line break at the end does not count
  --secret-env NAME   the same, from an environment variable

Options
  --secret-encoding text|base64|base64url|hex   how the secret is written; default text
  --alg NAME                                    accept no other algorithm, whatever the token says
  --profile NAME      judge the whole token as a server does, not the signature alone:
                      ${profileNames.join(', ')}
  --issuer NAME       with --profile: accept only tokens of this issuer (or account); may come again
  --audience NAME     with --profile: accept only tokens for this audience; may come again
  --now <ISO 8601|epoch seconds>                with --profile: the clock to judge by; default now
  --skew SECONDS      with --profile: clock difference forgiven where the platform's own is not known; default 60

A secret is used for HMAC only and a public key never is, whatever the token says of itself. Without --profile only
the signature is checked; roomkey decode tells about times and claims. With it shape, times, issuer and signature are,
as the platform's own server does it: LiveKit forgives ten seconds and wants an expiry, Jitsi forgives none and passes
over crit. general is RFC 7515 and RFC 7519, for all others; auto is the profile of the platform that the token is of.
OpenTok T1, Agora, TRTC and ZEGOCLOUD tokens are checked with the secret of their project.

Exit codes
  0  the signature is right, or the profile takes the token   1  it is not, or refuses it   2  it could not be checked

Examples
  roomkey verify "$TOKEN" --secret-env DAILY_API_KEY
  pbpaste | roomkey verify - --key vonage-public.pem --alg RS256
  roomkey verify "$TOKEN" --secret-env LIVEKIT_SECRET --profile livekit --issuer "$LIVEKIT_KEY"
`;

/** Checks one token with the key that the options name. Resolves to the exit code. */
export async function verifyToken(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      'key-env': { type: 'string' },
      'secret-file': { type: 'string' },
      'secret-env': { type: 'string' },
      'secret-encoding': { type: 'string', default: 'text' },
      alg: { type: 'string' },
      profile: { type: 'string' },
      issuer: { type: 'string', multiple: true },
      audience: { type: 'string', multiple: true },
      now: { type: 'string' },
      skew: { type: 'string' },
    },
  });
  refuseStray(values);
  const key = await readKey(values, terminal.env);
  const text = await readArgument('verify', positionals, terminal);
  const hit = onlyToken(text);
  if (values.profile !== undefined) return byProfile(values.profile, key, { text, hit }, values, terminal);
  if (!hit) throw new UsageError('there is no token in the text given');
  const token = decodeToken(hit.token, hit.form);
  const { outcome, reason, isOtherKey } = await verifySignature(token, [key]);
  if (outcome === 'not-checked' || isOtherKey) throw new UsageError(reason);
  const isOtherAlgorithm = values.alg !== undefined && token.header?.alg !== values.alg;
  const says = isOtherAlgorithm
    ? `The token is signed with another algorithm than ${values.alg}. ${reason}`
    : `The signature is ${outcome === 'passed' ? 'right' : 'wrong'}. ${reason}`;
  terminal.print(`${printable(says)}\n${printable(maskToken(hit.token))}\n`);
  return outcome === 'passed' && !isOtherAlgorithm ? 0 : 1;
}

interface ProfileOptions {
  profile?: string | undefined;
  alg?: string | undefined;
  issuer?: string[] | undefined;
  audience?: string[] | undefined;
  now?: string | undefined;
  skew?: string | undefined;
}

interface Found {
  token: string;
  form: FormId;
}

/** The one token in a text; null where there is none. */
function onlyToken(text: string): Found | null {
  const hits = detect(text).hits.filter(({ form }) => !formOf(form)?.isBare);
  if (new Set(hits.map(({ token }) => token)).size > 1)
    throw new UsageError('there is more than one token in the text given');
  return hits[0] ?? null;
}

function refuseStray({ profile, ...values }: ProfileOptions): void {
  const stray = (['issuer', 'audience', 'now', 'skew'] as const).find((name) => values[name] !== undefined);
  if (profile === undefined && stray) throw new UsageError(`--${stray} is looked at with --profile only`);
  if (profile !== undefined && !profileNames.includes(profile)) {
    throw new UsageError(`--profile takes one of ${profileNames.join(', ')}, not ${quoted(profile)}`);
  }
}

/** The whole text is judged, as a server has no other. */
async function byProfile(
  profile: string,
  key: Key,
  { text, hit }: { text: string; hit: Found | null },
  { alg, issuer = [], audience = [], now, skew = '60' }: ProfileOptions,
  terminal: Terminal,
): Promise<number> {
  const judged = await judgeText(text, hit?.token === text ? hit.form : null, {
    profile,
    key,
    issuer,
    audience,
    ...(alg === undefined ? {} : { algorithm: alg }),
    now: now === undefined ? terminal.now() : readNow(now),
    skewSeconds: readSkew(skew),
  });
  if (!judged && !hit) throw new UsageError('there is no token in the text given');
  const verdict = judged?.verdict;
  if (verdict && (verdict.outcome === 'not-checked' || verdict.isOtherKey)) throw new UsageError(verdict.reason);
  const all = judged ? [...judged.checks, ...algorithmCheck(judged.token.header, alg)] : [notAlone];
  const isTaken = all.every(({ outcome }) => outcome !== 'failed');
  const lines = [
    `By the profile ${judged?.profile ?? profile}, the token is ${isTaken ? 'taken' : 'refused'}.`,
    ...all.map(({ name, outcome, reason }) => `${name.padEnd(9)}  ${outcome.padEnd(11)}  ${reason}`),
    maskToken(hit?.token ?? text),
  ];
  terminal.print(lines.map((line) => `${printable(line)}\n`).join(''));
  return isTaken ? 0 : 1;
}

const notAlone: Check = {
  name: 'shape',
  outcome: 'failed',
  reason: 'More than a token was given; a server takes all of it for one, and cannot read it.',
};

/** Seconds; as many as the validation server can be told to forgive. */
function readSkew(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= 600) return Number(text);
  throw new UsageError(`--skew takes seconds, 600 at most, not ${quoted(text)}`);
}

/** What was asked for by name counts whatever the profile takes. */
function algorithmCheck(header: JsonObject | null, asked: string | undefined): Check[] {
  return asked === undefined || header?.alg === asked
    ? []
    : [{ name: 'signature', outcome: 'failed', reason: `The token is signed with another algorithm than ${asked}.` }];
}
