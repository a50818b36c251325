import type { Finding, Subject } from '../model/report.ts';
import { severityRank } from '../model/severity-order.ts';
import { confidences, type Sighting } from '../model/token.ts';
import { clip } from '../text/sentence.ts';
import { nounOf, placeName } from './call-words.ts';
import type { SentenceInput, SentencePart, Told } from './sentence.ts';

interface Risk {
  finding: Finding;
  subject: Subject;
  isShared: boolean;
}

/** The worst that is wrong with the tokens that are there, and in which place; never what was said already as the cause. */
export function riskParts(
  { findings, isWhole, seesHiddenCookies, say }: SentenceInput,
  present: readonly Subject[],
  told: Told,
): { parts: SentencePart[]; meaning: string } {
  const seenOnly = !(isWhole && seesHiddenCookies);
  const risks = risksOf(present, findings);
  const worst = worstOf(risks.filter((risk) => !isTold(risk, told)));
  // What was told as the cause is a risk, too, and may be worse than what is left.
  const other = risks.some((risk) => isTold(risk, told) && isWorse(risk, worst)) ? 'other ' : '';
  if (!worst) {
    if (present.length === 0) return { parts: [], meaning: '' };
    const words = `No ${other}risk is found${seenOnly ? ' in what was looked at' : ''}.`;
    return { parts: [{ text: words, isSpare: true }], meaning: `no ${other}risk` };
  }
  const { finding, subject, isShared } = worst;
  const { severity, confidence, rule, at } = finding;
  const { id } = subject.token;
  const sure = confidence === 'certain' ? '' : `, ${confidence}`;
  const parts: SentencePart[] = [
    { text: `Worst ${other}risk${seenOnly ? ' seen' : ''} (${severity}${sure}): `, severity },
    { text: riskWords(worst, say), to: { about: 'finding', id, rule, at, isShared } },
  ];
  if (isOpen(worst) && Object.hasOwn(whatItIs, rule))
    parts.push({ text: ', where any script can read it', isSpare: true });
  const index = sightingIndex(at);
  const sighting = isShared ? undefined : subject.sightings[index];
  if (sighting && !(id === told.id && index === told.sighting)) {
    const name = clip(say(placeName(sighting)), 48);
    parts.push(
      { text: ', in ', isSpare: true },
      { text: name, as: 'code', to: { about: 'place', id, sighting: index }, isSpare: true },
    );
  }
  return { parts: [...parts, { text: '.', isSpare: true }], meaning: `${severity} ${rule} ${id}` };
}

function risksOf(present: readonly Subject[], findings: readonly Finding[]): Risk[] {
  const byId = new Map(present.map((subject) => [subject.token.id, subject]));
  const own = present.flatMap((subject) => subject.findings.map((finding) => ({ finding, subject, isShared: false })));
  const shared = findings.flatMap((finding) => {
    const subject = finding.tokens?.map((id) => byId.get(id)).find((one) => one !== undefined);
    return subject ? [{ finding, subject, isShared: true }] : [];
  });
  return [...own, ...shared].filter(
    ({ finding: { muted, under, severity } }) => !muted && under === undefined && severity !== 'info',
  );
}

/** Whether it is about the claim that was named as the cause. */
function isTold({ finding: { at }, subject }: Risk, told: Told): boolean {
  return subject.token.id === told.id && at !== null && at === told.claim;
}

function isWorse({ finding }: Risk, than: Risk | undefined): boolean {
  return than === undefined || severityRank(finding.severity) < severityRank(than.finding.severity);
}

/** By severity, then by what its holder could do. Of equals, what a token is outranks where it lies, and the surer the less sure. */
function worstOf(risks: readonly Risk[]): Risk | undefined {
  let worst: Risk | undefined;
  for (const risk of risks) if (!worst || order(risk, worst) < 0) worst = risk;
  return worst;
}

function order(one: Risk, other: Risk): number {
  const [a, b] = [one.finding, other.finding];
  return (
    severityRank(a.severity) - severityRank(b.severity) ||
    power(other.subject) - power(one.subject) ||
    Number(isOfPlace(a)) - Number(isOfPlace(b)) ||
    confidences.indexOf(a.confidence) - confidences.indexOf(b.confidence)
  );
}

function power({ facts: { role, use } }: Subject): number {
  if (role === 'server' || use === 'service-key') return 2;
  return role === 'host' ? 1 : 0;
}

/** Where it lies is all that it is about, whatever lies there. */
function isOfPlace({ rule, at }: Finding): boolean {
  return sightingIndex(at) >= 0 && !Object.hasOwn(whatItIs, rule);
}

function sightingIndex(at: string | null): number {
  const [, index] = /^sightings\[(\d+)\]$/.exec(at ?? '') ?? [];
  return index === undefined ? -1 : Number(index);
}

/** "a host token any script can read"; by the rule's own title where there are no better words. */
function riskWords(risk: Risk, say: SentenceInput['say']): string {
  const { finding, subject, isShared } = risk;
  const { rule, title, at, tokens = [] } = finding;
  if (isShared) return `${tokens.length > 1 ? `${tokens.length} tokens` : nounOf(subject)}: ${inSentence(say(title))}`;
  if (Object.hasOwn(whatItIs, rule)) return `${nounOf(subject)} ${whatItIs[rule]}`;
  const sighting = subject.sightings[sightingIndex(at)];
  if (isOpen(risk) && sighting && isKept(sighting) && whereItLies.has(rule))
    return `${nounOf(subject)} any script can read`;
  const phrase = Object.hasOwn(phrases, rule) ? phrases[rule] : undefined;
  return phrase ? `${nounOf(subject)} ${phrase}` : `${nounOf(subject)}: ${inSentence(say(title))}`;
}

/** Whether any script can read the token where it is found fault with. */
function isOpen({ finding, subject, isShared }: Risk): boolean {
  const sighting = subject.sightings[sightingIndex(finding.at)];
  return !isShared && sighting?.place.traits.readableByScripts === true;
}

const isKept = ({ place }: Sighting) => place.traits.urlPart === null;

/** Rules about who holds what, wherever it lies. */
const whatItIs: Record<string, string> = {
  'video-host-on-guest-page': 'on a guest’s page',
  'service-key-in-page': 'in the page',
};

/** Rules about places that scripts can read. */
const whereItLies: ReadonlySet<string> = new Set([
  'script-readable',
  'storage-local',
  'storage-session',
  'storage-indexeddb',
  'storage-cache',
  'cookie-not-httponly',
  'token-in-dom',
  'token-in-history-state',
  'token-in-window-name',
  'refresh-token-stored',
]);

/** What other rules find, after "a host token". */
const phrases: Record<string, string> = {
  'exp-missing': 'that never expires',
  'exp-expired': 'that has expired',
  'lifetime-long': 'that lives longer than the policy allows',
  'nbf-future': 'that is not valid yet',
  'url-query': 'in an address that servers log',
  'url-path': 'in an address that servers log',
  'url-fragment': 'in an address',
  'url-persisted': 'that stays in the address bar',
  'plain-http': 'that goes over an unencrypted channel',
  'third-party-origin': 'that an unrelated party gets',
  'video-room-missing': 'that names no room',
  'video-room-wildcard': 'for any room that fits a pattern',
  'video-admin-grant': 'with rights for servers',
  'alg-none': 'that is not signed',
  'hmac-secret-blank': 'signed with an empty key',
  'hmac-secret-known': 'signed with a published secret',
  'hmac-secret-derivable': 'signed with a key taken from public data',
  'token-survives-logout': 'still there after logout',
};

/** Ids of rules that have words of their own; a test compares them with those that there are. */
export const phrasedRules: readonly string[] = [...Object.keys(whatItIs), ...whereItLies, ...Object.keys(phrases)];

/** A title as it goes on in a sentence: "cookie lives longer than its token". */
function inSentence(title: string): string {
  const plain = clip(title.replaceAll('`', ''), 80);
  return /^[A-Z][a-z]/.test(plain) ? plain.charAt(0).toLowerCase() + plain.slice(1) : plain;
}
