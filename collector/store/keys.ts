/** Key in the state table: the last moment the collector was known to run, milliseconds since 1970. */
export const ALIVE_KEY = "alive";

/** Key in the state table: when verdicts last changed, milliseconds since 1970; it only grows. */
export const VERDICTS_KEY = "verdicts-changed";

/** Key in the state table: when incidents last changed, milliseconds since 1970; it never goes back. */
export const INCIDENTS_KEY = "incidents-changed";
