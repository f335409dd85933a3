// What the bundle leaves out of its packages, or puts in the place of files: each spares memory (docs/benchmarks.md).
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const SMALL_ZOD = fileURLToPath(new URL("../probe/small-zod/zod.ts", import.meta.url));
const PACKED_PARTS = fileURLToPath(new URL("packed-parts.mjs", import.meta.url));

/** Replaces text that must be there: a new version of a package that reads otherwise is not bundled unnoticed. */
function replaced(path, pairs) {
  return pairs.reduce(
    (text, [was, becomes]) => {
      if (text.split(was).length !== 2) throw new Error(`${path} does not hold once: ${was}`);
      return text.replace(was, becomes);
    },
    readFileSync(path, "utf8"),
  );
}

/** zod explains itself in forty languages; our problems are in English, and each language costs memory. */
const zodInEnglish = {
  name: "zod-in-english",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, ({ path }) => ({
      contents: 'export { default as en } from "./en.js";',
      resolveDir: dirname(path),
    })),
};

/** Named one by one instead of as a whole, what is never called of zod, a fifth of it, is left out. */
const zodByName = {
  name: "zod-by-name",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/](?:probe|protocol|targets|bin)[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace('import { z } from "zod";', 'import * as z from "zod";'),
      loader: "ts",
    })),
};

/** What waits for months reads with the few hundred lines that our schemas need of zod. */
const zodInSmall = {
  name: "zod-in-small",
  setup: ({ onResolve }) => onResolve({ filter: /^zod$/ }, () => ({ path: SMALL_ZOD })),
};

/** pino can log from a thread of its own and write files by itself, which no probe does: its lines go to what it is given. */
const logHere = {
  name: "log-here",
  setup: ({ onLoad }) => {
    const throws = 'throw new Error("This program writes its log by itself.");';
    onLoad({ filter: /[\\/]pino[\\/]lib[\\/]transport\.js$/ }, () => ({
      contents: `module.exports = () => { ${throws} };`,
    }));
    onLoad({ filter: /[\\/]sonic-boom[\\/]index\.js$/ }, () => ({
      contents: `module.exports = class { constructor() { ${throws} } };`,
    }));
  },
};

/**
 * node-cron reads the clock by ICU's calendars, 8 MiB of them, for time zones; also the milliseconds of a local time, for
 * which V8 asks ICU for the host's zone, another megabyte. Rounds go by parts of the hour: UTC does.
 */
const cronInUtc = {
  name: "cron-in-utc",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]node-cron[\\/]dist[\\/]_shared\.js$/ }, ({ path }) => ({
      contents: `${replaced(path, [
        ["formatter = new Intl.DateTimeFormat('en-US', dftOptions);", "formatter = { formatToParts: partsInUtc };"],
        [
          "formatter = new Intl.DateTimeFormat('en-US', {\n            timeZone: timezone,\n            timeZoneName: 'shortOffset'\n        });",
          "formatter = { formatToParts: () => [] };",
        ],
        ["date.setMilliseconds(0);", "date.setUTCMilliseconds(0);"],
        ["millisecond: date.getMilliseconds(),", "millisecond: date.getUTCMilliseconds(),"],
      ])}
function partsInUtc(date) {
  const two = (value) => String(value).padStart(2, "0");
  const weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][date.getUTCDay()];
  const [day, hour, minute, second] = [date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two);
  const parts = { weekday, day, month: String(date.getUTCMonth() + 1), year: String(date.getUTCFullYear()), hour, minute, second };
  return Object.entries(parts).map(([type, value]) => ({ type, value }));
}`,
    })),
};

/** Modules of `run` that most volunteers' never need, by the name that they are imported by, later. */
const SELDOM = {
  "./help/kk.ts": "./words/help/kk.ts",
  "./help/ru.ts": "./words/help/ru.ts",
  "./help/translate.ts": "./words/help/translate.ts",
  "../words/join/words.ts": "./words/join/words.ts",
  "./refusals/kk.ts": "./words/refusals/kk.ts",
  "./refusals/ru.ts": "./words/refusals/ru.ts",
  "./refusals/translate.ts": "./words/refusals/translate.ts",
  "https-proxy-agent": "https-proxy-agent",
  "socks-proxy-agent": "socks-proxy-agent",
};

/** The packed part that holds those, a name for each. They must share no state with `run`, and throw no errors of ours. */
export const seldomText = () =>
  Object.values(SELDOM)
    .map((path, at) => `export * as part${at} from ${JSON.stringify(path)};`)
    .join("");

/** Has `run` take them from there. */
const seldomPacked = {
  name: "seldom-packed",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /.*/ }, ({ path, kind }) =>
      kind === "dynamic-import" && path in SELDOM ? { path, namespace: "seldom" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "seldom" }, ({ path }) => ({
      contents: `const { unpack } = require(${JSON.stringify(PACKED_PARTS)});
module.exports = unpack("seldom").part${Object.keys(SELDOM).indexOf(path)};`,
      resolveDir: dirname(PACKED_PARTS),
    }));
  },
};

/**
 * The driver is asked for when the journal is opened, not before the program's first line: that one sets memory limits.
 * Of its package only the native part stays outside; where that lies is known, and need not be looked for.
 */
const driverLater = {
  name: "driver-later",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]better-sqlite3[\\/]lib[\\/]database\.js$/ }, ({ path }) => ({
      contents: replaced(path, [
        ["require('bindings')('better_sqlite3.node')", '__require("better-sqlite3/build/Release/better_sqlite3.node")'],
      ]),
    })),
};

/** pino asks for worker_threads only to know whether it runs in one. */
const noThreads = {
  name: "no-threads",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]pino[\\/]lib[\\/]tools\.js$/ }, ({ path }) => ({
      contents: replaced(path, [["const { isMainThread } = require('worker_threads')", "const isMainThread = true"]]),
    })),
};

/** The program that measures is this very file, told so by a word. */
const measurerHere = {
  name: "measurer-here",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]probe[\\/]measurer[\\/]program\.ts$/ }, () => ({
      contents: 'export const measurerProgram = () => [__filename, "measurer"];',
    })),
};

/** Commands that another part of the file holds. The launcher knows which; nobody comes here. */
const commandsElsewhere = (isHere) => ({
  name: "commands-elsewhere",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^\.\/(?:commands|measure)\/[a-z-]+\.ts$/ }, ({ path, kind, importer }) =>
      kind === "dynamic-import" && /[\\/]probe[\\/]cli\.ts$/.test(importer) && !isHere(path)
        ? { path, namespace: "elsewhere" }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: "elsewhere" }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`${path} is in another part of this file.`)});`,
    }));
  },
});

/** All of them; `isHere` says whether the file of a command belongs to the part being built, `waits` whether that is `run`. */
export const plugins = (isHere, waits) => [
  ...(waits ? [zodInSmall, seldomPacked] : []),
  zodInEnglish,
  cronInUtc,
  measurerHere,
  commandsElsewhere(isHere),
  zodByName,
  logHere,
  noThreads,
  driverLater,
];
