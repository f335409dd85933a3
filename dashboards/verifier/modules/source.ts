/** In place of collector/replay/source.ts: lines that are in memory, which may be read more than once. */
export function textSource(texts: readonly string[]) {
  return {
    batches: async function* () {
      const lines = texts.map((text, index) => ({ number: index + 1, text }));
      yield lines.filter(({ text }) => text.trim() !== "");
    },
  };
}

export function fileSource(): never {
  throw new Error("A browser reads no files by name.");
}

export function streamSource(): never {
  throw new Error("A browser keeps no files.");
}
