const TEXTS_AT_ONCE = 128;

/** In place of collector/replay/source.ts: lines that are in memory, which may be read more than once. */
export function textSource(texts: readonly string[]) {
  return {
    batches: async function* () {
      for (let from = 0; from < texts.length; from += TEXTS_AT_ONCE) {
        const lines = texts.slice(from, from + TEXTS_AT_ONCE).map((text, at) => ({ number: from + at + 1, text }));
        yield lines.filter(({ text }) => text.trim() !== "");
      }
    },
  };
}

export function fileSource(): never {
  throw new Error("A browser reads no files by name.");
}

export function streamSource(): never {
  throw new Error("A browser keeps no files.");
}
