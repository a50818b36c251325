import { type ConversionConfig, type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { policyFile, policyParts } from '../../src/engine/audit/policy/policy-file.ts';
import { expectationFile, expectationParts } from '../../src/engine/expect/expectation-file.ts';
import { lockFile, lockParts } from '../../src/engine/lock/lock-file.ts';
import type { Need } from '../../src/engine/text/written-shapes.ts';

/** The schema of policy files, from the shape that reads them. Which rules there are changes with the version. */
export async function policySchemaPage(): Promise<string> {
  const file = policyFile(null);
  const { severities, off, mutes } = file.entries;
  return page(file, {
    name: 'policy',
    title: 'Roomkey policy',
    description: 'Limits and severities to judge tokens by. What is left out comes from the policy it extends.',
    parts: { ...policyParts, severities: severities.wrapped, off: off.wrapped, mute: mutes.wrapped.item },
    words: {
      name: 'Shown in reports.',
      extends: 'The policy whose members apply where this one says nothing.',
      timeBoxedCalls: "Calls end on time: staying in a call after the token's end is then of medium severity.",
      origins: 'Overrides by origin, such as https://call.example.',
      requiredClaims: 'Claims that tokens must carry.',
      forbiddenClaims: 'Claims that tokens must not carry.',
      mutes: 'Findings that were looked at and accepted. They stay listed and are counted apart.',
      recipients: "Hosts that may receive tokens besides the page's own and the platform's, such as *.call.example.",
      '$defs.lifetimes':
        'Upper ends of the tiers, in seconds and inclusive, by kind of token; null means no end. Beyond medium it is high.',
      '$defs.severities': 'Severities by rule. One set here is final: no circumstance changes it.',
      '$defs.off': 'Rules that are not asked.',
      '$defs.demand.claim': 'Path below the payload, such as context.user.email.',
      '$defs.demand.uses': 'Kinds of token concerned; all when left out.',
      '$defs.demand.because': 'Shown as the reason.',
      '$defs.mute.rule': 'Id of a rule, or * for every rule.',
      '$defs.mute.token': 'Id of the token, as in reports.',
      '$defs.mute.place': 'Label of the place, such as localStorage["auth"].',
      '$defs.mute.reason': 'Why it is accepted.',
    },
  });
}

/** The schema of expectation files, from the shape that reads them. */
export async function expectationsSchemaPage(): Promise<string> {
  return page(expectationFile, {
    name: 'expectations',
    title: 'Roomkey expectations',
    description: 'What the tokens of a page or a recording are expected to be.',
    parts: expectationParts,
    words: {
      '$defs.expectation.name': 'Shown in the report.',
      pages: 'Addresses of pages by what they are called, such as guest, for `on`.',
      expect: 'What holds for all that is looked at.',
      steps: 'A run over several pages, in order.',
      '$defs.step.name': 'Shown in the report.',
      '$defs.step.open': 'The page that is opened: a whole address, or one from the root of the site on.',
      '$defs.step.action': 'What a person does instead, or a function of a test, such as log out.',
      '$defs.step.expect': 'What holds then; nothing where the step is only walked through.',
      '$defs.pattern':
        'The address of a page, in which * stands for any text; query and fragment count where it has some.',
      '$defs.expectation.on': 'Only tokens of such pages: a mark of `pages`, or a pattern.',
      '$defs.expectation.atLeast': 'So many of them there are; 0 where there may be none.',
      '$defs.expectation.where': 'Only tokens seen in such a place.',
      '$defs.expectation.none': 'No token is like this.',
      '$defs.expectation.count': 'So many tokens are like `tokens`.',
      '$defs.expectation.every': 'Every token like this has what `have` says; {} is every token.',
      '$defs.expectation.maxSeverity': 'No finding is worse.',
      '$defs.wanted':
        'A value, one of several, a range, a pattern in which * stands for any text, or anything else. null = not stated.',
      '$defs.bounds': 'Both ends belong to it.',
    },
  });
}

/** The schema of lock files, from the shape that reads them. */
export async function lockSchemaPage(): Promise<string> {
  return page(lockFile, {
    name: 'lock',
    title: 'Roomkey lock',
    description:
      'What the tokens of a page or of recordings are, without any secret. In texts, * stands for what varies.',
    parts: lockParts,
    words: {
      lock: 'The version of this form.',
      policy: 'The policy by which they were judged.',
      findings: 'Rules that found something about several tokens.',
      unlisted: 'There are more tokens than are listed.',
      '$defs.kind.platform': 'Id of the platform; left out where none is recognised.',
      '$defs.kind.name': 'What the platform is called; not compared.',
      '$defs.kind.rooms': 'How many rooms it opens.',
      '$defs.kind.room': 'The room, as a pattern.',
      '$defs.kind.person': 'What is said of its holder; no name or id is told.',
      '$defs.kind.alg': 'The algorithm of its signature.',
      '$defs.kind.lives': 'How long it is valid: a number of s, min, h or days, or words; * is any time.',
      '$defs.kind.may': 'What it allows.',
      '$defs.kind.mayNot': 'What it denies; of what stands in neither list it does not tell.',
      '$defs.kind.scopes': 'What a token that is for no call allows, in its own words.',
      '$defs.kind.header': 'Names of the members of its header.',
      '$defs.kind.claims': 'Names of its claims.',
      '$defs.kind.findings': 'Rules that found something.',
      '$defs.kind.places': 'Where tokens of this kind lie or go.',
      '$defs.place.in': 'The kind of place and its key.',
      '$defs.place.on': 'Its origin; ports of development hosts are left out.',
      '$defs.place.input': 'The file, where tokens lie in several.',
      '$defs.place.cookie': 'What is told of the cookie.',
    },
  });
}

interface About {
  name: string;
  title: string;
  description: string;
  /** What is named below `$defs`. */
  parts: Record<string, GenericSchema>;
  /** Descriptions by member, or by part and member. They are for readers of the page, and would weigh in the panel. */
  words: Record<string, string>;
}

function page(file: GenericSchema, { name, title, description, parts, words }: About): string {
  const { $schema, ...schema } = toJsonSchema(file, {
    target: 'draft-2020-12',
    typeMode: 'input',
    definitions: parts,
    // What only the reader can know: numbers beyond all numbers, one member against another, rules of this version.
    ignoreActions: ['finite', 'check'],
    overrideAction,
    overrideSchema,
  });
  for (const [path, text] of Object.entries(words)) at(schema, path.split('.')).description = text;
  const about = { $id: `https://unpkg.com/roomkey/docs/${name}.schema.json`, title };
  const whole = { $schema, ...about, description: `${description} The $id is a name, not an address.`, ...schema };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function at(schema: JsonSchema, [first = '', ...rest]: string[]): JsonSchema {
  const found = first === '$defs' ? schema.$defs?.[rest.shift() ?? ''] : schema.properties?.[first];
  const [next] = rest;
  if (typeof found !== 'object') throw new Error(`The schema has no ${first}.`);
  return next === undefined ? found : at(found, rest);
}

const overrideAction: NonNullable<ConversionConfig['overrideAction']> = ({ valibotAction, jsonSchema }) =>
  valibotAction.type === 'max_code_points' && 'requirement' in valibotAction
    ? { ...jsonSchema, maxLength: Number(valibotAction.requirement) }
    : undefined;

const overrideSchema: NonNullable<ConversionConfig['overrideSchema']> = ({ valibotSchema, jsonSchema }) => {
  if (valibotSchema.type === 'record') return named(jsonSchema);
  if (valibotSchema.type !== 'strict_object') return undefined;
  const { required, ...rest } = jsonSchema;
  const needs = 'needs' in valibotSchema ? (valibotSchema.needs as readonly Need[]) : [];
  return { ...rest, ...(required?.length ? { required } : {}), ...needed(needs) };
};

function needed(needs: readonly Need[]): JsonSchema {
  const oneOf = needs.flatMap((need) => need.oneOf ?? []);
  const besides = needs.flatMap((need) => (need.besides ? [need.besides] : []));
  const apart = needs.flatMap((need) => (need.apart ? [need.apart] : []));
  return {
    ...(oneOf.length > 0 ? { anyOf: oneOf.map((name) => ({ required: [name] })) } : {}),
    ...(besides.length > 0
      ? { dependentRequired: Object.fromEntries(besides.map(([name, other]) => [name, [other]])) }
      : {}),
    ...(apart.length > 0
      ? { dependentSchemas: Object.fromEntries(apart.map(([name, other]) => [name, { not: { required: [other] } }])) }
      : {}),
  };
}

/** Names from a list as members, so that editors offer them; names of a form by their pattern. */
function named({ propertyNames, additionalProperties, ...rest }: JsonSchema): JsonSchema {
  if (typeof propertyNames !== 'object' || additionalProperties === undefined) return { ...rest };
  const names = [propertyNames, ...(propertyNames.anyOf ?? [])].filter((one) => typeof one === 'object');
  const known = names.flatMap((one) => one.enum ?? []);
  const patterns = names.flatMap(({ pattern }) => pattern ?? []);
  const each = (keys: unknown[]) => Object.fromEntries(keys.map((key) => [key, additionalProperties]));
  return {
    ...rest,
    ...(known.length > 0 ? { properties: each(known) } : {}),
    ...(patterns.length > 0 ? { patternProperties: each(patterns) } : {}),
    additionalProperties: false,
  };
}
