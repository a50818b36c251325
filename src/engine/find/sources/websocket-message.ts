import { exchangePlace } from './exchange-place.ts';
import type { Source } from './source.ts';

export const websocketMessage: Source = {
  id: 'websocket-message',
  name: 'WebSocket message',
  foundIn: 'traffic',
  snippets: ({ exchanges = [] }) =>
    exchanges
      .filter(({ posted, traced }) => !posted && !traced)
      .flatMap((exchange) =>
        exchange.messages.map(({ direction, text, at }, index) => ({
          text,
          start: 0,
          chunks: 1,
          seenAt: at ?? exchange.startedAt,
          place: exchangePlace(
            exchange,
            'websocket-message',
            direction,
            `${exchange.isEventStream ? 'event stream' : 'WebSocket'} message ${(exchange.messagesBefore ?? 0) + index + 1}, ${direction}`,
            {
              traits: { sentToServers: direction === 'sent' },
            },
          ),
        })),
      ),
};
