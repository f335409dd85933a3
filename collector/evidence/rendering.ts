/**
 * Version of how reports, tables and texts follow from incident.json (derived-files.ts). Who verifies makes them again and compares
 * bytes: with another version that would call an untouched bundle changed. A test tells when it must be raised.
 */
export const RENDERING = 2;
