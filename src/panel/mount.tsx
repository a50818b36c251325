import { render } from 'preact';
import { App } from './App.tsx';
import type { Host } from './host.ts';
import { createStore, type StoreOptions } from './state/store.ts';
import { StoreContext } from './views/store-context.ts';
import './styles/index.css';

/** Shows the panel in an element of an otherwise empty page; the returned function removes it and stops all its work. */
export function mount(root: HTMLElement, host: Host, options: StoreOptions = {}): () => void {
  const store = createStore(host, options);
  const close = store.open();
  root.classList.add('roomkey');
  render(
    <StoreContext.Provider value={store}>
      <App />
    </StoreContext.Provider>,
    root,
  );
  return () => {
    close();
    render(null, root);
    root.classList.remove('roomkey');
  };
}
