import type { Command } from './command.ts';
import { compare } from './compare.ts';
import { decode } from './decode.ts';
import { join } from './join.ts';
import { lock } from './lock.ts';
import { providers } from './providers.ts';
import { proxy } from './proxy.ts';
import { redact } from './redact.ts';
import { rules } from './rules.ts';
import { scan } from './scan.ts';
import { verify } from './verify.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  scan,
  decode,
  join,
  verify,
  rules,
  providers,
  redact,
  proxy,
  lock,
  compare,
];
