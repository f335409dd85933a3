import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createAnalysis } from "../../../collector/analysis/analysis.ts";
import type { Item } from "../../../collector/analysis/types.ts";
import { loadCatalogue } from "../../../collector/catalogue.ts";
import type { Files } from "../../../collector/evidence/files.ts";
import { type LogIdentity, logIdentity } from "../../../collector/evidence/log-identity.ts";
import { otsFile } from "../../../collector/evidence/stamp/ots.ts";
import { stampRequest } from "../../../collector/evidence/stamp/rfc3161.ts";
import { unpackZip } from "../../../collector/evidence/zip.ts";
import { storedItems } from "../../../collector/judging/stored-items.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { CHAIN_START, type ChainHead } from "../../../protocol/chain.ts";
import { signCheckpoint } from "../../../protocol/checkpoint.ts";
import { cosign, witnessVerifier } from "../../../protocol/cosignature.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { verifierText } from "../../../protocol/note.ts";
import { generateIdentity, probeIdOf, signText } from "../../../protocol/signature.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";
import { run } from "../exchange/run.ts";
import { archiveOf, cutWorld } from "../replay/archive.ts";
import { makeAuthority } from "./stamp/tsa.ts";

/** The lines of an archive with every probe under a key of its own and every entry chained and signed anew. */
export function signedLines(items: readonly Item[]): string[] {
  const keys = new Map<string, ReturnType<typeof generateIdentity>>();
  const heads = new Map<string, ChainHead>();
  const keyOf = (id: string) => {
    const key = keys.get(id) ?? generateIdentity();
    keys.set(id, key);
    return key;
  };
  return archiveOf(items).map((text) => {
    // Lines of our own making, of the form of the archive.
    const line = JSON.parse(text) as Record<string, unknown> & { type: string; entry?: Record<string, unknown> };
    if (line.type === "probe") {
      const key = keyOf(String(line.id));
      return canonicalJson({ ...line, id: probeIdOf(key.publicKey), publicKey: key.publicKey });
    }
    if (line.type === "presence")
      return canonicalJson({ ...line, probe: probeIdOf(keyOf(String(line.probe)).publicKey) });
    if (line.entry === undefined) return text;
    const key = keyOf(String(line.entry.probe));
    const probe = probeIdOf(key.publicKey);
    const head = heads.get(probe) ?? CHAIN_START;
    const entry = { ...line.entry, probe, seq: head.seq + 1, prev: head.hash };
    const hash = sha256Hex(canonicalJson(entry));
    heads.set(probe, { seq: head.seq + 1, hash });
    return canonicalJson({ ...line, entry, signature: signText(key.privateKeyPem, "journal", hash) });
  });
}

/** Files as tests handle them. */
export const buffers = (files: Files) => new Map([...files].map(([path, bytes]) => [path, Buffer.from(bytes)]));

export type Scene = {
  readonly folder: string;
  readonly incident: string;
  readonly key: string;
  readonly head: string;
  /** A signed head of the first seven leaves. */
  readonly early: string;
  readonly lines: readonly string[];
  readonly identity: LogIdentity;
  /** Who cosigned the head, and stamped it, where the scene was asked for them. */
  readonly others: Others | null;
  /** Makes a bundle of the first incident; the file's name. */
  bundleFile: (...flags: string[]) => Promise<string>;
  bundle: (...flags: string[]) => Promise<Map<string, Buffer>>;
  remove: () => void;
};

/** A collector that has taken in a morning with a cut by the import command, judged it, and signed its log. */
export async function makeScene({ witnessed = false, items = cutWorld() } = {}): Promise<Scene> {
  const folder = temporaryFolder();
  const data = join(folder.path, "collector");
  const lines = signedLines(items);
  writeFileSync(join(folder.path, "archive.ndjson"), lines.join("\n"));
  const store = await openStore(data);
  const imported = await run("import", join(folder.path, "archive.ndjson"), "--data", data);
  if (imported.code !== 0) throw new Error(imported.out);
  const analysis = createAnalysis(loadCatalogue().knowledge);
  let end = 0;
  for await (const item of storedItems(store, 0)) {
    analysis.apply(item);
    end = Math.max(end, item.at);
  }
  analysis.apply({ type: "tick", at: end + 3_600_000 });
  await store.verdicts.put(analysis.takeVerdicts());
  await store.incidents.put(analysis.incidents(), end);
  const identity = await logIdentity(store);
  // A head from when the log was shorter, as others would have kept it.
  const { origin, privateKeyPem } = identity;
  const early = signCheckpoint({ origin, size: 7, root: await store.log.root(7), more: [] }, privateKeyPem);
  await store.log.addCheckpoint({ size: 7, made: 0, note: early });
  await store.close();
  const incident = analysis.incidents()[0]?.id ?? "";
  const [key = "", , ...head] = (await run("log", "--data", data)).out.split("\n");
  const others = witnessed ? await addOthers(data, folder.path) : null;
  const bundleFile: Scene["bundleFile"] = async (...flags) => {
    const asOf = new Date(end + 3_600_000).toISOString();
    const words = ["bundle", incident, "--data", data, "--out", folder.path, "--as-of", asOf, ...flags];
    return (await run(...words)).out.trim();
  };
  return {
    ...{ others, folder: folder.path, incident, key, head: head.join("\n"), early, lines, identity, bundleFile },
    bundle: async (...flags) => buffers(unpackZip(readFileSync(await bundleFile(...flags)))),
    remove: folder.remove,
  };
}

export type Others = {
  readonly policy: string;
  readonly caFile: string;
  readonly caText: string;
  readonly witnessPem: string;
  readonly calendar: string;
  stamp: (text: Uint8Array) => Buffer;
};

/** Has the newest head cosigned by a witness, and stamped by an authority and a calendar of our own. */
async function addOthers(data: string, folder: string): Promise<Others> {
  const { privateKeyPem } = generateIdentity();
  const name = "witness.example/w1";
  mkdirSync(join(folder, "tsa"));
  const authority = makeAuthority(join(folder, "tsa"));
  const stamp = (text: Uint8Array) => authority.reply(stampRequest(text));
  const calendar = "https://calendar.example";
  // What a calendar answers: append, hash, and a promise.
  const promise = Buffer.concat([
    Buffer.of(0xf0, 2, 7, 7, 0x08, 0x00),
    Buffer.from("83dfe30d2ef90c8e", "hex"),
    Buffer.of(calendar.length + 1, calendar.length),
    Buffer.from(calendar),
  ]);
  const store = await openStore(data);
  const head = await store.log.checkpoint();
  if (head === null) throw new Error("there is no head");
  const { size, note } = head;
  const text = note.slice(0, note.lastIndexOf("\n\n") + 1);
  const witness = verifierText(witnessVerifier(name, privateKeyPem));
  await store.log.addCosignature({ size, witness, made: 0, line: cosign(text, name, privateKeyPem, 1_700_000_000) });
  const bytes = Buffer.from(note);
  await store.log.addStamp({
    size,
    kind: "rfc3161",
    authority: "https://tsa.example",
    made: 0,
    note,
    answer: stamp(bytes),
  });
  await store.log.addStamp({ size, kind: "ots", authority: calendar, made: 0, note, answer: otsFile(bytes, promise) });
  await store.close();
  const policy = `witness w1 ${witness}\nquorum w1\n`;
  return { policy, caFile: authority.caFile, caText: authority.ca, witnessPem: privateKeyPem, calendar, stamp };
}
