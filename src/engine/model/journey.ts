export const journeySteps = [
  'issued',
  'received',
  'called',
  'stored',
  'framed',
  'sent',
  'stopped',
  'diverted',
  'exchanged',
  'replaced',
  'removed',
  'left',
] as const;
export type StepKind = (typeof journeySteps)[number];

/**
 * Whose server is at the other end: of the page's own site, of the platform that the token is for, of one that is known to be
 * meant (issuer, audience, policy), or of a stranger.
 */
export const parties = ['own', 'platform', 'platform-like', 'expected', 'stranger'] as const;
export type Party = (typeof parties)[number];

/** One thing that was seen of a token's way. Alike ones are one step with a count. */
export interface JourneyStep {
  /** Seconds since the epoch, with fractions where they are told; null where no time is told. */
  at: number | null;
  step: StepKind;
  /** Origins; null where there is none, or it is not known. */
  from: string | null;
  to: string | null;
  /** Its place, by its index among the sightings of the token. */
  sighting: number;
  /** Id of the token that came back for this one (`exchanged`), or that took its place (`replaced`). */
  for?: string;
  party?: Party;
  /** How often, where more than once, and when the last time. */
  count?: number;
  lastAt?: number | null;
}
