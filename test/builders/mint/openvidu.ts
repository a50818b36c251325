import type { Minted } from './minted.ts';

// The server makes these addresses; here in the shape its client reads.
const address = (more = '') => `wss://calls.example:4443?sessionId=ses_XnBwjPDSXA&token=tok_MdAHxtnBsm2s9bTx${more}`;

export const openvidu: Minted = {
  guest: () => address(),
  recorder: () => address('&secret=MY_SECRET&recorder=true'),
  'odd: parameters named like members of every object': () => address('&__proto__=x&constructor=y'),
};
