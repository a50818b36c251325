import type { Answer, Backend } from '../../introspection/ask.ts';
import type { IntrospectionRequest } from '../../introspection/reply.ts';
import { givenUp, type Question, readAnswer } from './question.ts';

// The panel's page may connect to nothing, so a frame asks. It is there only while something is asked.

/** The frame gives up by itself after twenty seconds at most; this is for one that does not come. In milliseconds. */
const patience = 30_000;

let frame: Promise<HTMLIFrameElement> | null = null;
let running = 0;

/** Has the frame ask a backend. Never rejects: whatever goes wrong is a fault. */
export async function askInFrame(
  backend: Backend,
  request: IntrospectionRequest,
  signal: AbortSignal,
): Promise<Answer> {
  running += 1;
  frame ??= openFrame();
  try {
    const { contentWindow } = await frame;
    return await askOver({ backend, request }, signal, (question, port) =>
      contentWindow?.postMessage(question, location.origin, [port]),
    );
  } finally {
    running -= 1;
    if (running === 0) {
      void frame.then((element) => element.remove());
      frame = null;
    }
  }
}

function openFrame(): Promise<HTMLIFrameElement> {
  const element = document.createElement('iframe');
  element.hidden = true;
  element.title = 'Asks validation backends';
  element.src = '/src/extension/validator/validator.html';
  return new Promise((resolve) => {
    element.addEventListener('load', () => resolve(element), { once: true });
    document.body.append(element);
  });
}

/** Sends one question and waits for its answer, over a channel of their own. */
export function askOver(
  question: Question,
  signal: AbortSignal,
  send: (question: Question, port: MessagePort) => void,
  milliseconds = patience,
): Promise<Answer> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const giveUp = () => port1.postMessage(givenUp);
    const end = (answer: Answer) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      port1.close();
      resolve(answer);
    };
    const timer = setTimeout(() => {
      giveUp();
      end(silence);
    }, milliseconds);
    port1.onmessage = ({ data }: MessageEvent<unknown>) => end(readAnswer(data) ?? silence);
    signal.addEventListener('abort', giveUp);
    send(question, port2);
    if (signal.aborted) giveUp();
  });
}

const silence: Answer = {
  fault: {
    code: 'unreachable',
    message:
      'The part of Roomkey that asks backends did not answer. Close developer tools, open them again and press Validate.',
  },
};
