/** What can be wrong with a zip that was handed in. */
const ZIP_PROBLEMS = {
  unreadable: "it cannot be read to its end",
  tooMany: "it holds too many files",
  directory: "its directory is damaged",
  noDirectory: "its directory is missing",
  path: "it holds the path '{path}'",
  between: "bytes stand between its files",
  after: "bytes stand after its end",
  tooLarge: "it is too large when unpacked",
  misplaced: "a file is not where its directory says",
  twoNames: "a file has two names",
  packing: "it is packed in a way not known here",
  checksum: "a file's checksum differs",
} as const;
export type ZipProblem = keyof typeof ZIP_PROBLEMS;
/** The words for it in one language: the beginning of the sentence, and its end by problem. */
export type ZipWords = { readonly begins: string; readonly ends: Readonly<Record<ZipProblem, string>> };

/** English, as messages have it. */
export const ZIP_WORDS: ZipWords = { begins: "The zip is damaged or unusual", ends: ZIP_PROBLEMS };

/** The sentence for a problem; `path`: where one has to do with it. Pure. */
export function zipSentence({ begins, ends }: ZipWords, problem: ZipProblem, path = ""): string {
  return `${begins}: ${ends[problem].replace("{path}", () => path)}.`;
}

/** An English sentence on a zip in the words of another language; any other text as it is. Pure. */
export function translateZip(text: string, words: ZipWords): string {
  // The keys of ZIP_PROBLEMS are the problems.
  for (const problem of Object.keys(ZIP_PROBLEMS) as ZipProblem[]) {
    const [before = "", after = null] = zipSentence(ZIP_WORDS, problem, "\n").split("\n");
    if (after === null ? text === before : text.startsWith(before) && text.endsWith(after))
      return zipSentence(words, problem, after === null ? "" : text.slice(before.length, -after.length));
  }
  return text;
}
