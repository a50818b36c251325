import type { Facts, Grant } from '../model/facts.ts';
import type { Token } from '../model/token.ts';
import { base64Bytes, bytesToText } from '../text/base64.ts';
import { isObject, parseJson } from '../text/json.ts';
import { isBlank, valueAt } from '../text/values.ts';

/** Whether some of a token's claims may be among what was cut off or damaged: what is not there may have been. */
export function isReadInPart({ problem, text }: Token): boolean {
  if (problem === null) return false;
  const [, payload = ''] = text.split('.', 3);
  // One that lacks its signature, or has a header that is none, still says all that it ever said.
  return !/^[\w+/-]+=*$/.test(payload) || !isObject(parseJson(bytesToText(base64Bytes(payload)).text.trim()));
}

const lost = 'the token is damaged, and what decides it may be in what could not be read';

/**
 * What may be said of a token that was read in part. Nothing follows from a claim that is absent, be it that everything is open or
 * that it is denied; and nothing is denied, as a later claim may grant it. What stands in what was read is as it is.
 */
export function ofReadPart(facts: Facts, token: Token): Facts {
  if (!isReadInPart(token)) return facts;
  const stands = (claim: string | null) => claim !== null && !isBlank(valueAt(token.claims, claim));
  // Powers stand in a claim. That there are none, or that a token is a server's, follows from those that are absent, but where
  // the platform has a word for it.
  const isStated = stands(facts.roleClaim) && (facts.role === 'host' || facts.vendorRole !== null);
  const isServer = facts.role === 'server' && !isStated;
  const isGiven = ({ allowed, claim }: Grant) => allowed === true && !isServer && (claim === null || stands(claim));
  const grantOf = (grant: Grant): Grant =>
    grant.allowed === null || isGiven(grant) ? grant : { allowed: null, because: lost, claim: grant.claim };
  return {
    ...facts,
    ...(isServer && { use: 'unknown', product: null }),
    ...(facts.room === null && !stands(facts.roomClaim) && { roomScope: 'not-stated' }),
    ...(!isStated && facts.role !== 'unknown' && { role: 'unknown', vendorRole: null, roleBecause: lost }),
    privileges: Object.fromEntries(Object.entries(facts.privileges).map(([name, grant]) => [name, grantOf(grant)])),
  };
}
