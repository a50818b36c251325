import type { Json } from '../../engine/text/json.ts';
import { hasAt } from '../../engine/text/values.ts';

/** A path as findings write it, with list positions as plain members: `claims.a[0].b` is `claims.a.0.b`. */
export function normalPath(path: string): string {
  return path.replace(/\[(\d+)\]/g, '.$1');
}

/** Whether there is something at a path below a value: `context.user.moderator`. */
export function hasPath(value: Json, path: string): boolean {
  return hasAt(value, normalPath(path));
}

/** Every leaf below a value with its path, in order, at most `most` of them. Deep values are followed without recursion. */
export function leavesOf(value: Json, most: number): Map<string, Json> {
  const leaves = new Map<string, Json>();
  const open: [path: string, value: Json][] = [['', value]];
  while (open.length > 0 && leaves.size < most) {
    const [path, next] = open.pop() ?? ['', null];
    if (next === null || typeof next !== 'object' || Object.keys(next).length === 0) {
      leaves.set(path, next);
      continue;
    }
    const members = Object.entries(next).slice(0, most);
    for (const [name, member] of members.reverse()) open.push([path ? `${path}.${name}` : name, member]);
  }
  return leaves;
}

/** The value at a path, or undefined. Names may have dots in them (`https://call.example/roles`). */
export function valueAtPath(value: Json, path: string): Json | undefined {
  if (path === '') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    if (path === name) return member;
    const found = path.startsWith(`${name}.`) ? valueAtPath(member, path.slice(name.length + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
