import { daily as minted } from '../builders/mint/daily.ts';
import type { Client } from './client.ts';

export const dailyFrame: Client = {
  name: 'Daily, in a frame',
  provider: 'daily',
  package: '@daily-co/daily-js',
  tokens: minted,
  page: `
    import Daily from '@daily-co/daily-js';
    await Daily.createFrame().join({ url: 'https://northwind.daily.co/standup', token });
  `,
  ways: [
    'response-body: response body of https://call.example, $.token',
    'frame-url: frame URL ?t of https://northwind.daily.co',
    'request-url: request URL ?t of https://northwind.daily.co',
  ],
  row: /^Daily \| standup \|/,
};
