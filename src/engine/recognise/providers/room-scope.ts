import type { RoomScope } from '../../model/facts.ts';
import type { Json } from '../../text/json.ts';

/** How far a room claim that names at most one room reaches; a value that is no text names none that could be told. */
export function roomScope(value: Json | undefined, whenAbsent: RoomScope): RoomScope {
  if (value === undefined || value === null) return whenAbsent;
  if (typeof value !== 'string') return 'not-stated';
  return value.trim() === '' ? whenAbsent : 'one-room';
}
