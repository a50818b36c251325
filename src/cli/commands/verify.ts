import type { Command } from './command.ts';

export const verify: Command = {
  id: 'verify',
  usage: 'verify <token|-> ...',
  summary: 'check a signature locally with a key given by the user',
  // What checks signatures takes as long to load as a small recording to search.
  help: async () => (await import('./verify-token.ts')).help,
  run: async (args, terminal) => (await import('./verify-token.ts')).verifyToken(args, terminal),
};
