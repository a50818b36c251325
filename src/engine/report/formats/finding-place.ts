import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { withoutNumber } from '../../find/sources/exchange-place.ts';
import type { DocumentFinding, DocumentSighting, DocumentToken, ReportDocument } from '../report-document.ts';

export interface Placed {
  finding: DocumentFinding;
  token: DocumentToken | null;
}

/** What code hosts list one by one: each finding with its token, without those that follow from another. */
export function placedFindings({ tokens, findings }: ReportDocument): Placed[] {
  return [
    ...tokens.flatMap((token) => token.findings.map((finding) => ({ finding, token }))),
    ...findings.map((finding) => ({ finding, token: tokens.find(({ id }) => finding.tokens?.includes(id)) ?? null })),
  ].filter(({ finding }) => finding.under === null);
}

export function sightingOf({ finding: { at }, token }: Placed): DocumentSighting | null {
  const [, index] = /^sightings\[(\d+)\]/.exec(at ?? '') ?? [];
  return token?.sightings[Number(index ?? 0)] ?? token?.sightings[0] ?? null;
}

/**
 * The same for the same trouble in the same place, although each run meets freshly minted tokens and numbers its
 * requests anew: neither the token nor the entry is part of it.
 */
export function fingerprint(placed: Placed): string {
  const { finding, token } = placed;
  const sighting = sightingOf(placed);
  return digest([
    finding.rule,
    finding.at?.startsWith('sightings') ? '' : finding.at,
    token?.provider?.id,
    token?.form,
    token?.facts.role,
    sighting?.source,
    sighting?.origin,
    sighting ? withoutNumber(sighting.label) : undefined,
    sighting?.path,
  ]);
}

/** Of parts that are told apart, an id of 32 hexadecimal digits. */
export const digest = (parts: readonly unknown[]): string =>
  bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts)))).slice(0, 32);

export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
