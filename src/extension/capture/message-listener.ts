import { messageText } from './message-text.ts';

// Runs beside the page's own script, in every frame of the sites that were allowed, from before the page's first line. The page
// cannot see it, and it changes nothing: it hears the messages that windows post to this one, and tells the panel of them. It is loaded as a
// script of its own, so what it imports becomes part of it.

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
  const place = globalThis as unknown as { roomkeyHears?: () => void };
  // Put here once more, into a document that may be another one in the same window.
  if (place.roomkeyHears) return place.roomkeyHears();
  place.roomkeyHears = attach;

  /** Milliseconds in which messages are told together, how many of them are read, and how many told. */
  const together = 200;
  const most = { read: 200, messages: 20 };
  /** A name of an event that nobody can guess, by which is seen whether what listens here is still there. */
  const proof = crypto.getRandomValues(new Uint32Array(4)).join();
  const opened = new MutationObserver(() => attach());
  let waiting: (Message & { kind: string })[] = [];
  let unread = 0;
  let reopened = 0;
  let read = 0;
  let telling: ReturnType<typeof setTimeout> | undefined;
  let isProved = false;
  let wasAttached = false;

  function tell(): void {
    const messages = waiting.map(({ from, text, ports, at }) => ({ from, text, ports, at }));
    const told = { kind: 'window-messages', url: location.href, messages, unread, reopened };
    telling = undefined;
    waiting = [];
    unread = 0;
    reopened = 0;
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
    const kinds = waiting.map(({ kind }) => kind);
    let left = kinds.indexOf('');
    if (left < 0) {
      const count = (kind: string) => kinds.filter((one) => one === kind).length;
      left = kinds.reduce((best, kind, at) => (count(kind) > count(kinds[best] as string) ? at : best), 0);
      unread += 1;
    }
    waiting.splice(left, 1);
  }

  function hear(event: MessageEvent): void {
    // One that the page made up was posted by nobody, and says it comes from wherever the page likes.
    if (!event.isTrusted) return;
    telling ??= setTimeout(tell, together);
    read += 1;
    if (read > most.read) {
      unread += 1;
      return;
    }
    try {
      const { origin, ports } = event;
      const { text, isCut } = messageText(event.data);
      if (isCut) unread += 1;
      const message = { from: origin, text, ports: ports.length, at: Date.now() / 1000 };
      waiting.push({ ...message, kind: kindOf(message) });
      if (waiting.length > most.messages) leaveOne();
    } catch {
      unread += 1;
    }
  }

  function prove(): void {
    isProved = true;
  }

  /**
   * `document.open()` takes away whatever listens to the window, in any world of scripts, and what lies in the document, which is
   * noticed before the next message can come. What the page had listen meanwhile can keep messages to itself.
   */
  function attach(): void {
    opened.observe(document, { childList: true });
    isProved = false;
    dispatchEvent(new Event(proof));
    if (isProved) return;
    addEventListener(proof, prove);
    addEventListener('message', hear, true);
    if (wasAttached) {
      reopened += 1;
      telling ??= setTimeout(tell, together);
    }
    wasAttached = true;
  }

  function stop(): void {
    opened.disconnect();
    removeEventListener(proof, prove);
    removeEventListener('message', hear, true);
    clearTimeout(telling);
    delete place.roomkeyHears;
  }

  attach();
})();
