import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, root } from './files-below.ts';

const sources = ['src', 'test', 'docs', 'public'].flatMap((folder) =>
  (readdirSync(join(root, folder), { recursive: true }) as string[])
    .map((file) => `${folder}/${file}`.replaceAll('\\', '/'))
    .filter((file) => !file.includes('/node_modules/')),
);
const there = [...sources, ...readdirSync(root)].map((path) => `/${path}`);
/** Other projects' files, and those that a reader has. */
const elsewhere = /^(?:\/|react\/|node_modules\/|dist\/|demo-output\/|recordings\/|tests\/)|^(?:state|guest)\.json$/;

const pages = [
  ...readdirSync(root).filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md'),
  ...(readdirSync(join(root, 'docs'), { recursive: true }) as string[])
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.replaceAll('\\', '/')}`),
];

/** What a page writes as code or links to, and what a comment names. */
const namedIn = (file: string, text: string) =>
  file.endsWith('.md')
    ? [...text.matchAll(/`([\w./-]+)`|\]\(([\w./-]+)\)/g)].map(([, code = '', link = '']) => code || link)
    : [...text.matchAll(/^\s*(?:\/\/|\/?\*+).*$/gm)].flatMap(
        ([line]) => line.match(/[\w./-]+\.(?:tsx?|md|json)\b/g) ?? [],
      );

test('a file or folder that a page or a comment names is there', () => {
  const files = [
    ...pages,
    ...['src', 'test'].flatMap((folder) => filesBelow(folder).map((file) => `${folder}/${file}`)),
  ];
  const dead = files.flatMap((file) =>
    namedIn(file, readFileSync(join(root, file), 'utf8'))
      .map((name) => name.replace(/[/.]$/, ''))
      .filter(
        (name) =>
          /\.(?:tsx?|md|json|css)$/.test(name) || /^(?:src|test|docs|engine|panel|extension|inputs)\//.test(name),
      )
      .filter((name) => !elsewhere.test(name))
      .filter(
        (name) => !existsSync(join(root, dirname(file), name)) && !there.some((path) => path.endsWith(`/${name}`)),
      )
      .map((name) => `${file} names ${name}`),
  );
  expect(dead).toEqual([]);
});
