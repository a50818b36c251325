/**
 * Where a cell begins with what is calculated. Where decimals have a comma, spreadsheets part cells at semicolons instead,
 * whatever quotes are around them.
 */
const formulaStart = /(^|;)(?=[\s"']*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/** A cell with a quote before what a spreadsheet would calculate (https://owasp.org/www-community/attacks/CSV_Injection, read 2026-11). */
export function withoutFormula(cell: string): string {
  return cell.replace(formulaStart, "$1'");
}
