/** Whether values differ, and which of them stand out: those unlike the majority, or all where there is none. */
export function differences<Value>(values: readonly Value[]): { differs: boolean; isOdd: (value: Value) => boolean } {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const usual = [...counts].find(([, count]) => count * 2 > values.length);
  return { differs: counts.size > 1, isOdd: (value) => counts.size > 1 && (!usual || value !== usual[0]) };
}

export function Differs() {
  return (
    <span class="differs-sign" title="They differ">
      <span aria-hidden="true">≠</span>
      <span class="unseen">differs</span>
    </span>
  );
}

/** Leaves out what is alike. */
export function OnlyDifferences({ isOn, set }: { isOn: boolean; set: (isOn: boolean) => void }) {
  return (
    <label>
      <input type="checkbox" checked={isOn} onChange={(event) => set(event.currentTarget.checked)} /> Only differences
    </label>
  );
}
