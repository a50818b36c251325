/** For the screen in either theme, and for paper: an audit of fifteen tokens takes five pages of A4. */
export const style = `
:root { color-scheme: light dark; font: 14px/1.45 system-ui, sans-serif; --line: light-dark(#d0d0d0, #505050); --muted: light-dark(#5a5a5a, #b0b0b0); }
body { max-width: 72rem; margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0 0 .2rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; }
h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
p { margin: .3rem 0; }
a { color: light-dark(#0b57d0, #a8c7fa); }
.sentence { font-size: 1.1rem; margin: .6rem 0; overflow-wrap: anywhere; }
.muted, dt, th { color: var(--muted); font-weight: 400; }
.tokens > section { border-top: 1px solid var(--line); padding: .5rem 0; }
details > summary { cursor: pointer; color: var(--muted); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .2rem 0; }
dd { margin: 0; overflow-wrap: anywhere; }
ul { margin: .2rem 0; padding-left: 1.2rem; }
code, pre { font: 12px/1.45 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { text-align: start; vertical-align: top; padding: .15rem .5rem .15rem 0; border-top: 1px solid var(--line); }
thead th { border-top: 0; vertical-align: bottom; }
tbody th { color: inherit; }
.matrix thead th + th { height: 7.2rem; padding: 0; white-space: nowrap; }
.matrix thead th + th span { writing-mode: vertical-rl; rotate: 180deg; }
.matrix tbody th { min-width: 14rem; max-width: 24rem; overflow-wrap: anywhere; }
.matrix td { min-width: 1.5rem; text-align: center; padding: .15rem .1rem; }
.matrix .role th { padding-top: .5rem; color: var(--muted); }
.odd { background: light-dark(#fff3c4, #4d4420); }
.places table { width: 100%; }
.places td { overflow-wrap: anywhere; }
.places table { table-layout: fixed; min-width: 44rem; }
.places th:nth-child(1) { width: 23%; }
.places th:nth-child(2) { width: 20%; }
.places th:nth-child(4) { width: 12%; }
.places th:nth-child(5) { width: 14%; }
.gone { color: var(--muted); }
.finding { margin: .5rem 0; }
.severity { font-weight: 600; text-transform: uppercase; font-size: .75rem; }
.critical, .high, .failed { color: light-dark(#b3261e, #ff8a80); }
.medium { color: light-dark(#8a5000, #ffb74d); }
.low, .info { color: light-dark(#1a5fb4, #8ab4f8); }
@page { size: A4; margin: 12mm; }
@media print {
  :root { color-scheme: light; font-size: 8pt; line-height: 1.25; }
  body { max-width: none; margin: 0; padding: 0; }
  h2 { margin: 1rem 0 .2rem; break-after: avoid; }
  h1 { font-size: 12pt; }
  h2 { font-size: 10pt; }
  h3 { font-size: 8pt; }
  .sentence { font-size: 9pt; }
  code, pre { font-size: 7pt; line-height: 1.25; }
  .severity { font-size: 6.5pt; }
  a { color: inherit; text-decoration: none; }
  .wide { overflow: visible; }
  .matrix table { width: 100%; }
  .places table { min-width: 0; }
  .matrix thead th + th { height: 6.2rem; }
  tr, .finding, .tokens > section { break-inside: avoid; }
  .tokens, .findings { columns: 2; column-gap: 6mm; }
  .finding { margin: 0 0 .5rem; }
  .tokens > section { padding: .25rem 0; }
  details { display: none; }
}
`;
