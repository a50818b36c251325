/** What the devtools page tells the panel: the panel's own window cannot see these events. */
export interface Messages {
  visible: boolean;
  /** null when the search is closed. */
  search: string | null;
  /** When devtools were opened, in seconds since the epoch: what was requested before is not known. */
  opened: number;
}

export type Message = { [Name in keyof Messages]: { name: Name; value: Messages[Name] } }[keyof Messages];

/** The part of a port that messages travel over; tests put two of them together. */
export interface Transport {
  postMessage(message: unknown): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
}

/** Panels of several devtools windows share one message bus; the tab tells them apart. */
export const portName = (tabId: number) => `panel of tab ${tabId}`;

export function send(transport: Transport, message: Message): void {
  transport.postMessage(message);
}

/** Calls back for each well-formed message; ignores anything else. */
export function receive(transport: Transport, listener: (message: Message) => void): void {
  transport.onMessage.addListener((message) => {
    if (isMessage(message)) listener(message);
  });
}

function isMessage(message: unknown): message is Message {
  if (typeof message !== 'object' || message === null || !('name' in message) || !('value' in message)) return false;
  if (message.name === 'visible') return typeof message.value === 'boolean';
  if (message.name === 'opened') return typeof message.value === 'number';
  return message.name === 'search' && (message.value === null || typeof message.value === 'string');
}
