import { opentok as minted, opentokKey } from '../builders/mint/opentok.ts';
import { sessionId } from '../builders/mint/vonage.ts';
import type { Client } from './client.ts';

export const opentok = openTokClient({
  name: 'OpenTok',
  provider: 'opentok',
  package: '@opentok/client',
  project: opentokKey,
  tokens: minted,
  row: /^OpenTok \(Vonage\) \|/,
});

/** What OpenTok's client and Vonage's have in common: they are one program under two names. */
export function openTokClient({
  project,
  ...own
}: Pick<Client, 'name' | 'provider' | 'package' | 'tokens' | 'row'> & { project: string }): Client {
  return {
    ...own,
    page: `
      import OT from '${own.package}';
      OT.initSession('${project}', '${sessionId(project)}').connect(token, (error) => error && console.log(String(error)));
    `,
    answer: ({ url }) =>
      url.host === 'anvil.opentok.com'
        ? {
            body: [
              { session_id: sessionId(project), partner_id: project, messaging_url: 'wss://mes.opentok.com/rumor' },
            ],
          }
        : undefined,
    ways: [
      'response-body: response body of https://call.example, $.token',
      'request-header: request header X-TB-TOKEN-AUTH of https://config.opentok.com',
      'request-header: request header X-OPENTOK-AUTH of https://anvil.opentok.com',
      'websocket-message: WebSocket message, sent of wss://mes.opentok.com',
    ],
  };
}
