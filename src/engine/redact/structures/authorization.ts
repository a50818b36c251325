import type { Slot, Structure } from '../context.ts';

/** The value of an `Authorization` header (RFC 9110 §11.6.2): the scheme stays where it is one that is known. */
export const authorization: Structure = {
  id: 'authorization',
  signs: [],
  *slots(text): Generator<Slot> {
    scheme.lastIndex = 0;
    const start = scheme.test(text) ? scheme.lastIndex : 0;
    const rest = text.slice(start);
    const lead = rest.length - rest.trimStart().length;
    if (rest.trim() === '') return;
    yield { start: start + lead, end: start + rest.trimEnd().length, suspicion: 'certain', at: 'authorization' };
  },
};

const scheme =
  /\s{0,20}(?:bearer|basic|digest|dpop|negotiate|ntlm|token|apikey|api-key|key|hawk|mac|oauth|jwt|scram-sha-\d{1,3}|aws4-hmac-sha256|aws4-ecdsa-p256-sha256|sharedkey(?:lite)?|splunk|sso-key|bot|vapid|webpush|hoba|mutual|gnap|privatetoken|concealed|goog4-rsa-sha256|s3|signature)(?:\s{1,20}|:\s{0,20}|\+|%20)/iy;
