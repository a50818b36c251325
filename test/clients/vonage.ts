import { vonage as minted, vonageApplication } from '../builders/mint/vonage.ts';
import { openTokClient } from './opentok.ts';

export const vonage = openTokClient({
  name: 'Vonage',
  provider: 'vonage',
  package: '@vonage/client-sdk-video',
  project: vonageApplication,
  tokens: minted,
  row: /^Vonage/,
});
