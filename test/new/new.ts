import { writeUnit } from './write-unit.ts';

// npm run new <kind> <id> [topic]: begins a unit of a kind.
const [kind = '', id = '', topic] = process.argv.slice(2);
try {
  const { written, next } = await writeUnit(process.cwd(), kind, id, topic);
  for (const path of written) console.log(`wrote ${path}`);
  console.log(next);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
