import { algDeprecated } from './alg-deprecated.ts';
import { algMissing } from './alg-missing.ts';
import { algNone } from './alg-none.ts';
import { algNoneVariant } from './alg-none-variant.ts';
import { algSymmetricCrossParty } from './alg-symmetric-cross-party.ts';
import { algUnknown } from './alg-unknown.ts';
import { audBroad } from './aud-broad.ts';
import { audMissing } from './aud-missing.ts';
import { b64False } from './b64-false.ts';
import { bearerInForm } from './bearer-in-form.ts';
import { bearerUnbound } from './bearer-unbound.ts';
import { clientAssertionInBrowser } from './client-assertion-in-browser.ts';
import { cookieDomainWide } from './cookie-domain-wide.ts';
import { cookieNoPrefix } from './cookie-no-prefix.ts';
import { cookieNotHttponly } from './cookie-not-httponly.ts';
import { cookieNotSecure } from './cookie-not-secure.ts';
import { cookieOutlivesToken } from './cookie-outlives-token.ts';
import { cookiePersistentSession } from './cookie-persistent-session.ts';
import { cookieSamesiteMissing } from './cookie-samesite-missing.ts';
import { cookieSamesiteNone } from './cookie-samesite-none.ts';
import { cookieShorterThanToken } from './cookie-shorter-than-token.ts';
import { critUnknown } from './crit-unknown.ts';
import { ctyNested } from './cty-nested.ts';
import { duplicateJsonKeys } from './duplicate-json-keys.ts';
import { encodingIrregular } from './encoding-irregular.ts';
import { expExpired } from './exp-expired.ts';
import { expMissing } from './exp-missing.ts';
import { expNotAfterIat } from './exp-not-after-iat.ts';
import { expNotAfterNbf } from './exp-not-after-nbf.ts';
import { expNotNumeric } from './exp-not-numeric.ts';
import { expRelative } from './exp-relative.ts';
import { expSentinel } from './exp-sentinel.ts';
import { expSoon } from './exp-soon.ts';
import { expiredTokenStored } from './expired-token-stored.ts';
import { harContainsTokens } from './har-contains-tokens.ts';
import { headerClaimMismatch } from './header-claim-mismatch.ts';
import { headerJku } from './header-jku.ts';
import { headerJwk } from './header-jwk.ts';
import { headerPrivateKey } from './header-private-key.ts';
import { headerX5c } from './header-x5c.ts';
import { headerX5u } from './header-x5u.ts';
import { hmacSecretBlank } from './hmac-secret-blank.ts';
import { hmacSecretDerivable } from './hmac-secret-derivable.ts';
import { hmacSecretKnown } from './hmac-secret-known.ts';
import { iatFuture } from './iat-future.ts';
import { iatMissing } from './iat-missing.ts';
import { idTokenAsAccess } from './id-token-as-access.ts';
import { issInsecure } from './iss-insecure.ts';
import { issMissing } from './iss-missing.ts';
import { jtiMissing } from './jti-missing.ts';
import { jtiReused } from './jti-reused.ts';
import { jweZipBomb } from './jwe-zip-bomb.ts';
import { keyShort } from './key-short.ts';
import { kidInjection } from './kid-injection.ts';
import { lifetimeFactor1000 } from './lifetime-factor-1000.ts';
import { lifetimeLong } from './lifetime-long.ts';
import { multipleCopies } from './multiple-copies.ts';
import { nbfFuture } from './nbf-future.ts';
import { numberPrecision } from './number-precision.ts';
import { p2cExcessive } from './p2c-excessive.ts';
import { p2cLow } from './p2c-low.ts';
import { payloadNesting } from './payload-nesting.ts';
import { payloadNotJson } from './payload-not-json.ts';
import { payloadPersonalData } from './payload-personal-data.ts';
import { payloadSecret } from './payload-secret.ts';
import { plainHttp } from './plain-http.ts';
import { policyClaimForbidden } from './policy-claim-forbidden.ts';
import { policyClaimRequired } from './policy-claim-required.ts';
import { privilegedRole } from './privileged-role.ts';
import { refererLeak } from './referer-leak.ts';
import { refreshTokenStored } from './refresh-token-stored.ts';
import type { Rule } from './rule.ts';
import { scriptReadable } from './script-readable.ts';
import { sdjwtDisclosureOrphan } from './sdjwt-disclosure-orphan.ts';
import { sdjwtKeyBinding } from './sdjwt-key-binding.ts';
import { secretInPage } from './secret-in-page.ts';
import { senderConstraintUnused } from './sender-constraint-unused.ts';
import { serviceKeyInPage } from './service-key-in-page.ts';
import { signatureEmpty } from './signature-empty.ts';
import { signatureLength } from './signature-length.ts';
import { signatureTrivial } from './signature-trivial.ts';
import { storageCache } from './storage-cache.ts';
import { storageIndexeddb } from './storage-indexeddb.ts';
import { storageLocal } from './storage-local.ts';
import { storageSession } from './storage-session.ts';
import { subMissing } from './sub-missing.ts';
import { thirdPartyOrigin } from './third-party-origin.ts';
import { timeClaimMilliseconds } from './time-claim-milliseconds.ts';
import { tokenCrossFrame } from './token-cross-frame.ts';
import { tokenInRedirect } from './token-in-redirect.ts';
import { tokenOversized } from './token-oversized.ts';
import { tokenReusedParticipants } from './token-reused-participants.ts';
import { tokenSurvivesLogout } from './token-survives-logout.ts';
import { tokenTruncated } from './token-truncated.ts';
import { typConfusion } from './typ-confusion.ts';
import { typMissing } from './typ-missing.ts';
import { urlFragment } from './url-fragment.ts';
import { urlPath } from './url-path.ts';
import { urlPersisted } from './url-persisted.ts';
import { urlQuery } from './url-query.ts';
import { urlWebsocket } from './url-websocket.ts';
import { videoAdminGrant } from './video-admin-grant.ts';
import { videoConnectionDataLong } from './video-connection-data-long.ts';
import { videoCredentialsInConfig } from './video-credentials-in-config.ts';
import { videoEnforcementNote } from './video-enforcement-note.ts';
import { videoExpiresDuringCall } from './video-expires-during-call.ts';
import { videoGrantTypo } from './video-grant-typo.ts';
import { videoHiddenParticipant } from './video-hidden-participant.ts';
import { videoHostGrant } from './video-host-grant.ts';
import { videoHostOnGuestPage } from './video-host-on-guest-page.ts';
import { videoIdentityDuplicate } from './video-identity-duplicate.ts';
import { videoIdentityMissing } from './video-identity-missing.ts';
import { videoJoinLinkLeak } from './video-join-link-leak.ts';
import { videoLegacyToken } from './video-legacy-token.ts';
import { videoLifetimeVendor } from './video-lifetime-vendor.ts';
import { videoNoEject } from './video-no-eject.ts';
import { videoPermissionsOpen } from './video-permissions-open.ts';
import { videoPersonalData } from './video-personal-data.ts';
import { videoRecordGrant } from './video-record-grant.ts';
import { videoRoomMismatch } from './video-room-mismatch.ts';
import { videoRoomMissing } from './video-room-missing.ts';
import { videoRoomWildcard } from './video-room-wildcard.ts';
import { videoTypeMismatch } from './video-type-mismatch.ts';
import { websocketSubprotocol } from './websocket-subprotocol.ts';
import { zipPresent } from './zip-present.ts';

/** Every audit rule, in the order of the catalogue. */
export const rules: readonly Rule[] = [
  expMissing,
  expExpired,
  expSoon,
  expNotNumeric,
  timeClaimMilliseconds,
  expRelative,
  lifetimeFactor1000,
  nbfFuture,
  iatFuture,
  iatMissing,
  expNotAfterIat,
  expNotAfterNbf,
  lifetimeLong,
  expSentinel,
  numberPrecision,
  algNone,
  algNoneVariant,
  algMissing,
  algUnknown,
  algDeprecated,
  algSymmetricCrossParty,
  hmacSecretKnown,
  hmacSecretBlank,
  hmacSecretDerivable,
  secretInPage,
  signatureEmpty,
  signatureLength,
  signatureTrivial,
  keyShort,
  headerJwk,
  headerPrivateKey,
  headerJku,
  headerX5u,
  headerX5c,
  kidInjection,
  critUnknown,
  b64False,
  typConfusion,
  typMissing,
  headerClaimMismatch,
  zipPresent,
  jweZipBomb,
  p2cExcessive,
  p2cLow,
  ctyNested,
  encodingIrregular,
  duplicateJsonKeys,
  tokenTruncated,
  issMissing,
  issInsecure,
  audMissing,
  audBroad,
  subMissing,
  jtiMissing,
  jtiReused,
  payloadPersonalData,
  payloadSecret,
  payloadNotJson,
  payloadNesting,
  tokenOversized,
  privilegedRole,
  serviceKeyInPage,
  clientAssertionInBrowser,
  bearerUnbound,
  sdjwtDisclosureOrphan,
  sdjwtKeyBinding,
  policyClaimRequired,
  policyClaimForbidden,
  scriptReadable,
  storageLocal,
  storageSession,
  storageIndexeddb,
  storageCache,
  refreshTokenStored,
  expiredTokenStored,
  tokenSurvivesLogout,
  multipleCopies,
  cookieNotHttponly,
  cookieNotSecure,
  cookieSamesiteNone,
  cookieSamesiteMissing,
  cookieDomainWide,
  cookieNoPrefix,
  cookieOutlivesToken,
  cookieShorterThanToken,
  cookiePersistentSession,
  urlQuery,
  urlFragment,
  urlPath,
  urlWebsocket,
  urlPersisted,
  thirdPartyOrigin,
  plainHttp,
  idTokenAsAccess,
  senderConstraintUnused,
  refererLeak,
  bearerInForm,
  tokenInRedirect,
  websocketSubprotocol,
  harContainsTokens,
  tokenCrossFrame,
  tokenReusedParticipants,
  videoRoomMissing,
  videoRoomWildcard,
  videoGrantTypo,
  videoRoomMismatch,
  videoHostGrant,
  videoHostOnGuestPage,
  videoAdminGrant,
  videoHiddenParticipant,
  videoPermissionsOpen,
  videoRecordGrant,
  videoNoEject,
  videoLifetimeVendor,
  videoExpiresDuringCall,
  videoIdentityMissing,
  videoIdentityDuplicate,
  videoPersonalData,
  videoConnectionDataLong,
  videoTypeMismatch,
  videoCredentialsInConfig,
  videoLegacyToken,
  videoJoinLinkLeak,
  videoEnforcementNote,
];
