/** What a function of the words is called with where a test wants what it says: names and numbers that are none of its own. */
const SAMPLE: Readonly<Record<string, string>> = {
  targets: "T",
  regions: "R",
  networks: "N",
  extent: "E",
  when: "W",
};

/** Every text in words of one language, with its place in them; functions are asked for theirs. */
export function everyText(words: unknown, place = ""): { place: string; text: string }[] {
  if (typeof words === "string") return [{ place, text: words }];
  if (typeof words === "function") return everyText(said(words), `${place}()`);
  if (typeof words !== "object" || words === null) return [];
  return Object.entries(words).flatMap(([key, value]) => everyText(value, place === "" ? key : `${place}.${key}`));
}

/** Functions of words take phrases, numbers or an object of phrases; how many they take tells which. */
function said(words: unknown): unknown {
  // Which functions there are is the business of words.ts; here they are called alike.
  const call = words as (...values: unknown[]) => unknown;
  return COUNTED.test(call.toString()) ? call(NUMBER, NUMBER) : call.length === 1 ? call(SAMPLE) : call("X", "Y");
}

const NUMBER = 7;
const COUNTED = /^\(?(?:count|days|min)\b/;
