import { webStorage } from './web-storage.ts';

export const localStorage = { id: 'local-storage', area: 'localStorage', read: webStorage } as const;
