import { zoomVideo as minted } from '../builders/mint/zoom.ts';
import type { Client } from './client.ts';

export const zoom: Client = {
  name: 'Zoom Video SDK',
  provider: 'zoom-video-sdk',
  package: '@zoom/videosdk',
  tokens: minted,
  page: `
    import ZoomVideo from '@zoom/videosdk';
    const client = ZoomVideo.createClient();
    await client.init('en-US', 'CDN');
    await client.join('Standup', token, 'Ada');
  `,
  ways: [
    'response-body: response body of https://call.example, $.token',
    'request-body: request body field "zlk" of https://zoom.us',
  ],
  row: /^Zoom Video SDK \| Standup \|/,
};
