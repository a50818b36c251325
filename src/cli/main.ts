#!/usr/bin/env node
import { failureLines, run } from './run.ts';
import { processTerminal } from './terminal.ts';

const terminal = processTerminal();

function failed(error: unknown): void {
  terminal.progress?.('');
  for (const line of failureLines(error, terminal.env)) terminal.complain(line);
  process.exit(2);
}

// Nothing listens for signals here: a process that does is not ended by one before its search lets it listen.
process.on('uncaughtException', failed);
process.on('unhandledRejection', failed);

const code = await run(process.argv.slice(2), terminal);
try {
  await terminal.flush();
  process.exitCode = code;
} catch (error) {
  for (const line of failureLines(error, terminal.env)) terminal.complain(line);
  process.exitCode = 2;
}
