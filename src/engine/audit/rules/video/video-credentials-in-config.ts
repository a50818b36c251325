import { valueAt } from '../../../text/values.ts';
import { credentialIn } from '../../evidence/credential-shapes.ts';
import { eachText } from '../../evidence/each-text.ts';
import { cwe } from '../references.ts';
import type { TokenRule, Verdict } from '../rule.ts';

/** Names of credentials in LiveKit's egress settings and their kin; streams carry their key in the address. */
const names =
  /^(?:secret|secret_?key|access_?key|session_?token|credentials|account_?key|account_?name|password|stream_?key|urls?)$/i;

export const videoCredentialsInConfig: TokenRule = {
  id: 'video-credentials-in-config',
  judges: 'token',
  group: 'video',
  title: 'Storage keys inside a room token',
  severity: 'critical',
  why: 'Everybody who joins can read the keys of the storage or stream.',
  fix: 'Start recording and streaming on the server, and change the keys now.',
  references: [
    { title: 'LiveKit protocol: auth', url: 'https://github.com/livekit/protocol/tree/main/auth' },
    cwe(522),
  ],
  applies: ({ token }, { provider }) => token.claims !== null && (provider?.configClaims?.length ?? 0) > 0,
  check({ token }, { provider }) {
    const verdicts: Verdict[] = [];
    for (const path of provider?.configClaims ?? []) {
      const value = valueAt(token.claims, path);
      if (value === undefined) continue;
      eachText(value, path, (text, at) => {
        if (verdicts.length > 0 || text.trim() === '') return;
        const parts = at.split('.');
        const name = (/^\d+$/.test(parts.at(-1) ?? '') ? parts.at(-2) : parts.at(-1)) ?? '';
        const isStream = /^urls?$/i.test(name) && /^(?:rtmps?|srt):\/\/./i.test(text);
        const isNamed = names.test(name) && !/^urls?$/i.test(name);
        if (isStream || isNamed || credentialIn(text))
          verdicts.push({
            says: `\`${at}\` holds ${isStream ? 'the address of a stream' : 'a credential'}.`,
            at: `claims.${at}`,
          });
      });
    }
    return verdicts;
  },
};
