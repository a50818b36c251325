import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Store } from '../state/store.ts';

/** The models a view may ask for, by the name of their concern. */
export type Models = Omit<Store, 'open'>;

export const StoreContext = createContext<Partial<Models> | null>(null);

/** The model of one concern, of the panel around the view. */
export function useModel<Name extends keyof Models>(name: Name): Models[Name] {
  const model = useContext(StoreContext)?.[name];
  if (!model) throw new Error(`A view was rendered without the model "${name}".`);
  return model as Models[Name];
}
