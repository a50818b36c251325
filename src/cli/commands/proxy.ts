import { parseArgs } from 'node:util';
import { tryFileText } from '../read-file.ts';
import type { Command } from './command.ts';

export const proxy: Command = {
  id: 'proxy',
  usage: 'proxy',
  summary: 'start the reference validation server',
  help: `Starts a server that says whether tokens would be accepted: OAuth token introspection (RFC 7662) at POST /introspect.
It holds your keys, so that no browser has to; the panel asks it when you press Validate.

Usage
  roomkey proxy [--config FILE] [--host ADDRESS] [--port NUMBER]

Keys, and who may ask, come from the environment, from a JSON file, or both:
  ROOMKEY_ACCESS_KEYS      what callers send as "Authorization: Bearer", comma-separated, 16 characters or more each
  ROOMKEY_<PLATFORM>_SECRET, _PUBLIC_KEY, _JWKS ...   whose tokens to verify, and with what
  ROOMKEY_HOSTS            names it answers to besides localhost, when a reverse proxy stands in front
  ROOMKEY_CONFIG           the JSON file, as --config
A ROOMKEY_ variable that is misspelt or empty is an error.

It listens on 127.0.0.1:8787 unless told otherwise, and ends with Ctrl-C. docs/proxy.md tells the rest.

Examples
  ROOMKEY_ACCESS_KEYS=$(openssl rand -hex 24) ROOMKEY_JITSI_SECRET=... roomkey proxy
  roomkey proxy --config keys.json --port 9000
`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args,
      options: { config: { type: 'string' }, host: { type: 'string' }, port: { type: 'string' } },
    });
    // Loaded only here, as the other commands need no server.
    const { runProxy } = await import('../../proxy/main.ts');
    const environment = {
      ...terminal.env,
      ...(values.config === undefined ? {} : { ROOMKEY_CONFIG: values.config }),
      ...(values.host === undefined ? {} : { ROOMKEY_HOST: values.host }),
      ...(values.port === undefined ? {} : { ROOMKEY_PORT: values.port }),
    };
    return runProxy(environment, tryFileText, (line) => terminal.complain(`roomkey: ${line}`));
  },
};
