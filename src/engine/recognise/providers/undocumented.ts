/** Said where a vendor is silent, so that nobody takes silence for a promise. */
export const undocumented = 'The vendor does not document it.';
