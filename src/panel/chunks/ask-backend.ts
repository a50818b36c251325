import { originOf } from '../../engine/find/sources/url-snippets.ts';
import type { Subject } from '../../engine/model/report.ts';
import type { Answer, FaultCode } from '../../introspection/ask.ts';
import { insecureUrl } from '../../introspection/insecure-url.ts';
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
  return await host.ask(
    { url, headers: header && secret ? { [header]: secret } : {} },
    {
      token: subject.token.text,
      ...(subject.provider ? { provider: subject.provider.id } : {}),
      ...(room ? { room } : {}),
    },
    signal,
  );
}

function fault(code: FaultCode, message: string): Answer {
  return { fault: { code, message } };
}
