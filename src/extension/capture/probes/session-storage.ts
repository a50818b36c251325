import { webStorage } from './web-storage.ts';

export const sessionStorage = { id: 'session-storage', area: 'sessionStorage', read: webStorage } as const;
