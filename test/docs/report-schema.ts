import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { forms } from '../../src/engine/decode/forms/index.ts';
import { sources } from '../../src/engine/find/sources/index.ts';
import { directions } from '../../src/engine/model/capture.ts';
import { privileges, roles, roomScopes, timeStatuses } from '../../src/engine/model/facts.ts';
import { journeySteps, parties } from '../../src/engine/model/journey.ts';
import { severities } from '../../src/engine/model/report.ts';
import { confidences } from '../../src/engine/model/token.ts';

interface Schema {
  enum?: readonly string[];
  properties?: Record<string, Schema>;
  $defs?: Record<string, Schema>;
}

/** The schema of reports, its lists of ids as the code has them; everything else in it is written by hand. */
export async function reportSchemaPage(): Promise<string> {
  const schema = JSON.parse(
    readFileSync(resolve(import.meta.dirname, '../../docs/report.schema.json'), 'utf8'),
  ) as Schema;
  const lists: [path: string[], ids: readonly string[]][] = [
    [['form'], forms.map(({ id }) => id)],
    [['severity'], severities],
    [['confidence'], confidences],
    [['privilege'], privileges],
    [['sighting', 'direction'], directions],
    [['step', 'step'], journeySteps],
    [['step', 'party'], parties],
    [['sighting', 'source'], sources.map(({ id }) => id)],
    [['token', 'facts', 'roomScope'], roomScopes],
    [['token', 'facts', 'role'], roles],
    [['token', 'times', 'status'], timeStatuses],
  ];
  for (const [path, ids] of lists) at(schema, path).enum = ids;
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function at(schema: Schema, [definition, ...members]: string[]): Schema {
  const found = members.reduce(
    (inner: Schema | undefined, member) => inner?.properties?.[member],
    schema.$defs?.[definition ?? ''],
  );
  if (!found) throw new Error(`The schema has no ${definition} ${members.join('.')}.`);
  return found;
}
