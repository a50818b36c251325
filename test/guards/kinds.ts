/** A kind of unit: a folder whose files are listed in one place, and what else may lie there. Paths are below the repository. */
export interface Kind {
  /** What `npm run new` calls it. */
  id: string;
  /** The file that lists every unit, beside them. */
  list: string;
  /** The list in it, and the type of what it lists. */
  name: string;
  type: string;
  /** The file that describes a unit. */
  description: string;
  /** Files of the folder that are no unit, by name: what several units need. */
  helpers: readonly string[];
  /** Where the line of a new unit goes: the place by name, the first or last, or after the last of its topic. */
  order: 'by-name' | 'first' | 'last' | 'by-topic';
}

/** What makes the engine, the inputs, the command line and the extension larger, one file at a time. */
export const kinds: readonly Kind[] = [
  {
    id: 'rule',
    list: 'src/engine/audit/rules/index.ts',
    name: 'rules',
    type: 'TokenRule',
    description: 'src/engine/audit/rules/rule.ts',
    helpers: ['references'],
    order: 'by-topic',
  },
  {
    id: 'provider',
    list: 'src/engine/recognise/providers/index.ts',
    name: 'providers',
    type: 'Provider',
    description: 'src/engine/recognise/providers/provider.ts',
    helpers: [
      'checked-at-join',
      'daily-claims',
      'daily-rights',
      'grants',
      'jitsi-context',
      'jitsi-join',
      'livekit-claims',
      'livekit-rights',
      'lua-pattern',
      'not-video',
      'opentok-session',
      'room-name',
      'room-scope',
      'undocumented',
      'zoom-jwt',
    ],
    order: 'by-name',
  },
  {
    id: 'source',
    list: 'src/engine/find/sources/index.ts',
    name: 'sources',
    type: 'Source',
    description: 'src/engine/find/sources/source.ts',
    helpers: [
      'body-snippets',
      'document-snippets',
      'exchange-facts',
      'keyed-snippets',
      'exchange-place',
      'header-snippets',
      'join-chunks',
      'parse-set-cookie',
      'split-pieces',
      'store-snippets',
      'url-snippets',
    ],
    order: 'last',
  },
  {
    id: 'form',
    list: 'src/engine/decode/forms/index.ts',
    name: 'forms',
    type: 'Form',
    description: 'src/engine/decode/forms/form.ts',
    helpers: ['binary', 'compact', 'damage'],
    order: 'first',
  },
  {
    id: 'encoding',
    list: 'src/engine/find/encodings/index.ts',
    name: 'encodings',
    type: 'Encoding',
    description: 'src/engine/find/encodings/encoding.ts',
    helpers: ['signs'],
    order: 'last',
  },
  {
    id: 'library',
    list: 'src/engine/find/libraries/index.ts',
    name: 'libraries',
    type: 'Library',
    description: 'src/engine/find/libraries/library.ts',
    helpers: ['label'],
    order: 'by-name',
  },
  {
    id: 'format',
    list: 'src/engine/report/formats/index.ts',
    name: 'formats',
    type: 'Format',
    description: 'src/engine/report/formats/format.ts',
    helpers: [
      'html-findings',
      'html-style',
      'html-tables',
      'html-text',
      'junit-text',
      'markdown-text',
      'printable',
      'report-words',
    ],
    order: 'last',
  },
  {
    id: 'input',
    list: 'src/inputs/index.ts',
    name: 'inputs',
    type: 'Input',
    description: 'src/inputs/input.ts',
    helpers: [
      'batches',
      'byte-window',
      'byte-work',
      'find-again',
      'gather',
      'har-entry',
      'heap-graph',
      'input-error',
      'json-reader',
      'place-in-lines',
      'read-json',
      'recognise-input',
      'saved-report',
      'storage-state-capture',
      'stream-window',
      'utf8-window',
    ],
    order: 'first',
  },
  {
    id: 'command',
    list: 'src/cli/commands/index.ts',
    name: 'commands',
    type: 'Command',
    description: 'src/cli/commands/command.ts',
    helpers: [],
    order: 'last',
  },
  {
    id: 'probe',
    list: 'src/probes/index.ts',
    name: 'probes',
    type: 'Probe',
    description: 'src/probes/probe.ts',
    helpers: [
      'area',
      'cache-texts',
      'candidate',
      'database-texts',
      'document',
      'document-texts',
      'parse-store',
      'web-storage',
      'window-state',
    ],
    order: 'last',
  },
  {
    id: 'verifier',
    list: 'src/verify/index.ts',
    name: 'verifiers',
    type: 'Verifier',
    description: 'src/verify/verifier.ts',
    helpers: ['base64-bytes', 'decrypt', 'key', 'msal-cache', 'openers', 'public-key-text', 'signed-text'],
    order: 'last',
  },
  {
    id: 'profile',
    list: 'src/judge/profiles/index.ts',
    name: 'profiles',
    type: 'Profile',
    description: 'src/judge/profiles/profile.ts',
    helpers: ['general', 'jitsi-server', 'judge', 'plain-jws'],
    order: 'by-name',
  },
  {
    id: 'structure',
    list: 'src/engine/redact/structures/index.ts',
    name: 'structures',
    type: 'Structure',
    description: 'src/engine/redact/context.ts',
    helpers: [
      // Structures of one kind of value, asked for by those that find such values.
      'authorization',
      'cookie-header',
      'protocols',
      'set-cookie',
      'token-pieces',
      'json-frames',
      'json-values',
      'loose-json',
      'logged-headers',
      'name-before',
      'names-and-contents',
      'program-text',
      'quoted',
    ],
    order: 'last',
  },
];

/** Ways of writing a text that redaction undoes. No list names them: each is used by a structure, or by what goes through them. */
export const codecs = {
  users: 'src/engine/redact',
  description: 'src/engine/redact/codecs/codec.ts',
  helpers: ['bytes'],
};
