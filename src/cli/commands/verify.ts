import { parseArgs } from 'node:util';
import { decode as decodeToken } from '../../engine/decode/decode.ts';
import { formOf } from '../../engine/decode/forms/index.ts';
import { detect } from '../../engine/find/detect.ts';
import { maskToken } from '../../engine/redact/mask.ts';
import { printable } from '../../engine/report/formats/printable.ts';
import { verifySignature } from '../../verify/index.ts';
import { readArgument } from '../reading/read-argument.ts';
import { readKey } from '../reading/read-key.ts';
import { UsageError } from '../usage-error.ts';
import type { Command } from './command.ts';

export const verify: Command = {
  id: 'verify',
  usage: 'verify <token|-> ...',
  summary: 'check a signature locally with a key given by the user',
  help: `Checks the signature of one token on this machine. Nothing is sent anywhere.

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

A secret is used for HMAC only and a public key never is, whatever the token says of itself. Only the signature is
checked; roomkey decode tells about times and claims. OpenTok T1, Agora, TRTC and ZEGOCLOUD tokens are
checked with the secret of their project.

Exit codes
  0  the signature is right   1  it is not   2  it could not be checked

Examples
  roomkey verify "$TOKEN" --secret-env DAILY_API_KEY
  pbpaste | roomkey verify - --key vonage-public.pem --alg RS256
  roomkey verify "$TOKEN" --key jwks.json
`,

  async run(args, terminal) {
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
      },
    });
    const key = await readKey(values, terminal.env);
    const text = await readArgument('verify', positionals, terminal);
    const hits = detect(text).hits.filter(({ form }) => !formOf(form)?.isBare);
    const [hit] = hits;
    if (!hit) throw new UsageError('there is no token in the text given');
    if (new Set(hits.map(({ token }) => token)).size > 1)
      throw new UsageError('there is more than one token in the text given');
    const token = decodeToken(hit.token, hit.form);
    const { outcome, reason, isOtherKey } = await verifySignature(token, [key]);
    if (outcome === 'not-checked' || isOtherKey) throw new UsageError(reason);
    const isOtherAlgorithm = values.alg !== undefined && token.header?.alg !== values.alg;
    const says = isOtherAlgorithm
      ? `The token is signed with another algorithm than ${values.alg}. ${reason}`
      : `The signature is ${outcome === 'passed' ? 'right' : 'wrong'}. ${reason}`;
    terminal.print(`${printable(says)}\n${printable(maskToken(hit.token))}\n`);
    return outcome === 'passed' && !isOtherAlgorithm ? 0 : 1;
  },
};
