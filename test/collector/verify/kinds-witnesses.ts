import { signCheckpoint } from "../../../protocol/checkpoint.ts";
import { cosign } from "../../../protocol/cosignature.ts";
import { leafHash } from "../../../protocol/merkle.ts";
import { generateIdentity } from "../../../protocol/signature.ts";
import type { Scene } from "../evidence/scene.ts";
import { type Bundle, headOf, type Kind, put, text, without } from "./edits.ts";

const LINES = "cosignatures.txt";
const NAME = "witness.example/w1";

const bodyOf = (files: Bundle) => text(files, "checkpoint.txt").replace(/\n\n[\s\S]*$/, "\n");
const othersOf = ({ others }: Scene) => {
  if (others === null) throw new Error("the scene has no witness");
  return others;
};
const flipped = (files: Bundle, path: string, at: number) => {
  const bytes = Buffer.from(files.get(path) ?? "");
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return put(files, path, bytes);
};

/** Changes to what witnesses and keepers of time said. */
export const WITNESS_KINDS: readonly Kind[] = [
  ["the line of a witness removed", "witnesses", (files) => without(files, LINES)],
  [
    "the line of a witness over another head",
    "witnesses",
    (files, scene) =>
      put(files, LINES, cosign(bodyOf(files).replace(/\n\d+\n/, "\n7\n"), NAME, othersOf(scene).witnessPem, 1)),
  ],
  [
    "the time of a witness moved back",
    "witnesses",
    (files) =>
      put(
        files,
        LINES,
        text(files, LINES).replace(/ (\S+)\n$/, (_, data: string) => {
          const bytes = Buffer.from(data, "base64");
          bytes[10] = 0;
          return ` ${bytes.toString("base64")}\n`;
        }),
      ),
  ],
  [
    "a stranger's line under the name of a witness",
    "witnesses",
    (files) => put(files, LINES, cosign(bodyOf(files), NAME, generateIdentity().privateKeyPem, 1_700_000_000)),
  ],
  [
    "a time stamp with a bit flipped in its signature",
    "stamp",
    (files) => flipped(files, "timestamp.tsr", (files.get("timestamp.tsr")?.length ?? 1) - 5),
  ],
  [
    "a time stamp over another head",
    "stamp",
    (files, scene) => put(files, "timestamp.tsr", othersOf(scene).stamp(Buffer.from("another head"))),
  ],
  [
    "a stamped head that is none of this log",
    "stamp",
    (files, scene) => {
      const note = signCheckpoint({ ...headOf(files), root: leafHash("y") }, scene.identity.privateKeyPem);
      return put(put(files, "timestamp.txt", note), "timestamp.tsr", othersOf(scene).stamp(Buffer.from(note)));
    },
  ],
  ["the stamped head removed", "stamp", (files) => without(files, "timestamp.txt")],
  ["an OpenTimestamps proof over another head", "calendar", (files) => flipped(files, "timestamp.ots", 40)],
  [
    "an OpenTimestamps proof cut short",
    "calendar",
    (files) => put(files, "timestamp.ots", (files.get("timestamp.ots") ?? Buffer.alloc(0)).subarray(0, 70)),
  ],
];
