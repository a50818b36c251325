// Runs beside the page's own script, in every frame of the sites that were allowed, from before the page's first line. The page
// cannot see it, and it changes nothing: it hears the messages that windows post to this one, and tells the panel of them. It is loaded as a
// script of its own, so it imports nothing.

interface Message {
  from: string;
  text: string;
  ports: number;
  at: number;
}

/** Messages of one kind are alike but for long runs of letters and digits; what has none holds no token, and is the first to go. */
function kindOf({ from, text, ports }: Message): string {
  if (ports === 0 && !/[\w+/-]{16}|[^\0-\x7f]/.test(text)) return '';
  const shape = text.slice(0, 2000).replace(/[\w+/.-]{6,200}/g, '*');
  return `${from} ${shape.slice(0, 200)}`;
}

(() => {
  const place = globalThis as unknown as { roomkeyHears?: boolean };
  if (place.roomkeyHears) return;
  place.roomkeyHears = true;

  /** Milliseconds in which messages are told together, how many of them are read and told, and how long. */
  const together = 200;
  const most = { read: 200, messages: 20, values: 5000, characters: 256 * 1024, bytes: 8192 };
  let waiting: Message[] = [];
  let unread = 0;
  let read = 0;
  let values = 0;
  let length = 0;
  /** Not all of the present message is read. */
  let isCut = false;

  function quoted(text: string): string {
    const kept = text.slice(0, Math.max(0, most.characters - length));
    isCut ||= kept.length < text.length;
    length += kept.length;
    return JSON.stringify(kept);
  }

  function bytesOf(value: ArrayBuffer | ArrayBufferView): string {
    const bytes = ArrayBuffer.isView(value)
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      : new Uint8Array(value);
    isCut ||= bytes.length > most.bytes;
    return quoted(String.fromCharCode(...bytes.subarray(0, most.bytes)));
  }

  /** What holds no text is null. */
  function json(value: unknown, depth: number): string {
    values += 1;
    if (typeof value === 'string') return quoted(value);
    if (typeof value !== 'object' || value === null) return 'null';
    if (depth > 30 || values > most.values) {
      isCut = true;
      return 'null';
    }
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return bytesOf(value);
    if (value instanceof String || value instanceof RegExp) return quoted(`${value}`);
    const list = Array.isArray(value) || value instanceof Set ? [...value] : null;
    if (list)
      return `[${list
        .slice(0, most.values)
        .map((one) => json(one, depth + 1))
        .join()}]`;
    const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
    if (value instanceof Error) entries.push(['message', value.message]);
    isCut ||= entries.length > most.values;
    const members = entries
      .slice(0, most.values)
      .map(([name, one]) => `${quoted(String(name))}:${json(one, depth + 1)}`);
    return `{${members.join()}}`;
  }

  function tell(): void {
    const messages = waiting;
    const told = { kind: 'window-messages', url: location.href, messages, unread };
    waiting = [];
    unread = 0;
    read = 0;
    // Without a panel that listens to this tab there is nobody to hear for.
    chrome.runtime.sendMessage(told).then(
      (answer) => {
        if (answer !== 'heard') stop();
      },
      () => stop(),
    );
  }

  /** A flood pushes out its own: one that holds no token, or else the oldest of the kind of which there are most. */
  function leaveOne(): void {
    const kinds = waiting.map(kindOf);
    let left = kinds.indexOf('');
    if (left < 0) {
      const count = (kind: string) => kinds.filter((one) => one === kind).length;
      left = kinds.reduce((best, kind, at) => (count(kind) > count(kinds[best] as string) ? at : best), 0);
      unread += 1;
    }
    waiting.splice(left, 1);
  }

  function hear({ data, origin, ports, isTrusted }: MessageEvent): void {
    // One that the page made up was posted by nobody, and says it comes from wherever the page likes.
    if (!isTrusted) return;
    try {
      if (read === 0) setTimeout(tell, together);
      read += 1;
      if (read > most.read) {
        unread += 1;
        return;
      }
      values = 0;
      length = 0;
      isCut = typeof data === 'string' && data.length > most.characters;
      const text = typeof data === 'string' ? data.slice(0, most.characters) : json(data, 0);
      if (isCut) unread += 1;
      waiting.push({ from: origin, text, ports: ports.length, at: Date.now() / 1000 });
      if (waiting.length > most.messages) leaveOne();
    } catch {
      // A message that cannot be read is the page's own affair.
    }
  }

  function stop(): void {
    removeEventListener('message', hear, true);
    place.roomkeyHears = false;
  }

  addEventListener('message', hear, true);
})();
