import { expect, test } from 'vitest';
import { exchangeOf } from '../../../test/builders/captures.ts';
import { exchangePlace } from '../find/sources/exchange-place.ts';
import type { Direction, Exchange, SourceId } from '../model/capture.ts';
import { arrivedAt } from './arrived-at.ts';

function arrived(
  parts: Partial<Exchange>,
  source: SourceId = 'response-body',
  direction: Direction = 'received',
): number | null {
  return arrivedAt({ place: exchangePlace(exchangeOf(parts), source, direction, 'response'), seenAt: 3 });
}

test('a reply is there when it has ended, its headers when it begins, and a message at its own time', () => {
  expect(arrived({ startedAt: 3, answeredAt: 4, endedAt: 5 })).toBe(5);
  expect(arrived({ startedAt: 3, answeredAt: 4, endedAt: 5 }, 'response-header')).toBe(4);
  expect(arrived({ startedAt: 3 })).toBe(3);
  expect(arrived({ status: 101, endedAt: 9 })).toBe(3);
});

test('what was sent did not arrive', () => {
  expect(arrived({ endedAt: 5 }, 'request-header', 'sent')).toBeNull();
});
