import { parseArgs } from 'node:util';
import { providers as allProviders } from '../../engine/recognise/providers/index.ts';
import { printableJson } from '../../engine/report/formats/printable.ts';
import { readListFormat } from '../list-format.ts';
import { table } from '../table.ts';
import type { Command } from './command.ts';

export const providers: Command = {
  id: 'providers',
  usage: 'providers',
  summary: 'the platforms it knows, as a table or JSON',
  help: `Lists every platform whose tokens are recognised, and what each does when a token ends.

Usage
  roomkey providers [--format text|json]

Examples
  roomkey providers
  roomkey providers --format json | jq -r '.[].id'
`,
  async run(args, terminal) {
    const { values } = parseArgs({ args, options: { format: { type: 'string', default: 'text' } } });
    if (readListFormat(values.format) === 'json') {
      const list = allProviders.map(({ id, name, kind, claims, enforcement, lifetime, algorithms, links, readAt }) => ({
        id,
        name,
        kind,
        algorithms,
        lifetime,
        enforcement,
        claims: Object.fromEntries(Object.entries(claims).map(([path, { means }]) => [path, means])),
        links: links.map(({ url }) => url),
        readAt,
      }));
      terminal.print(`${printableJson(list)}\n`);
    } else {
      const rows = allProviders.map(({ id, name, kind, enforcement }) => [id, name, kind, enforcement.atExpiry]);
      terminal.print(table(rows, terminal.width));
    }
    return 0;
  },
};
