import { hours, jwt } from '../builders/tokens.ts';
import type { Client } from './client.ts';

export const azure: Client = {
  name: 'Azure Communication Services',
  provider: 'azure-communication',
  package: '@azure/communication-calling',
  tokens: { guest: () => tokenUntil(Math.floor(Date.now() / 1000) + hours(1)) },
  page: `
    import { CallClient } from '@azure/communication-calling';
    import { AzureCommunicationTokenCredential } from '@azure/communication-common';
    const agent = await new CallClient().createCallAgent(new AzureCommunicationTokenCredential(token));
    agent.join({ groupId: '5c1d0f3a-0000-4000-8000-000000000001' });
  `,
  answer: ({ url }) => {
    const expires = new Date(Date.now() + 86_400_000).toUTCString();
    // It is asked without the token first.
    if (url.host === 'ecs.communication.microsoft.com')
      return { headers: { etag: '"1"', expires, vary: 'authorization' }, body: {} };
    return url.pathname === '/trap/tokens' ? { status: 404, body: '' } : undefined;
  },
  ways: [
    'response-body: response body of https://call.example, $.token',
    'request-header: request header Authorization of https://ecs.communication.microsoft.com',
    'request-header: request header X-Skypetoken of https://edge.skype.com',
    'request-header: request header X-Skypetoken of https://api.flightproxy.skype.com',
    'request-header: request header x-skypetoken of https://go.trouter.communication.microsoft.com',
  ],
  requests: ['GET https://edge.skype.com/trap/tokens', 'POST https://api.flightproxy.skype.com/api/v2/cpconv'],
  row: /^Azure Communication Services \| every room \|/,
};

/** The client holds on to no token that has expired by the real clock. */
const tokenUntil = (exp: number) =>
  jwt({
    skypeid: 'acs:36a9d7dc-0000-4000-8000-000000000001_0000000a-0000-4000-8000-000000000002',
    scp: 1792,
    csi: String(exp),
    acsScope: 'voip',
    resourceId: '36a9d7dc-0000-4000-8000-000000000001',
    iat: exp - hours(1),
    exp,
  });
