import { describe, expect, test } from 'vitest';
import { planted, plantedReport } from '../../../../test/builders/reports.ts';
import type { DocumentExpectation } from '../report-document.ts';
import type { FormatOptions } from './format.ts';
import { junit } from './junit.ts';
import { junitText } from './junit-text.ts';

const report = plantedReport();
const write = (options: FormatOptions = {}) => junit.write(report, options);

interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

const plain = (text: string) => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

/** The root of a text that is well-formed, and of the few things that are written; anything else is an error. */
function read(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  expect(xml.startsWith(head)).toBe(true);
  const token = /<\/([\w-]+)>|<([\w-]+)((?: [\w-]+="[^"<>]*")*)(\/?)>|((?:[^<&]|&#\d+;)+)/y;
  token.lastIndex = head.length;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const found = token.exec(xml);
    if (!found) throw new Error(`This is not well-formed: ${xml.slice(at, at + 100)}`);
    const [, closes, opens = '', written = '', isEmpty, text] = found;
    const top = open.at(-1);
    if (closes !== undefined) {
      expect(open.pop()?.name).toBe(closes);
      continue;
    }
    if (text !== undefined) {
      if (top) top.text += plain(text);
      continue;
    }
    const attributes = [...written.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => {
      expect(value).not.toMatch(/&(?!#\d+;)/);
      return [name, plain(value)];
    });
    const element = { name: opens, attributes: Object.fromEntries(attributes), children: [], text: '' };
    top?.children.push(element);
    if (!isEmpty) open.push(element);
  }
  expect(open).toHaveLength(1);
  const [suites] = root.children;
  if (!suites) throw new Error('nothing is written');
  return suites;
}

const run: DocumentExpectation[] = [
  { name: 'calm', held: true, says: 'As expected: nothing worse than low.' },
  { name: 'one host token', step: 'the host’s page', held: true, says: 'As expected: exactly 1 host token.' },
  { name: 'no server token', step: 'the host’s page', held: true, says: 'As expected: no server token.' },
  {
    name: 'no host token',
    step: 'the guest’s page',
    held: false,
    says: `expected no host token, found ${planted.host}.`,
  },
  { name: 'no token', step: 'after logout', held: null, says: 'not checked: nothing was looked at.' },
];

test('each step of a run is a suite, in order, with an expectation in each case', () => {
  const { attributes, children } = read(write({ expectations: run, failOn: null }));
  expect(
    children.map(({ name, attributes: about }) => [name, about.name, about.tests, about.failures, about.errors]),
  ).toEqual([
    ['testsuite', 'expectations', '1', '0', '0'],
    ['testsuite', 'the host’s page', '2', '0', '0'],
    ['testsuite', 'the guest’s page', '1', '1', '0'],
    ['testsuite', 'after logout', '1', '0', '1'],
    ['testsuite', 'findings', expect.any(String), '0', '0'],
  ]);
  expect(attributes).toMatchObject({ name: 'roomkey', failures: '1', errors: '1' });
  const [, , guest, logout] = children;
  const [failed] = guest?.children ?? [];
  expect(failed?.attributes).toEqual({ name: 'no host token', classname: 'the guest’s page' });
  expect(failed?.children[0]).toMatchObject({ name: 'failure', attributes: { type: 'failed' } });
  expect(failed?.children[0]?.attributes.message).toMatch(/^expected no host token, found eyJ[^.]*…/);
  expect(logout?.children[0]?.children[0]).toMatchObject({
    name: 'error',
    attributes: { type: 'not-checked', message: 'not checked: nothing was looked at.' },
    text: 'not checked: nothing was looked at.',
  });
});

describe('findings', () => {
  const failures = (options: FormatOptions) => Number(read(write(options)).attributes.failures);

  test('fail from the severity on that the command line fails from', () => {
    const atLeast = { critical: report.summary.critical, high: report.summary.critical + report.summary.high };
    expect(failures({ failOn: 'critical' })).toBe(atLeast.critical);
    expect(failures({ failOn: 'high' })).toBe(atLeast.high);
    expect(failures({})).toBe(atLeast.high);
    expect(atLeast.high).toBeGreaterThan(0);
    expect(failures({ failOn: null })).toBe(0);
  });

  test('that do not fail are told', () => {
    expect(write({ failOn: null })).toMatch(/<system-out>high: /);
  });
});

test('an input that could not be used is an error, and one of a folder that is passed over is none', () => {
  const input = { kind: 'text', bytes: 1, problems: [{ code: 'input-truncated', message: 'It is cut off.' }] };
  const inputs = [
    { ...input, name: 'a.har', readable: true },
    { ...input, name: 'b.png', readable: false },
  ];
  const errors = (options: FormatOptions) =>
    read(write({ inputs, ...options }))
      .children.find(({ attributes }) => attributes.name === 'inputs')
      ?.children.flatMap(({ attributes, children }) =>
        children.map((one) => [attributes.name, one.attributes.message]),
      );
  expect(errors({ unusable: ['a.har'] })).toEqual([['a.har', 'It is cut off.']]);
  expect(errors({})).toEqual([['b.png', 'It is cut off.']]);
});

test.each([
  '<failure/>',
  '"/><testcase name="',
  "' onload='x",
  ']]>',
  '<![CDATA[x]]>',
  '&amp; &lt; &#0; &x;',
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
  '<!-- -- -->',
  '<?php ?>',
  '\0\u0001\u000b\u001b[31m',
  '\ud800 \udfff \ufffe \uffff',
  '\u202eevil\u2066',
  'line\r\nbreak\u2028',
  '😀'.repeat(5000),
])('nothing in a name is more than text: %j', (name) => {
  const xml = junitText([
    {
      name,
      seconds: 1.2346,
      cases: [
        { name, classname: name, failure: name },
        { name, classname: name, error: name },
        { name, classname: name, out: name },
      ],
    },
  ]);
  const { children } = read(xml);
  expect(children).toHaveLength(1);
  expect(children[0]?.attributes).toMatchObject({ tests: '3', failures: '1', errors: '1', time: '1.235' });
  expect(children[0]?.children.map((one) => one.children.map((inner) => inner.name))).toEqual([
    ['failure'],
    ['error'],
    ['system-out'],
  ]);
  // What XML 1.0 lets no text hold, in any spelling (https://www.w3.org/TR/xml/#charsets).
  expect(xml).not.toMatch(/[^\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
});
