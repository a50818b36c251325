import { chimeJoinToken } from '../builders/other-tokens.ts';
import type { Client } from './client.ts';

const meeting = '5c1d0f3a-0000-4000-8000-000000000001';
const attendee = '224fac23-992f-6972-4063-0325289f9fa5';

export const chime: Client = {
  name: 'Amazon Chime',
  provider: 'amazon-chime',
  package: 'amazon-chime-sdk-js',
  tokens: { guest: () => chimeJoinToken(attendee) },
  page: `
    import { ConsoleLogger, DefaultDeviceController, DefaultMeetingSession, LogLevel, MeetingSessionConfiguration } from 'amazon-chime-sdk-js';
    const media = 'm1.ue1.app.chime.aws';
    const configuration = new MeetingSessionConfiguration(
      {
        Meeting: {
          MeetingId: '${meeting}',
          MediaRegion: 'us-east-1',
          MediaPlacement: {
            AudioHostUrl: 'k.' + media + ':3478',
            AudioFallbackUrl: 'wss://wss.k.' + media + '/calls/${meeting}',
            SignalingUrl: 'wss://signal.' + media + '/control/${meeting}',
            TurnControlUrl: 'https://ccp.cp.ue1.app.chime.aws/v2/turn_sessions',
            EventIngestionUrl: 'https://data.svc.ue1.ingest.chime.aws/v1/client-events',
          },
        },
      },
      { Attendee: { AttendeeId: '${attendee}', ExternalUserId: 'ada', JoinToken: token } },
    );
    const logger = new ConsoleLogger('call', LogLevel.ERROR);
    const session = new DefaultMeetingSession(configuration, logger, new DefaultDeviceController(logger));
    session.audioVideo.start();
  `,
  ways: [
    'response-body: response body of https://call.example, $.token',
    'request-header: request header Sec-WebSocket-Protocol of wss://signal.m1.ue1.app.chime.aws',
    'request-header: request header Authorization of https://data.svc.ue1.ingest.chime.aws',
  ],
  row: /^Amazon Chime SDK \|/,
};
