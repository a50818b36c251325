/** What goes over the wire has one of these; a browser that answers itself, and one that hides what it sent, writes none. */
export const wireHeaders: readonly string[] = ['host', ':authority', 'accept-encoding', 'connection'];
