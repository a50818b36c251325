// Runs beside the page's own script, in every frame of the sites that were allowed, from before the page's first line. The page
// cannot see it, and it changes nothing: it hears the messages that windows post to this one, and tells the panel of them. It is loaded as a
// script of its own, so it imports nothing.
(() => {
  const place = globalThis as unknown as { roomkeyHears?: boolean };
  if (place.roomkeyHears) return;
  place.roomkeyHears = true;

  /** Milliseconds in which messages are told together, how many of them are read, and how long. */
  const together = 200;
  const most = { messages: 20, values: 5000, characters: 256 * 1024 };
  let waiting: object[] = [];
  let unread = 0;
  let values = 0;
  let length = 0;

  function quoted(text: string): string {
    const kept = text.length > most.characters - length ? text.slice(0, Math.max(0, most.characters - length)) : text;
    length += kept.length;
    return JSON.stringify(kept);
  }

  /** What holds no text is null. */
  function json(value: unknown, depth: number): string {
    values += 1;
    if (typeof value === 'string') return quoted(value);
    if (typeof value !== 'object' || value === null || depth > 30 || values > most.values) return 'null';
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
      const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer);
      return quoted(String.fromCharCode(...bytes.subarray(0, 8192)));
    }
    const list = Array.isArray(value) || value instanceof Set ? [...value] : null;
    if (list)
      return `[${list
        .slice(0, most.values)
        .map((one) => json(one, depth + 1))
        .join()}]`;
    const entries = value instanceof Map ? [...value] : Object.entries(value);
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
    // Without a panel that listens to this tab there is nobody to hear for.
    chrome.runtime.sendMessage(told).then(
      (answer) => {
        if (answer !== 'heard') stop();
      },
      () => stop(),
    );
  }

  function hear({ data, origin, ports }: MessageEvent): void {
    try {
      if (waiting.length === 0) setTimeout(tell, together);
      if (waiting.length >= most.messages) {
        unread += 1;
        return;
      }
      values = 0;
      length = 0;
      const text = typeof data === 'string' ? data.slice(0, most.characters) : json(data, 0);
      waiting.push({ from: origin, text, ports: ports.length, at: Date.now() / 1000 });
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
