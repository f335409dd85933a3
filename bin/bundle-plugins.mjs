// What the bundle leaves out of its packages, or puts in the place of files: each spares memory (docs/benchmarks.md).
import { readFileSync } from "node:fs";
import { dirname } from "node:path";

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

/** pino can log from a thread of its own, which no probe does. */
const logHere = {
  name: "log-here",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]pino[\\/]lib[\\/]transport\.js$/ }, () => ({
      contents: 'module.exports = () => { throw new Error("This program logs by itself."); };',
    })),
};

/** node-cron reads the clock by ICU's calendars, 8 MiB of them, for time zones. Rounds go by parts of the hour: UTC does. */
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
      ])}
function partsInUtc(date) {
  const [weekday, day, , year, time] = date.toUTCString().split(/,? /);
  const [hour, minute, second] = time.split(":");
  const parts = { weekday, day, month: String(date.getUTCMonth() + 1), year, hour, minute, second };
  return Object.entries(parts).map(([type, value]) => ({ type, value }));
}`,
    })),
};

/** The driver is asked for when the journal is opened, not before the program's first line: that one sets memory limits. */
const driverLater = {
  name: "driver-later",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^better-sqlite3$/ }, () => ({ path: "better-sqlite3", namespace: "later" }));
    onLoad({ filter: /.*/, namespace: "later" }, () => ({ contents: 'module.exports = __require("better-sqlite3");' }));
  },
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

/** All of them; `isHere` says whether the file of a command belongs to the part being built. */
export const plugins = (isHere) => [
  zodInEnglish,
  cronInUtc,
  measurerHere,
  commandsElsewhere(isHere),
  zodByName,
  logHere,
  driverLater,
];
