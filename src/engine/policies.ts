import type { TokenUse } from './model.ts';

/** Upper ends, in seconds and inclusive, of the tiers of one kind of token; above `medium` (or without expiry) it is `high`. */
export interface LifetimeTiers {
  ok: number;
  info: number;
  low: number;
  medium: number | null;
}

/** Limits and severities to judge by. */
export interface Policy {
  name: string;
  /** A kind of token may be refined: `video-join:host`, `session:readable`. */
  lifetimes: Partial<Record<TokenUse | `${TokenUse}:${string}`, LifetimeTiers>>;
}
