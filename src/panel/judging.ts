// Everything that knows platforms and rules, most of the panel's code: loaded when there is a first token to judge.
export { roomBeingJoined } from '../engine/diagnose.ts';
export { inspect } from '../engine/inspect.ts';
