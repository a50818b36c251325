import {
  type Cookie,
  type Direction,
  type Exchange,
  type Place,
  type SourceId,
  type Traits,
  unknownTraits,
} from '../../model/capture.ts';
import { exchangeFacts } from './exchange-facts.ts';
import { originOf } from './url-snippets.ts';

/** A label in traffic without what numbers requests and messages: `request header Cookie "a"` of `entry 3: request header Cookie "a"`. */
export function withoutNumber(label: string): string {
  return label.replace(/^(?:entry|call|(?:earlier )?request) \d+: /, '').replace(/message \d+/, 'message');
}

interface More {
  key?: string | null;
  cookie?: Cookie | null;
  traits?: Partial<Traits>;
}

/** A place in network traffic. The origin is that of the server spoken to; `what` reads on from the exchange's name. */
export function exchangePlace(
  exchange: Exchange,
  source: SourceId,
  direction: Direction,
  what: string,
  more: More = {},
): Place {
  return {
    source,
    label: `${exchange.name}: ${what}`,
    origin: originOf(exchange.url),
    url: exchange.url,
    key: more.key ?? null,
    cookie: more.cookie ?? null,
    traits: { ...unknownTraits, ...more.traits },
    readBy: 'browser',
    exchange: exchangeFacts(exchange, direction),
  };
}
