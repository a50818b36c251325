import { unescapeJson, walkJson } from './json.ts';

/** A member of JSON that `JSON.parse` passes over, as one of the same name follows in the same object. */
export interface HiddenMember {
  name: string;
  /** Where its name stands, the quote included, and where its value ends. */
  start: number;
  end: number;
}

/** A member that was met, by its name. */
interface Met {
  start: number;
  end: number;
}

interface OpenObject {
  members: Map<string, Met>;
  last: Met | null;
}

/** Members that `JSON.parse` passes over, in the order in which they stand; what lies in one of them is no other. Linear. */
export function hiddenMembers(text: string): HiddenMember[] {
  const open: OpenObject[] = [];
  const hidden: HiddenMember[] = [];
  walkJson(text, {
    member(start, end, stack) {
      const at = start - 1;
      while (open.length > stack.length) open.pop();
      while (open.length < stack.length) open.push({ members: new Map(), last: null });
      const object = open[stack.length - 1] as OpenObject;
      if (object.last) object.last.end = at;
      const name = unescapeJson(text.slice(start, end));
      const before = object.members.get(name);
      object.last = { start: at, end: at };
      object.members.set(name, object.last);
      if (before) hidden.push({ name, ...before });
    },
    close(stack) {
      if (open.length >= stack.length) open.length = stack.length - 1;
    },
  });
  let end = -1;
  return hidden
    .sort((one, other) => one.start - other.start)
    .filter((one) => {
      const isOwn = one.start >= end;
      if (isOwn) end = one.end;
      return isOwn;
    });
}

/** Such a member as an object of its own, so that what is found in it has a path. */
export function hiddenText(text: string, { start, end }: HiddenMember): string {
  return `{${text.slice(start, end).trimEnd().replace(/,$/, '')}}`;
}

/** How many members a value has, with those of all values in it. */
export function countMembers(value: unknown): number {
  let count = 0;
  const left: unknown[] = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one !== 'object' || one === null) continue;
    if (Array.isArray(one)) {
      for (const item of one) if (typeof item === 'object') left.push(item);
      continue;
    }
    for (const name in one) {
      count += 1;
      const inner = (one as Record<string, unknown>)[name];
      if (typeof inner === 'object') left.push(inner);
    }
  }
  return count;
}
