import { type Privilege, privileges, type Role } from '../model/facts.ts';
import { type Answer, privilegeWords } from '../words/privilege-words.ts';
import type { SeatCell, SeatPart, SeatRow } from './seat-rows.ts';

/** One thing that is compared of two kinds, as it is read. */
export interface SeatLine {
  part: SeatPart;
  /** "Role", "May record the call" */
  name: string;
  /** In the order of the seats; null where a seat has no such kind. */
  cells: readonly [string | null, string | null];
  /** Set where the line is about a privilege. */
  privilege?: Privilege;
  differs: boolean;
}

/** What is said of the tokens of a row, a line each: who they are for, what they allow, how long, where they are, and what is wrong. */
export function linesOf({ cells, differs }: SeatRow): SeatLine[] {
  const line = (part: SeatPart, name: string, words: (cell: SeatCell) => string): SeatLine => {
    const [one, other] = cells;
    return { part, name, cells: [one && words(one), other && words(other)], differs: differs.includes(part) };
  };
  const stated = privileges.filter((name) => cells.some((cell) => cell && Object.hasOwn(cell.privileges, name)));
  const isTenant = cells.some((cell) => cell && cell.tenant !== null);
  return [
    line('role', 'Role', roleWords),
    ...stated.map((privilege) => ({
      ...line(`privileges.${privilege}`, `May ${privilegeWords[privilege]}`, (cell) => answerIn(cell, privilege)),
      privilege,
    })),
    line('lives', 'Valid for', ({ lives }) => lives.replace(/^for /, '')),
    line('room', 'Room', ({ room }) => room),
    ...(isTenant ? [line('tenant', 'Tenant', ({ tenant }) => tenant ?? 'not told')] : []),
    line('person', 'Held by', ({ person }) => person),
    line('places', 'Where', ({ places }) => some(places, 'no known place')),
    line('readers', 'Who can read it', ({ readers }) => some(readers, 'not told')),
    line('findings', 'Worst findings', findingWords),
  ];
}

/** What a kind says of one privilege. */
export function answerIn({ privileges: stated }: SeatCell, privilege: Privilege): Answer {
  if (!Object.hasOwn(stated, privilege)) return 'not stated';
  const allowed = stated[privilege] ?? null;
  return allowed === null ? 'depends' : allowed ? 'yes' : 'no';
}

const roleNames: Record<Role, string> = {
  host: 'host',
  participant: 'guest',
  viewer: 'viewer',
  server: 'server',
  unknown: 'not told',
};

function roleWords({ role, vendorRole, tokens }: SeatCell): string {
  const name = vendorRole === null ? roleNames[role] : `${roleNames[role]} (${vendorRole})`;
  return tokens === 1 ? name : `${name}, ${tokens} tokens`;
}

/** Things that a line names at most. */
const mostNamed = 4;

function some(words: readonly string[], none: string): string {
  const more = words.length - mostNamed;
  return [...words.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])].join('; ') || none;
}

function findingWords({ findings }: SeatCell): string {
  const worst = findings.filter(({ severity }) => severity !== 'info');
  return some(
    worst.map(({ severity, title }) => `${severity}: ${title}`),
    'none',
  );
}
