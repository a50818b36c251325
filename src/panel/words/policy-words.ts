const titles: Record<string, string> = { standard: 'Standard', strict: 'Strict', relaxed: 'Relaxed' };

/** A policy's name as users read it. */
export function policyTitle(name: string): string {
  return Object.hasOwn(titles, name) ? (titles[name] ?? name) : name;
}
