import type { Rule } from './rule.ts';
import { algDeprecated } from './signature/alg-deprecated.ts';
import { algMissing } from './signature/alg-missing.ts';
import { algNone } from './signature/alg-none.ts';
import { algNoneVariant } from './signature/alg-none-variant.ts';
import { algSymmetricCrossParty } from './signature/alg-symmetric-cross-party.ts';
import { algUnknown } from './signature/alg-unknown.ts';
import { b64False } from './signature/b64-false.ts';
import { critUnknown } from './signature/crit-unknown.ts';
import { headerJku } from './signature/header-jku.ts';
import { headerJwk } from './signature/header-jwk.ts';
import { headerPrivateKey } from './signature/header-private-key.ts';
import { headerX5c } from './signature/header-x5c.ts';
import { headerX5u } from './signature/header-x5u.ts';
import { hmacSecretBlank } from './signature/hmac-secret-blank.ts';
import { hmacSecretDerivable } from './signature/hmac-secret-derivable.ts';
import { hmacSecretKnown } from './signature/hmac-secret-known.ts';
import { keyShort } from './signature/key-short.ts';
import { kidInjection } from './signature/kid-injection.ts';
import { secretInPage } from './signature/secret-in-page.ts';
import { serviceKeyInPage } from './signature/service-key-in-page.ts';
import { signatureEmpty } from './signature/signature-empty.ts';
import { signatureLength } from './signature/signature-length.ts';
import { signatureTrivial } from './signature/signature-trivial.ts';
import { accountsDisagree } from './storage/accounts-disagree.ts';
import { cookieDomainWide } from './storage/cookie-domain-wide.ts';
import { cookieNoPrefix } from './storage/cookie-no-prefix.ts';
import { cookieNotHttponly } from './storage/cookie-not-httponly.ts';
import { cookieNotSecure } from './storage/cookie-not-secure.ts';
import { cookieOutlivesToken } from './storage/cookie-outlives-token.ts';
import { cookiePersistentSession } from './storage/cookie-persistent-session.ts';
import { cookieSamesiteMissing } from './storage/cookie-samesite-missing.ts';
import { cookieSamesiteNone } from './storage/cookie-samesite-none.ts';
import { cookieShorterThanToken } from './storage/cookie-shorter-than-token.ts';
import { expiredTokenStored } from './storage/expired-token-stored.ts';
import { multipleCopies } from './storage/multiple-copies.ts';
import { refreshTokenStored } from './storage/refresh-token-stored.ts';
import { scriptReadable } from './storage/script-readable.ts';
import { storageCache } from './storage/storage-cache.ts';
import { storageIndexeddb } from './storage/storage-indexeddb.ts';
import { storageLocal } from './storage/storage-local.ts';
import { storageSession } from './storage/storage-session.ts';
import { tokenInDom } from './storage/token-in-dom.ts';
import { tokenInHistoryState } from './storage/token-in-history-state.ts';
import { tokenInSource } from './storage/token-in-source.ts';
import { tokenInWindowName } from './storage/token-in-window-name.ts';
import { tokenSurvivesLogout } from './storage/token-survives-logout.ts';
import { audBroad } from './structure/aud-broad.ts';
import { audMissing } from './structure/aud-missing.ts';
import { bearerUnbound } from './structure/bearer-unbound.ts';
import { clientAssertionInBrowser } from './structure/client-assertion-in-browser.ts';
import { ctyNested } from './structure/cty-nested.ts';
import { duplicateJsonKeys } from './structure/duplicate-json-keys.ts';
import { encodingIrregular } from './structure/encoding-irregular.ts';
import { headerClaimMismatch } from './structure/header-claim-mismatch.ts';
import { issInsecure } from './structure/iss-insecure.ts';
import { issMissing } from './structure/iss-missing.ts';
import { jtiMissing } from './structure/jti-missing.ts';
import { jtiReused } from './structure/jti-reused.ts';
import { jweZipBomb } from './structure/jwe-zip-bomb.ts';
import { numberPrecision } from './structure/number-precision.ts';
import { p2cExcessive } from './structure/p2c-excessive.ts';
import { p2cLow } from './structure/p2c-low.ts';
import { payloadNesting } from './structure/payload-nesting.ts';
import { payloadNotJson } from './structure/payload-not-json.ts';
import { payloadPersonalData } from './structure/payload-personal-data.ts';
import { payloadSecret } from './structure/payload-secret.ts';
import { policyClaimForbidden } from './structure/policy-claim-forbidden.ts';
import { policyClaimRequired } from './structure/policy-claim-required.ts';
import { privilegedRole } from './structure/privileged-role.ts';
import { sdjwtDisclosureOrphan } from './structure/sdjwt-disclosure-orphan.ts';
import { sdjwtKeyBinding } from './structure/sdjwt-key-binding.ts';
import { subMissing } from './structure/sub-missing.ts';
import { tokenOversized } from './structure/token-oversized.ts';
import { tokenTruncated } from './structure/token-truncated.ts';
import { typConfusion } from './structure/typ-confusion.ts';
import { typMissing } from './structure/typ-missing.ts';
import { zipPresent } from './structure/zip-present.ts';
import { clockSkewSuspected } from './time/clock-skew-suspected.ts';
import { expExpired } from './time/exp-expired.ts';
import { expMissing } from './time/exp-missing.ts';
import { expNotAfterIat } from './time/exp-not-after-iat.ts';
import { expNotAfterNbf } from './time/exp-not-after-nbf.ts';
import { expNotNumeric } from './time/exp-not-numeric.ts';
import { expRelative } from './time/exp-relative.ts';
import { expSentinel } from './time/exp-sentinel.ts';
import { expSoon } from './time/exp-soon.ts';
import { iatFuture } from './time/iat-future.ts';
import { iatMissing } from './time/iat-missing.ts';
import { lifetimeFactor1000 } from './time/lifetime-factor-1000.ts';
import { lifetimeLong } from './time/lifetime-long.ts';
import { nbfFuture } from './time/nbf-future.ts';
import { timeClaimMilliseconds } from './time/time-claim-milliseconds.ts';
import { bearerInForm } from './transport/bearer-in-form.ts';
import { corsOpenTokenEndpoint } from './transport/cors-open-token-endpoint.ts';
import { harContainsTokens } from './transport/har-contains-tokens.ts';
import { idTokenAsAccess } from './transport/id-token-as-access.ts';
import { plainHttp } from './transport/plain-http.ts';
import { refererLeak } from './transport/referer-leak.ts';
import { refererPolicyWeak } from './transport/referer-policy-weak.ts';
import { responseCacheable } from './transport/response-cacheable.ts';
import { senderConstraintUnused } from './transport/sender-constraint-unused.ts';
import { thirdPartyOrigin } from './transport/third-party-origin.ts';
import { tokenCrossFrame } from './transport/token-cross-frame.ts';
import { tokenEndpointOpen } from './transport/token-endpoint-open.ts';
import { tokenInRedirect } from './transport/token-in-redirect.ts';
import { urlFragment } from './transport/url-fragment.ts';
import { urlPath } from './transport/url-path.ts';
import { urlPersisted } from './transport/url-persisted.ts';
import { urlQuery } from './transport/url-query.ts';
import { urlWebsocket } from './transport/url-websocket.ts';
import { videoJoinLinkLeak } from './transport/video-join-link-leak.ts';
import { websocketSubprotocol } from './transport/websocket-subprotocol.ts';
import { tokenReusedParticipants } from './video/token-reused-participants.ts';
import { tokenReusedTabs } from './video/token-reused-tabs.ts';
import { videoAdminGrant } from './video/video-admin-grant.ts';
import { videoConnectionDataLong } from './video/video-connection-data-long.ts';
import { videoCredentialsInConfig } from './video/video-credentials-in-config.ts';
import { videoEnforcementNote } from './video/video-enforcement-note.ts';
import { videoExpiresDuringCall } from './video/video-expires-during-call.ts';
import { videoGrantTypo } from './video/video-grant-typo.ts';
import { videoHiddenParticipant } from './video/video-hidden-participant.ts';
import { videoHostGrant } from './video/video-host-grant.ts';
import { videoHostOnGuestPage } from './video/video-host-on-guest-page.ts';
import { videoIdentityDuplicate } from './video/video-identity-duplicate.ts';
import { videoIdentityMissing } from './video/video-identity-missing.ts';
import { videoLegacyToken } from './video/video-legacy-token.ts';
import { videoLifetimeVendor } from './video/video-lifetime-vendor.ts';
import { videoNoEject } from './video/video-no-eject.ts';
import { videoPermissionsOpen } from './video/video-permissions-open.ts';
import { videoPersonalData } from './video/video-personal-data.ts';
import { videoRecordGrant } from './video/video-record-grant.ts';
import { videoRoomMismatch } from './video/video-room-mismatch.ts';
import { videoRoomMissing } from './video/video-room-missing.ts';
import { videoRoomWildcard } from './video/video-room-wildcard.ts';
import { videoTypeMismatch } from './video/video-type-mismatch.ts';

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
  clockSkewSuspected,
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
  tokenInDom,
  tokenInSource,
  tokenInWindowName,
  tokenInHistoryState,
  refreshTokenStored,
  expiredTokenStored,
  tokenSurvivesLogout,
  multipleCopies,
  accountsDisagree,
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
  refererPolicyWeak,
  thirdPartyOrigin,
  plainHttp,
  idTokenAsAccess,
  senderConstraintUnused,
  refererLeak,
  bearerInForm,
  tokenInRedirect,
  responseCacheable,
  corsOpenTokenEndpoint,
  tokenEndpointOpen,
  websocketSubprotocol,
  harContainsTokens,
  tokenCrossFrame,
  tokenReusedParticipants,
  tokenReusedTabs,
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
