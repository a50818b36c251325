import { parseArgs } from 'node:util';
import { rules as allRules } from '../../engine/audit/rules/index.ts';
import { printableJson } from '../../engine/report/formats/printable.ts';
import { readListFormat } from '../list-format.ts';
import { table } from '../table.ts';
import type { Command } from './command.ts';

export const rules: Command = {
  id: 'rules',
  usage: 'rules',
  summary: 'the audit rules, as a table or JSON',
  help: `Lists every audit rule with its default severity.

Usage
  roomkey rules [--format text|json]

Examples
  roomkey rules
  roomkey rules --format json | jq '.[] | select(.severity == "critical")'
`,
  async run(args, terminal) {
    const { values } = parseArgs({ args, options: { format: { type: 'string', default: 'text' } } });
    if (readListFormat(values.format) === 'json') {
      const list = allRules.map(({ id, group, severity, title, why, fix, references }) => ({
        id,
        group,
        severity,
        title,
        why,
        fix,
        references: references.map(({ url }) => url),
      }));
      terminal.print(`${printableJson(list)}\n`);
    } else {
      terminal.print(
        table(
          allRules.map(({ id, severity, title }) => [id, severity, title]),
          terminal.width,
        ),
      );
    }
    return 0;
  },
};
