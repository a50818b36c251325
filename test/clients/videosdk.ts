import { videosdk as minted } from '../builders/mint/videosdk.ts';
import type { Client } from './client.ts';

export const videosdk: Client = {
  name: 'VideoSDK',
  provider: 'videosdk',
  package: '@videosdk.live/js-sdk',
  tokens: minted,
  page: `
    import { VideoSDK } from '@videosdk.live/js-sdk';
    VideoSDK.config(token);
    VideoSDK.initMeeting({ meetingId: '2kyv-gzay-64pg', name: 'Ada', micEnabled: false, webcamEnabled: false }).join();
  `,
  ways: [
    'response-body: response body of https://call.example, $.token',
    'request-header: request header Authorization of https://api.videosdk.live',
    'request-url: request URL ?secret of wss://call-api.videosdk.live',
  ],
  row: /^VideoSDK \| 2kyv-gzay-64pg \|/,
};
