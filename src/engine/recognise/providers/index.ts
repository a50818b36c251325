import { hundredMs } from './100ms.ts';
import { agora } from './agora.ts';
import { amazonChime } from './amazon-chime.ts';
import { amazonIvs } from './amazon-ivs.ts';
import { azureCommunication } from './azure-communication.ts';
import { bigbluebutton } from './bigbluebutton.ts';
import { daily } from './daily/daily.ts';
import { digitalSamba } from './digital-samba.ts';
import { galene } from './galene.ts';
import { huddle01 } from './huddle01.ts';
import { auth0 } from './identity/auth0.ts';
import { clerk } from './identity/clerk.ts';
import { cognito } from './identity/cognito.ts';
import { entraId } from './identity/entra-id.ts';
import { firebase } from './identity/firebase.ts';
import { google } from './identity/google.ts';
import { keycloak } from './identity/keycloak.ts';
import { oidc } from './identity/oidc.ts';
import { okta } from './identity/okta.ts';
import { supabase } from './identity/supabase.ts';
import { ivsPlayback } from './ivs-playback.ts';
import { jaas } from './jitsi/jaas.ts';
import { jitsi } from './jitsi/jitsi.ts';
import { livekit } from './livekit/livekit.ts';
import { mirotalk } from './mirotalk.ts';
import { mux } from './mux.ts';
import { muxPlayback } from './mux-playback.ts';
import { opentok } from './opentok/opentok.ts';
import { vonage } from './opentok/vonage.ts';
import { openvidu } from './openvidu.ts';
import type { Provider } from './provider.ts';
import { realtimekit } from './realtimekit.ts';
import { signalwire } from './signalwire.ts';
import { stream } from './stream.ts';
import { streamChat } from './stream-chat.ts';
import { telnyx } from './telnyx.ts';
import { trtc } from './trtc.ts';
import { twilio } from './twilio.ts';
import { twilioOther } from './twilio-other.ts';
import { videosdk } from './videosdk.ts';
import { vivox } from './vivox.ts';
import { webex } from './webex.ts';
import { whereby } from './whereby.ts';
import { zegocloud } from './zegocloud.ts';
import { zoomMeetingSdk } from './zoom/zoom-meeting-sdk.ts';
import { zoomVideoSdk } from './zoom/zoom-video-sdk.ts';
import { zoomWebSignature } from './zoom/zoom-web-signature.ts';
import { zoomZak } from './zoom/zoom-zak.ts';

/** Every platform Roomkey knows, in alphabetical order: the order means nothing. */
export const providers: readonly Provider[] = [
  hundredMs,
  agora,
  amazonChime,
  amazonIvs,
  auth0,
  azureCommunication,
  bigbluebutton,
  clerk,
  cognito,
  daily,
  digitalSamba,
  entraId,
  firebase,
  galene,
  google,
  huddle01,
  ivsPlayback,
  jaas,
  jitsi,
  keycloak,
  livekit,
  mirotalk,
  mux,
  muxPlayback,
  oidc,
  okta,
  opentok,
  openvidu,
  realtimekit,
  signalwire,
  stream,
  streamChat,
  supabase,
  telnyx,
  trtc,
  twilio,
  twilioOther,
  videosdk,
  vivox,
  vonage,
  webex,
  whereby,
  zegocloud,
  zoomMeetingSdk,
  zoomVideoSdk,
  zoomWebSignature,
  zoomZak,
];
