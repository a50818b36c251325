/** Shapes on a 16 px grid, drawn in the colour of the text around them. */
const shapes = {
  rescan: 'M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 1.8v3h-3',
  clear: 'M3.8 12.2l8.4-8.4M13.7 8A5.7 5.7 0 1 1 2.3 8a5.7 5.7 0 0 1 11.4 0z',
  export: 'M8 2v7.5M4.8 6.6L8 9.8l3.2-3.2M2.5 10.5v2.7h11v-2.7',
  open: 'M1.9 13V3.3h4.4l1.4 1.6h6.4V13zM1.9 7.2h12.2',
  expect: 'M3 2.5h10v11H3zM5.2 8.2l1.9 2 3.8-4.2',
  more: 'M7.4 3h1.2v1.2H7.4zM7.4 7.4h1.2v1.2H7.4zM7.4 11.8h1.2V13H7.4z',
  settings:
    'M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM6.9 1.8h2.2l.3 1.7 1.2.7 1.7-.6 1.1 1.9-1.4 1.1v1.4l1.4 1.1-1.1 1.9-1.7-.6-1.2.7-.3 1.7H6.9l-.3-1.7-1.2-.7-1.7.6-1.1-1.9L4 8.7V7.3L2.6 6.2l1.1-1.9 1.7.6 1.2-.7z',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  filter: 'M2 3.5h12L9.5 8.8v4L6.5 14V8.8z',
  right: 'M6 4l4 4-4 4',
  left: 'M10 4L6 8l4 4',
  up: 'M4 10l4-4 4 4',
  down: 'M4 6l4 4 4-4',
  check: 'M2.8 8.6l3.4 3.6 7-8.2',
  error: 'M8 1.9a6.1 6.1 0 1 1 0 12.2A6.1 6.1 0 0 1 8 1.9zM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8',
  info: 'M8 1.9a6.1 6.1 0 1 1 0 12.2A6.1 6.1 0 0 1 8 1.9zM8 7.2v4M8 4.6v1.3',
  warning: 'M8 2.2l6.2 11.2H1.8zM8 6.4v3.4M8 10.9v1.2',
  validate: 'M8 1.7l5 1.8v4.2c0 3.2-2.1 5.5-5 6.6-2.9-1.1-5-3.4-5-6.6V3.5zM5.5 7.9l1.9 2 3.2-3.7',
  refused: 'M8 1.9a6.1 6.1 0 1 1 0 12.2A6.1 6.1 0 0 1 8 1.9zM4.8 8h6.4',
  columns: 'M2 3h12v10H2zM6 3v10M10 3v10',
  link: 'M9.5 2.5h4v4M13.5 2.5L8 8M11.5 9v4.5h-9v-9H7',
} as const;

export function Icon({ name }: { name: keyof typeof shapes }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={shapes[name]} fill="none" stroke="currentColor" stroke-width="1.3" stroke-linejoin="round" />
    </svg>
  );
}

/** A round dot while watching, two bars while paused: the way recording is shown elsewhere in devtools. */
export function WatchIcon({ paused }: { paused: boolean }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      {paused ? (
        <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" stroke-width="1.4" />
      ) : (
        <path d="M3.5 3.5h9v9h-9z" fill="currentColor" />
      )}
    </svg>
  );
}
