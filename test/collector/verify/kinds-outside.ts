import { BAG } from "../../../collector/evidence/bag-names.ts";
import { signCheckpoint } from "../../../protocol/checkpoint.ts";
import { type Bundle, headOf, type Kind, put, resigned, text, without } from "./edits.ts";
import { strangerOf } from "./stranger.ts";

const signatureOf = (files: Bundle) => files.get(BAG.signature) ?? Buffer.alloc(0);

/** Changes by somebody without the log's key. */
export const OUTSIDE_KINDS: readonly Kind[] = [
  ["a data file removed", "files", (files) => without(files, "data/excluded.ndjson")],
  ["a data file added", "files", (files) => put(files, "data/more.txt", "x")],
  [
    "a data file removed from the manifest too",
    "tagFiles",
    (files) =>
      put(without(files, "data/errata.md"), BAG.manifest, text(files, BAG.manifest).replace(/.*errata.*\n/, "")),
  ],
  ["a file beside the data removed", "tagFiles", (files) => without(files, "VERIFY.ru.txt")],
  ["a file beside the data added", "tagFiles", (files) => put(files, "READ-ME-FIRST.txt", "x")],
  [
    "a file renamed",
    "files",
    (files) => put(without(files, "data/limitations.md"), "data/limits.md", text(files, "data/limitations.md")),
  ],
  [
    "two files exchanged",
    "files",
    (files) =>
      put(
        put(files, "data/report.kk.html", text(files, "data/report.ru.html")),
        "data/report.ru.html",
        text(files, "data/report.kk.html"),
      ),
  ],
  ["a manifest line twice", "files", (files) => put(files, BAG.manifest, text(files, BAG.manifest).repeat(2))],
  ["an empty manifest", "files", (files) => put(files, BAG.manifest, "")],
  [
    "a manifest with a path that leads out",
    "files",
    (files) => put(files, BAG.manifest, `${text(files, BAG.manifest)}${"0".repeat(64)}  data/../../x\n`),
  ],
  [
    "manifests made anew without signing",
    "signature",
    (files, scene) => {
      const again = resigned(put(files, "data/errata.md", "nothing changed"), strangerOf(scene.identity.origin));
      return put(
        put(
          put(put(again, BAG.note, text(files, BAG.note)), BAG.signature, files.get(BAG.signature) ?? Buffer.alloc(0)),
          BAG.key,
          text(files, BAG.key),
        ),
        BAG.pem,
        text(files, BAG.pem),
      );
    },
  ],
  ["the signature removed", "signature", (files) => without(files, BAG.signature)],
  ["the note removed", "form", (files) => without(files, BAG.note)],
  [
    "the signature for openssl of another bundle",
    "signature",
    (files, scene) => put(files, BAG.signature, signatureOf(resigned(without(files, "VERIFY.kk.txt"), scene.identity))),
  ],
  ["manifest and signature of another key", "key", (files) => resigned(files, strangerOf("log.example/kz"))],
  ["the same under the log's own name", "key", (files, scene) => resigned(files, strangerOf(scene.identity.origin))],
  ["the declaration of a bag removed", "form", (files) => without(files, BAG.declaration)],
  [
    "a head signed by another key",
    "head",
    (files) => put(files, "checkpoint.txt", signCheckpoint(headOf(files), strangerOf("other").privateKeyPem)),
  ],
  [
    "the note of the manifest in place of the head",
    "head",
    (files) => put(files, "checkpoint.txt", text(files, BAG.note)),
  ],
];
