/** Key in the state table: the last moment the collector was known to run, milliseconds since 1970. */
export const ALIVE_KEY = "alive";
