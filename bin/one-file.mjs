// Where the one-file program begins; bin/bundle.mjs makes that file of it, and puts in where its packed parts lie.
// `run`, which lives for months, lies in it as it is, so that nothing else need be kept in memory beside it.
import { closeSync, openSync, readSync } from "node:fs";
import { compileFunction } from "node:vm";
import { brotliDecompressSync } from "node:zlib";

const PARTS = "TABLE OF PARTS";
const words = process.argv[2] === "probe" ? process.argv.slice(3) : process.argv.slice(2);
const measures = words[0] === "measure" || words[0] === "measurer";

if (words[0] === "run") void import("./kuager-probe.ts");
else unpack(measures ? "measure" : "other");

/** Reads what is packed in this file, and runs a part of it. */
function unpack(name) {
  const [at, bytes] = PARTS.stream;
  const packed = Buffer.allocUnsafe(bytes);
  const file = openSync(__filename, "r");
  for (let read = 0; read < bytes; ) read += readSync(file, packed, read, bytes - read, at + read);
  closeSync(file);
  const [from, length] = PARTS[name];
  const all = brotliDecompressSync(Buffer.from(packed.latin1Slice(), "base64"));
  const code = all.latin1Slice(from, from + length);
  const given = ["require", "module", "exports", "__filename", "__dirname", "__url"];
  const module = { exports: {} };
  const run = compileFunction(code, given, { filename: `${__filename}#${name}` });
  run(require, module, module.exports, __filename, __dirname, import.meta.url);
}
