import { whereby as minted } from '../builders/mint/whereby.ts';
import type { Client } from './client.ts';

export const whereby: Client = {
  name: 'Whereby',
  provider: 'whereby',
  package: '@whereby.com/browser-sdk',
  tokens: { guest: () => minted.host?.() ?? '' },
  page: `
    import '@whereby.com/browser-sdk/embed';
    const frame = document.createElement('whereby-embed');
    frame.setAttribute('room', 'https://northwind.whereby.com/standup?roomKey=' + token);
    document.body.append(frame);
  `,
  ways: [
    'response-body: response body of https://call.example, $.token',
    'frame-url: frame URL ?roomKey of https://northwind.whereby.com',
    'request-url: request URL ?roomKey of https://northwind.whereby.com',
  ],
  row: /^Whereby \| \/standup \|/,
};
