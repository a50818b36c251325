/** `12,345`: a whole number with its digits in groups of three, as en-US writes it; other numbers as they are. The browser's own way takes as long, the first time, as a screenful of rows. */
export function groupDigits(count: number): string {
  return Number.isSafeInteger(count) ? String(count).replace(/\B(?=(?:\d{3})+$)/g, ',') : count.toLocaleString('en');
}
