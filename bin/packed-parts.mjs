// How the one-file program reads what is packed in it; bin/bundle.mjs puts in where each part lies.
import { closeSync, openSync, readSync } from "node:fs";
import { compileFunction } from "node:vm";
import { brotliDecompressSync } from "node:zlib";

const PARTS = "TABLE OF PARTS";
const loaded = new Map();

/** Runs a part of this file, once; returns what it exports. */
export function unpack(name) {
  if (!loaded.has(name)) loaded.set(name, runPart(name));
  return loaded.get(name);
}

function runPart(name) {
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
  compileFunction(code, given, { filename: `${__filename}#${name}` })(
    require,
    module,
    module.exports,
    __filename,
    __dirname,
    import.meta.url,
  );
  return module.exports;
}
