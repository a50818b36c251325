import type { Answer, Backend } from '../../introspection/ask.ts';
import type { IntrospectionRequest } from '../../introspection/reply.ts';

/** All that the panel sends to the page that asks: one question. What comes back over the port beside it is one answer. */
export interface Question {
  backend: Backend;
  request: IntrospectionRequest;
}

/** What the panel says over the port when a question is given up. */
export const givenUp = 'given up';

/** Longest text of a question, in characters: a token of a megabyte is no token. */
const longest = 4_000_000;
const mostHeaders = 16;
const names = ['token', 'token_type_hint', 'provider', 'room', 'tenant'] as const;

/** A question; null for anything else. */
export function readQuestion(data: unknown): Question | null {
  const { backend, request } = membersOf(data);
  const { url, headers } = membersOf(backend);
  if (!isText(url)) return null;
  const named = Object.entries(membersOf(headers));
  if (named.length > mostHeaders || !named.every(([, value]) => isText(value))) return null;
  const asked = membersOf(request);
  const texts = names.filter((name) => asked[name] !== undefined).map((name) => [name, asked[name]] as const);
  if (!isText(asked.token) || !texts.every(([, text]) => isText(text))) return null;
  return {
    backend: { url, headers: Object.fromEntries(named) as Record<string, string> },
    request: Object.fromEntries(texts) as unknown as IntrospectionRequest,
  };
}

/** An answer; null for anything else. */
export function readAnswer(data: unknown): Answer | null {
  const { reply, fault } = membersOf(data);
  const { code, message } = membersOf(fault);
  const isAnswer = typeof membersOf(reply).active === 'boolean' || (isText(code) && isText(message));
  return isAnswer ? (data as Answer) : null;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= longest;

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
