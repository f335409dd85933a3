import { gunzipSync, gzipSync } from "node:zlib";
import { makeBag } from "../../../collector/evidence/bag.ts";
import { BAG, UNLISTED } from "../../../collector/evidence/bag-names.ts";
import type { LogIdentity } from "../../../collector/evidence/log-identity.ts";
import type { CheckName } from "../../../collector/verify/finding.ts";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { readCheckpoint, signCheckpoint } from "../../../protocol/checkpoint.ts";
import { buffers, type Scene } from "../evidence/scene.ts";

export type Bundle = Map<string, Buffer>;
export type Loose = Record<string, unknown>;
/** A kind of change: what it is, the check that must catch it, and the change. */
export type Kind = readonly [string, CheckName, (files: Bundle, scene: Scene) => Bundle];

export const text = (files: Bundle, path: string) => files.get(path)?.toString("utf8") ?? "";
export const put = (files: Bundle, path: string, content: string | Buffer) =>
  new Map(files).set(path, Buffer.isBuffer(content) ? content : Buffer.from(content, "utf8"));
export const without = (files: Bundle, path: string) => new Map([...files].filter(([name]) => name !== path));
export const lines = (files: Bundle, path: string) =>
  gunzipSync(files.get(path) ?? Buffer.alloc(0))
    .toString("utf8")
    .trimEnd()
    .split("\n");
export const putLines = (files: Bundle, path: string, list: readonly string[]) =>
  put(files, path, gzipSync(list.map((line) => `${line}\n`).join(""), { level: 9 }));
export const editJson = (files: Bundle, path: string, edit: (value: Loose) => void) => {
  // Files of our own making, whose form the test knows.
  const value = JSON.parse(text(files, path)) as Loose;
  edit(value);
  return put(files, path, `${canonicalJson(value)}\n`);
};
export const part = (value: Loose, name: string) => value[name] as Loose;
export const MEASURED = "data/measurements.ndjson.gz";
export const CONTROLS = "data/controls.ndjson.gz";
export const CONTEXT = "data/context.ndjson.gz";

/** What somebody with a key can do after a change: both manifests and the signature made anew. */
export function resigned(files: Bundle, identity: LogIdentity): Bundle {
  const made: ReadonlySet<string> = new Set(Object.values(BAG));
  const data = new Map(
    [...files].flatMap(([path, bytes]) => (path.startsWith("data/") ? [[path.slice(5), bytes]] : [])),
  );
  const tags = new Map(
    [...files].filter(([path]) => !path.startsWith("data/") && !made.has(path) && !UNLISTED.has(path)),
  );
  const info = Object.fromEntries(
    text(files, BAG.info)
      .trimEnd()
      .split("\n")
      .map((line) => line.split(": "))
      .filter(([name]) => name !== "Payload-Oxum"),
  );
  return buffers(makeBag({ data, tags, info }, identity));
}

/** A measurement's line with an entry changed; its hash, and so chain and signature, are then others. */
export const changeEntry = (files: Bundle, edit: (entry: Loose, line: Loose) => void, path = MEASURED) => {
  const list = lines(files, path);
  const at = list.findIndex((line) => line.includes('"kind":"web"'));
  const line = JSON.parse(list[at] ?? "{}") as Loose;
  edit(part(line, "entry"), line);
  return putLines(files, path, list.with(at, canonicalJson(line)));
};

/** The head of a bundle. */
export const headOf = (files: Bundle) => {
  const head = readCheckpoint(text(files, "checkpoint.txt"));
  if (head === null) throw new Error("the bundle has no head");
  return head;
};

/** The head of a bundle with something changed, signed by the log itself. */
export const signedHead = (files: Bundle, scene: Scene, change: object) =>
  signCheckpoint({ ...headOf(files), ...change }, scene.identity.privateKeyPem);
