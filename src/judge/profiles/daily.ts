import { memberOf } from '../../engine/text/values.ts';
import { checkRoom } from '../room-check.ts';
import { general } from './general.ts';
import type { Profile } from './profile.ts';

/** Daily: tokens that are signed with an API key name the domain in `d` (docs.daily.co, self-signing-tokens, read 2026-11). */
export const daily: Profile = {
  ...general,
  id: 'daily',
  follows: 'Daily’s documents on self-signed tokens, and its own answer where it is asked',
  checkShape(question) {
    const d = memberOf(question.token.claims, 'd');
    const shape = general.checkShape(question);
    return shape.check.outcome !== 'passed' || (typeof d === 'string' && d !== '')
      ? shape
      : { check: { name: 'shape', outcome: 'failed', reason: '`d` is missing: it must name the domain.' }, taken: [] };
  },
  async verify(question, keys) {
    return memberOf(question.token.header, 'alg') === 'HS256'
      ? general.verify(question, keys)
      : { outcome: 'failed', reason: 'Daily’s tokens are signed with HS256.' };
  },
  checkRoom: (question) => checkRoom(question, { foldsCase: true }),
};
