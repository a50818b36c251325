import { version } from '../../../package.json';

/** Who wrote a report. */
export const generator = { name: 'roomkey', version };
