import { algNone } from './alg-none.ts';
import { cookieDomainWide } from './cookie-domain-wide.ts';
import { cookieNotHttponly } from './cookie-not-httponly.ts';
import { cookieNotSecure } from './cookie-not-secure.ts';
import { cookieOutlivesToken } from './cookie-outlives-token.ts';
import { cookieSamesiteNone } from './cookie-samesite-none.ts';
import { expExpired } from './exp-expired.ts';
import { expMissing } from './exp-missing.ts';
import { expNotAfterIat } from './exp-not-after-iat.ts';
import { expNotAfterNbf } from './exp-not-after-nbf.ts';
import { expNotNumeric } from './exp-not-numeric.ts';
import { expSoon } from './exp-soon.ts';
import { expiredTokenStored } from './expired-token-stored.ts';
import { iatFuture } from './iat-future.ts';
import { lifetimeLong } from './lifetime-long.ts';
import { multipleCopies } from './multiple-copies.ts';
import { nbfFuture } from './nbf-future.ts';
import type { Rule } from './rule.ts';
import { scriptReadable } from './script-readable.ts';
import { storageLocal } from './storage-local.ts';
import { storageSession } from './storage-session.ts';
import { timeClaimMilliseconds } from './time-claim-milliseconds.ts';
import { tokenTruncated } from './token-truncated.ts';
import { urlFragment } from './url-fragment.ts';
import { urlPersisted } from './url-persisted.ts';
import { urlQuery } from './url-query.ts';
import { videoConnectionDataLong } from './video-connection-data-long.ts';
import { videoHostGrant } from './video-host-grant.ts';
import { videoHostOnGuestPage } from './video-host-on-guest-page.ts';
import { videoLifetimeVendor } from './video-lifetime-vendor.ts';
import { videoNoEject } from './video-no-eject.ts';
import { videoPersonalData } from './video-personal-data.ts';
import { videoRoomMismatch } from './video-room-mismatch.ts';
import { videoRoomMissing } from './video-room-missing.ts';
import { videoRoomWildcard } from './video-room-wildcard.ts';

/** Every audit rule, in the order of the catalogue. */
export const rules: readonly Rule[] = [
  expMissing,
  expExpired,
  expSoon,
  expNotNumeric,
  timeClaimMilliseconds,
  nbfFuture,
  iatFuture,
  expNotAfterIat,
  expNotAfterNbf,
  lifetimeLong,
  algNone,
  tokenTruncated,
  scriptReadable,
  storageLocal,
  storageSession,
  expiredTokenStored,
  multipleCopies,
  cookieNotHttponly,
  cookieNotSecure,
  cookieSamesiteNone,
  cookieDomainWide,
  cookieOutlivesToken,
  urlQuery,
  urlFragment,
  urlPersisted,
  videoRoomMissing,
  videoRoomWildcard,
  videoRoomMismatch,
  videoHostGrant,
  videoHostOnGuestPage,
  videoNoEject,
  videoLifetimeVendor,
  videoPersonalData,
  videoConnectionDataLong,
];
