import { hundredMs } from './100ms.ts';
import { agora } from './agora.ts';
import { amazonIvs } from './amazon-ivs.ts';
import { auth0 } from './auth0.ts';
import { azureCommunication } from './azure-communication.ts';
import { clerk } from './clerk.ts';
import { cognito } from './cognito.ts';
import { daily } from './daily.ts';
import { digitalSamba } from './digital-samba.ts';
import { entraId } from './entra-id.ts';
import { firebase } from './firebase.ts';
import { galene } from './galene.ts';
import { google } from './google.ts';
import { ivsPlayback } from './ivs-playback.ts';
import { jaas } from './jaas.ts';
import { jitsi } from './jitsi.ts';
import { keycloak } from './keycloak.ts';
import { livekit } from './livekit.ts';
import { mirotalk } from './mirotalk.ts';
import { mux } from './mux.ts';
import { muxPlayback } from './mux-playback.ts';
import { oidc } from './oidc.ts';
import { okta } from './okta.ts';
import { opentok } from './opentok.ts';
import { openvidu } from './openvidu.ts';
import type { Provider } from './provider.ts';
import { realtimekit } from './realtimekit.ts';
import { signalwire } from './signalwire.ts';
import { stream } from './stream.ts';
import { streamChat } from './stream-chat.ts';
import { supabase } from './supabase.ts';
import { telnyx } from './telnyx.ts';
import { trtc } from './trtc.ts';
import { twilio } from './twilio.ts';
import { twilioOther } from './twilio-other.ts';
import { videosdk } from './videosdk.ts';
import { vivox } from './vivox.ts';
import { vonage } from './vonage.ts';
import { webex } from './webex.ts';
import { whereby } from './whereby.ts';
import { zegocloud } from './zegocloud.ts';
import { zoomMeetingSdk } from './zoom-meeting-sdk.ts';
import { zoomVideoSdk } from './zoom-video-sdk.ts';

/** Every platform Roomkey knows, in alphabetical order: the order means nothing. */
export const providers: readonly Provider[] = [
  hundredMs,
  agora,
  amazonIvs,
  auth0,
  azureCommunication,
  clerk,
  cognito,
  daily,
  digitalSamba,
  entraId,
  firebase,
  galene,
  google,
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
];
