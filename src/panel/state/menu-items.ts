import type { Expectation } from '../../engine/expect/expectations.ts';
import type { Place } from '../../engine/model/capture.ts';
import type { Privilege } from '../../engine/model/facts.ts';
import type { Token } from '../../engine/model/token.ts';
import { withoutFormula } from '../../engine/text/formula.ts';
import { urlFrom } from '../../engine/text/hosts.ts';
import type { Json } from '../../engine/text/json.ts';
import { spotOf } from '../words/finding-spot.ts';
import { valueAtPath } from '../words/json-path.ts';
import { masked, maskedLine, secretsOfAll } from '../words/masked.ts';
import { identityOf, platformOf, roomOf } from '../words/token-words.ts';
import { cut } from '../words/visible.ts';
import { leadingPlace } from '../words/where-words.ts';
import type { MenuTarget } from './context-menu.ts';
import { expectClaim, expectPrivilege, expectToken } from './expect-this.ts';
import { written } from './filter-terms.ts';
import { textOf } from './filter-words.ts';
import type { Row } from './row.ts';
import type { Store } from './store.ts';

export interface MenuItem {
  label: string;
  run: () => void;
  /** Begins a part of the menu. */
  isFirst?: boolean;
}

export type MenuModels = Pick<
  Store,
  'rows' | 'selection' | 'navigation' | 'filter' | 'clipboard' | 'expectations' | 'requests' | 'messages' | 'recordings'
>;

/** What can be done with what was pressed. None where it is there no more. */
export function menuItems(target: MenuTarget, models: MenuModels): MenuItem[] {
  const row = 'id' in target ? models.rows.byId.peek().get(target.id) : models.selection.active.peek();
  if (!row) return [];
  switch (target.kind) {
    case 'row':
      return ofRow(row, target, models);
    case 'privilege':
      return ofPrivilege(row, target.privilege, models);
    case 'claim':
      return ofClaim(row, target.path, models);
    case 'place':
      return ofPlace(row, target.index, models);
    case 'finding':
      return ofFinding(row, target.at, models);
  }
}

function ofRow(row: Row, { column, text }: Extract<MenuTarget, { kind: 'row' }>, models: MenuModels): MenuItem[] {
  const { clipboard, selection, navigation } = models;
  const { token } = row.subject;
  const place = row.subject.sightings.find(({ goneAt }) => goneAt === null) ?? row.subject.sightings[0];
  return parts(
    [
      {
        label: 'Show details',
        run: () => {
          navigation.open('tokens');
          selection.show(token.id, 'overview');
        },
      },
    ],
    [
      ...(text ? [copy('Copy value', 'Value', text, clipboard)] : []),
      copy('Copy row', 'Row', lineOf(row, secretsOfAll(models.rows.all.peek())), clipboard),
      copy('Copy token, masked', 'Masked line', maskedLine(token), clipboard),
      copy('Copy token', 'Token', token.text, clipboard),
    ],
    filters(termOf(row, column) ?? `id:${token.id.slice(0, 12)}`, models),
    [expects(expectToken(row.subject), models)],
    place ? placeItems(place.place, place.input === undefined, models) : [],
  );
}

function ofPrivilege({ subject }: Row, privilege: Privilege, models: MenuModels): MenuItem[] {
  return parts(
    [{ label: 'Show details', run: () => models.selection.show(subject.token.id, 'privileges') }],
    [expects(expectPrivilege(subject, privilege), models)],
  );
}

function ofClaim(row: Row, path: string, models: MenuModels): MenuItem[] {
  const { token } = row.subject;
  const value = valueAtPath(partsOf(token), path);
  if (value === undefined) return [];
  const secrets = secretsOfAll(models.rows.all.peek());
  const name = path.replace(/^(?:claims|header)\./, '');
  const text = masked(textOf(value), secrets);
  const json = masked(jsonOf(value), secrets);
  const expectation = expectClaim(row.subject, path, value);
  const isScalar = value === null || typeof value !== 'object';
  return parts(
    [
      copy('Copy value', 'Value', isScalar ? text : json, models.clipboard),
      copy('Copy claim', 'Claim', `${JSON.stringify(name.split('.').at(-1))}: ${json}`, models.clipboard),
      copy('Copy path', 'Path', masked(path, secrets), models.clipboard),
    ],
    isScalar && text === textOf(value) && text.length <= 200
      ? filters(`claim:${written(`${name}=${text}`)}`, models)
      : filters(`claim:${written(`${masked(name, secrets)}=`)}`, models),
    expectation ? [expects(expectation, models)] : [],
  );
}

function ofPlace(row: Row, index: number, models: MenuModels): MenuItem[] {
  const sighting = row.subject.sightings[index];
  if (!sighting) return [];
  const { place } = sighting;
  const secrets = secretsOfAll(models.rows.all.peek());
  const label = masked(place.label, secrets);
  const url = place.url === null ? null : masked(place.url, secrets);
  return parts(
    [
      copy('Copy place', 'Place', label, models.clipboard),
      ...(url === null ? [] : [copy('Copy address', 'Address', url, models.clipboard)]),
    ],
    label === place.label ? filters(`place:${written(label)}`, models) : filters(`source:${place.source}`, models),
    placeItems(place, sighting.input === undefined, models),
  );
}

function ofFinding(row: Row, at: string, models: MenuModels): MenuItem[] {
  const finding = row.findings.find((one) => spotOf(one) === at);
  if (!finding) return [];
  const secrets = secretsOfAll(models.rows.all.peek());
  const { severity, title, says, why, fix } = finding;
  const lines = [`${title} (${severity}, ${finding.rule})`, says, why, fix].filter(Boolean);
  const text = lines.map((line) => masked(line.replaceAll('`', ''), secrets)).join('\n');
  return parts([copy('Copy finding', 'Finding', text, models.clipboard)], filters(`rule:${finding.rule}`, models));
}

/** Each begins below a line. */
function parts(...groups: MenuItem[][]): MenuItem[] {
  return groups
    .filter((group) => group.length > 0)
    .flatMap(([first, ...others], index) => [{ ...(first as MenuItem), isFirst: index > 0 }, ...others]);
}

function copy(label: string, what: string, text: string, { copy: run }: MenuModels['clipboard']): MenuItem {
  return { label, run: () => void run(what, text) };
}

function filters(term: string, { filter, navigation }: MenuModels): MenuItem[] {
  const apply = (added: string) => {
    if (navigation.view.peek() === 'expectations') navigation.open('tokens');
    const others = filter.text.peek().trim();
    filter.text.value = others === '' ? added : `${others} ${added}`;
  };
  const shown = cut(term, 60);
  const text = shown.rest > 0 ? `${shown.text}…` : shown.text;
  return [
    { label: `Show only ${text}`, run: () => apply(term) },
    { label: `Leave out ${text}`, run: () => apply(`-${term}`) },
  ];
}

/** Asks there, where what would be expected has a finding of medium severity or worse. */
function expects(one: Expectation, { expectations, navigation }: MenuModels): MenuItem {
  return {
    label: 'Use as expectation',
    run: () => {
      navigation.open('expectations');
      void expectations.add(one);
    },
  };
}

/** Ways to it in the browser's own panels. Of what a file tells of they know nothing. */
function placeItems(place: Place, isLive: boolean, { requests, messages, recordings }: MenuModels): MenuItem[] {
  const { url } = place;
  const address = urlFrom(url);
  if (!isLive || url === null || !address || recordings.imported.peek()) return [];
  const { host, pathname, protocol } = address;
  if (!/^https?:$/.test(protocol)) return [];
  const { show, open } = requests;
  if (place.exchange)
    return show ? [{ label: 'Show in Network', run: () => show(`${host}${pathname.slice(0, 200)}`) }] : [];
  if (!open) return [];
  return [
    {
      label: 'Open the document in Sources',
      run: () =>
        void open(url.replace(/#.*/s, '')).then((isOpen) => {
          if (!isOpen) messages.say('The browser’s own panels do not know this document.');
        }),
    },
  ];
}

/** The filter that finds what a cell of the list shows. */
function termOf({ subject, lead }: Row, column: string | null): string | null {
  const { facts, provider, times } = subject;
  const term = (name: string, value: string | null | undefined) =>
    value && masked(value) === value ? `${name}:${written(value)}` : null;
  switch (column) {
    case 'platform':
      return term('platform', provider?.id ?? 'unknown');
    case 'room':
      return term('room', facts.room);
    case 'identity':
      return term('user', facts.displayName || facts.userId);
    case 'role':
      return term('role', facts.role);
    case 'status':
      return term('status', times.status);
    case 'finding':
      return term('rule', lead?.rule);
    case 'where':
    case 'places':
      return term('place', leadingPlace(subject)?.place.label);
    default:
      return null;
  }
}

/** One line, with tabs between what spreadsheets take for cells. */
function lineOf({ subject, lead }: Row, secrets: readonly string[]): string {
  const { facts, times } = subject;
  const place = leadingPlace(subject)?.place.label ?? '';
  return [platformOf(subject), roomOf(subject), identityOf(subject), facts.role, times.status, lead?.title, place]
    .map((cell) => withoutFormula(masked(cell ?? '', secrets).replace(/\s+/g, ' ')))
    .join('\t');
}

/** What paths of the claims view begin at. */
function partsOf({ header, claims, disclosures, inner }: Token): Json {
  return {
    header,
    claims,
    disclosures: disclosures.map(({ value }) => value),
    inner: Object.fromEntries(inner.map(({ path, token }) => [path, { header: token.header, claims: token.claims }])),
  };
}

/** JSON of a value; one that is nested too deeply for that is said to be. */
function jsonOf(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '(nested too deeply to be written)';
  }
}
