/** Loads tests for what their tables hold: under this variable they run nothing. */
export async function withoutTestRunner<T>(load: () => Promise<T>): Promise<T> {
  const before = process.env.ROOMKEY_TABLES_ONLY;
  process.env.ROOMKEY_TABLES_ONLY = '1';
  try {
    return await load();
  } finally {
    if (before === undefined) delete process.env.ROOMKEY_TABLES_ONLY;
    else process.env.ROOMKEY_TABLES_ONLY = before;
  }
}
