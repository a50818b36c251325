#!/usr/bin/env node
import { constants } from 'node:os';
import { failureLines, run } from './run.ts';
import { processTerminal } from './terminal.ts';

const terminal = processTerminal();
const interrupts = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The codes a shell gives to what was ended by a signal. Temporary files go with the `exit` event. */
function interrupted(signal: NodeJS.Signals): void {
  terminal.progress?.('');
  process.exit(128 + constants.signals[signal]);
}

function failed(error: unknown): void {
  terminal.progress?.('');
  for (const line of failureLines(error, terminal.env)) terminal.complain(line);
  process.exit(2);
}

// Once each: a second interrupt ends the process as the system does.
for (const signal of interrupts) process.once(signal, interrupted);
process.on('uncaughtException', failed);
process.on('unhandledRejection', failed);

const code = await run(process.argv.slice(2), terminal);
// A server that goes on running after its command ends with signals in its own way.
for (const signal of interrupts) process.off(signal, interrupted);
try {
  await terminal.flush();
  process.exitCode = code;
} catch (error) {
  for (const line of failureLines(error, terminal.env)) terminal.complain(line);
  process.exitCode = 2;
}
