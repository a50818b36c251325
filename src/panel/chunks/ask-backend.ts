import { originOf } from '../../engine/find/sources/url-snippets.ts';
import type { Subject } from '../../engine/model/report.ts';
import type { Token } from '../../engine/model/token.ts';
import { listed } from '../../engine/text/sentence.ts';
import { valueAt } from '../../engine/text/values.ts';
import type { Answer, FaultCode } from '../../introspection/ask.ts';
import { insecureUrl } from '../../introspection/insecure-url.ts';
import { type IntrospectionReply, longestString } from '../../introspection/reply.ts';
import type { BackendHost, BackendSettings } from '../host.ts';
import { addressOf } from '../words/address-of.ts';

// What asks a validation backend: loaded when the first is asked.

/** Asks one backend about one token, for a room where one is named. Rejects when the browser fails to tell what it is asked for. */
export async function askBackend(
  host: BackendHost,
  { id, url, header }: BackendSettings,
  subject: Subject,
  room: string | null,
  signal: AbortSignal,
): Promise<Answer> {
  const site = originOf(url);
  if (!insecureUrl(url) && site && !(await host.hasAccess(site))) {
    return fault(
      'access-denied',
      `The browser does not let Roomkey ask ${addressOf(url)}. Give access to it in the settings.`,
    );
  }
  const secrets = header ? await host.secrets.load() : {};
  const secret = Object.hasOwn(secrets, id) ? secrets[id] : undefined;
  if (header && !secret) {
    return fault(
      'unauthorized',
      `The value of the header ${header} is not set. It is forgotten when the browser closes; enter it again in the settings.`,
    );
  }
  const answer = await host.ask(
    { url, headers: header && secret ? { [header]: secret } : {} },
    {
      token: subject.token.text,
      ...(subject.provider ? { provider: subject.provider.id } : {}),
      ...(room ? { room } : {}),
    },
    signal,
  );
  const other = 'reply' in answer ? differing(answer.reply, subject.token) : [];
  return other.length === 0
    ? answer
    : fault(
        'contradictory',
        `${addressOf(url)}: The reply is not about this token: it calls one active whose ${listed(other.map((name) => `\`${name}\``))} ${other.length === 1 ? 'is' : 'are'} not what the token says.`,
      );
}

/** Members of a reply that identify a token and do not fit the one that was asked about (RFC 7662 §2.2: "as defined in JWT"). */
function differing(reply: IntrospectionReply, { claims }: Token): string[] {
  if (!reply.active) return [];
  return (['jti', 'exp', 'iat', 'nbf'] as const).filter((name) => {
    const [told, own] = [reply[name], valueAt(claims, name)];
    if (typeof told === 'number') return typeof own === 'number' && Math.abs(told - own) > 1;
    return told !== undefined && typeof own === 'string' && told !== own.slice(0, longestString);
  });
}

function fault(code: FaultCode, message: string): Answer {
  return { fault: { code, message } };
}
