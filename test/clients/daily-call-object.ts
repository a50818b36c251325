import { daily as minted } from '../builders/mint/daily.ts';
import type { Client } from './client.ts';

export const dailyCallObject: Client = {
  name: 'Daily, as a call object',
  provider: 'daily',
  package: '@daily-co/daily-js',
  tokens: minted,
  hasAccess: true,
  page: `
    import Daily from '@daily-co/daily-js';
    const call = Daily.createCallObject();
    await call.join({ url: 'https://northwind.daily.co/standup', token });
    console.log('joined, says the client: ' + call.meetingState());
  `,
  answer: ({ url }) =>
    url.host === 'c.daily.co' && url.pathname.endsWith('/call-machine-object-bundle.js')
      ? { type: 'text/javascript; charset=utf-8', body: callMachine }
      : undefined,
  ways: [
    'response-body: response body of https://call.example, $.token',
    'message: message from https://call.example of https://call.example, $.properties.token',
  ],
  row: /^Daily \| standup \|/,
};

/**
 * Stands for the call machine, the script that makes the call: Daily serves it from its own host only and it is not on npm. It
 * notes in the console what the client has it told, and answers that the meeting is joined, as the real one does in the end; it
 * connects to nothing. All up to this message is done by Daily's own code.
 */
const callMachine = `
  addEventListener('message', ({ data, source }) => {
    if (source !== window || data?.what !== 'iframe-call-message' || data.from !== 'module') return;
    console.log('told the call machine: ' + JSON.stringify(data));
    if (data.action !== 'join-meeting') return;
    const { what, callClientId } = data;
    window.postMessage({ what, from: 'embedded', callClientId, action: 'joined-meeting', participants: null }, location.origin);
  });
`;
