import { standard } from '../../src/engine/audit/policy/policies.ts';
import { type JoinAnswer, joinAnswer } from '../../src/engine/diagnose/join.ts';
import { find } from '../../src/engine/find/find.ts';
import { inspect } from '../../src/engine/inspect.ts';
import { emptyCapture } from '../../src/engine/model/capture.ts';
import { now } from './tokens.ts';

export interface Asked {
  page?: string;
  frames?: string[];
  room?: string;
  around?: string;
  /** Seconds from the clock of the tests. */
  after?: number;
}

/** Why joining with the token in a text fails, as it is asked everywhere: found, judged, and held against the page. */
export function answerFor(text: string, { page, frames = [], room, around, after = 0 }: Asked = {}): JoinAnswer | null {
  const at = now + after;
  const { sightings } = find({ ...emptyCapture(at), texts: [{ name: 'token', text }] });
  const [subject] = inspect(sightings, { now: at, policy: standard, page: null }).subjects;
  if (!subject) throw new Error('no token was found');
  return joinAnswer(subject, {
    now: at,
    pageUrl: page ?? null,
    frames: frames.map((url) => ({ url })),
    room: room ?? null,
    ...(around !== undefined && { around }),
  });
}
