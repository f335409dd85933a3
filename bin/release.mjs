// Makes a signed release of the probe: dist/release/ with the bundle, its data and release.json.
//   node bin/release.mjs --new-key FILE            makes a release key, once; keep it offline
//   node bin/release.mjs --key FILE [--notes TEXT] builds, bundles, hashes and signs

import { spawnSync } from "node:child_process";
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./ready.mjs";

const say = (line) => process.stdout.write(`${line}\n`);
const { values } = parseArgs({
  options: { "new-key": { type: "string" }, key: { type: "string" }, notes: { type: "string" } },
});
if (values["new-key"] !== undefined) makeKey(values["new-key"]);
else if (values.key !== undefined) await release(values.key, values.notes ?? "");
else {
  process.stderr.write("Usage: node bin/release.mjs --new-key FILE | --key FILE [--notes TEXT]\n");
  process.exit(2);
}

function makeKey(file) {
  if (existsSync(file)) throw new Error(`${file} exists already: a release key is never written over`);
  const { privateKey } = generateKeyPairSync("ed25519");
  writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  say(`${file} is the release key. Its public part: ${publicPart(privateKey)}`);
  say("Probes learn it when they join a collector that has a release: kuager collector serve --releases DIR");
}

async function release(keyFile, notes) {
  run(process.execPath, [join(root, "bin/build.mjs")]);
  run(process.execPath, [join(root, "bin/bundle.mjs")]);
  const { releaseText } = await import("../dist/protocol/release.js");
  const { signText } = await import("../dist/protocol/signature.js");
  const folder = join(root, "dist/release");
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(root, "dist/bundle"), folder, { recursive: true });
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ name: relative(folder, path), ...hashed(path) }));
  const made = { version, publishedAt: new Date().toISOString(), files, notes };
  const pem = readFileSync(keyFile, "utf8");
  const signed = {
    release: made,
    key: publicPart(createPrivateKey(pem)),
    signature: signText(pem, "release", releaseText(made)),
  };
  writeFileSync(join(folder, "release.json"), `${JSON.stringify(signed, null, 2)}\n`);
  say(`dist/release: version ${version}, ${files.length} files, signed with ${signed.key}`);
}

function run(...command) {
  const [program, ...args] = command.flat();
  const { status } = spawnSync(program, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

function hashed(path) {
  const data = readFileSync(path);
  return { bytes: data.length, sha256: createHash("sha256").update(data).digest("hex") };
}

function publicPart(privateKey) {
  return createPublicKey(privateKey).export({ format: "jwk" }).x;
}
