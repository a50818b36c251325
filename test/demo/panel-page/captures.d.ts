declare module 'virtual:captures' {
  import type { Capture } from '../../../src/engine/model/capture.ts';
  export const captures: Record<
    'call' | 'empty' | 'crowded' | 'heavy' | 'huge' | 'renewed1' | 'renewed2' | 'renewed3',
    Capture
  >;
}
