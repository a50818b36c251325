/** What is traced, in the order of `installTrace`. */
export const tracedFunctions = [
  'setItem',
  'document.cookie',
  'fetch',
  'XMLHttpRequest.setRequestHeader',
  'new WebSocket',
  'WebSocket.send',
  'window.postMessage',
] as const;
