// Where the one-file program begins; bin/bundle.mjs makes that file of it.
// `run`, which lives for months, lies in it as it is, so that nothing else need be kept in memory beside it.
import { unpack } from "./packed-parts.mjs";

const words = process.argv[2] === "probe" ? process.argv.slice(3) : process.argv.slice(2);
const measures = words[0] === "measure" || words[0] === "measurer";

if (words[0] === "run") void import("./kuager-probe.ts");
else unpack(measures ? "measure" : "other");
