import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { generateIdentity, signText } from "../../../protocol/signature.ts";
import {
  type Bundle,
  CONTEXT,
  CONTROLS,
  changeEntry,
  editJson,
  type Kind,
  lines,
  MEASURED,
  part,
  put,
  putLines,
} from "./edits.ts";

const swap = <T>(list: readonly T[], a: number, b: number) => {
  const [first, second] = [list[a], list[b]];
  return first === undefined || second === undefined ? [...list] : list.with(a, second).with(b, first);
};

/** The first record gone, and every number that tells of it. */
function removeWhole(files: Bundle): Bundle {
  const shorter = putLines(files, MEASURED, lines(files, MEASURED).slice(1));
  const told = editJson(shorter, "data/incident.json", (facts) => {
    const entries = part(part(facts, "counts"), "entries");
    entries.witnesses = Number(entries.witnesses) - 1;
  });
  return editJson(told, "log-proof.json", (proof) => {
    proof.leaves = (proof.leaves as number[]).slice(1);
  });
}

/** Changes to the records themselves. */
export const RECORDS_KINDS: readonly Kind[] = [
  [
    "a record edited",
    "entries",
    (files) =>
      changeEntry(files, (entry) => {
        part(entry, "body").durationMs = 1;
      }),
  ],
  [
    "a record edited, its place in the log",
    "inclusion",
    (files) =>
      changeEntry(files, (entry) => {
        part(entry, "body").durationMs = 1;
      }),
  ],
  ["a record removed", "inclusion", (files) => putLines(files, MEASURED, lines(files, MEASURED).slice(1))],
  ["a record removed from the middle with its place and count", "inclusion", (files) => removeWhole(files)],
  ["records reordered", "inclusion", (files) => putLines(files, MEASURED, swap(lines(files, MEASURED), 0, 5))],
  [
    "a record twice",
    "inclusion",
    (files) => putLines(files, MEASURED, [...lines(files, MEASURED), lines(files, MEASURED)[0] ?? ""]),
  ],
  [
    "a control passed off as a witness",
    "places",
    (files) => {
      const controls = lines(files, CONTROLS);
      return putLines(putLines(files, CONTROLS, controls.slice(1)), MEASURED, [
        ...lines(files, MEASURED),
        controls[0] ?? "",
      ]);
    },
  ],
  [
    "controls and witnesses exchanged",
    "places",
    (files) =>
      put(
        put(files, MEASURED, files.get(CONTROLS) ?? Buffer.alloc(0)),
        CONTROLS,
        files.get(MEASURED) ?? Buffer.alloc(0),
      ),
  ],
  [
    "a control replaced by another's record",
    "entries",
    (files) =>
      changeEntry(
        files,
        (entry) => {
          entry.probe = "0".repeat(32);
        },
        CONTROLS,
      ),
  ],
  [
    "roles of probes exchanged",
    "places",
    (files) =>
      putLines(
        files,
        CONTEXT,
        lines(files, CONTEXT).map((line) => line.replace('"role":"witness"', '"role":"control"')),
      ),
  ],
  [
    "a probe's key exchanged",
    "entries",
    (files) =>
      putLines(
        files,
        CONTEXT,
        lines(files, CONTEXT).map((line) =>
          line.replace(/"publicKey":"[^"]+"/, `"publicKey":"${generateIdentity().publicKey}"`),
        ),
      ),
  ],
  [
    "the signatures of probes removed",
    "entries",
    (files) =>
      putLines(
        files,
        MEASURED,
        lines(files, MEASURED).map((line) => line.replace(/,"signature":"[^"]+"/, "")),
      ),
  ],
  [
    "a record forged under a key that is not its probe's",
    "entries",
    (files) =>
      changeEntry(files, (entry, line) => {
        entry.at = "2021-01-01T00:00:00.000Z";
        line.signature = signText(generateIdentity().privateKeyPem, "journal", sha256Hex(canonicalJson(entry)));
      }),
  ],
  [
    "times of receipt edited",
    "replay",
    (files) =>
      putLines(
        files,
        MEASURED,
        lines(files, MEASURED).map((line) =>
          line.replace(
            /("received":"2\d{3}-\d\d-\d\dT)(\d\d)/,
            (_all, day: string, hour: string) => `${day}${String((Number(hour) + 5) % 24).padStart(2, "0")}`,
          ),
        ),
      ),
  ],
  [
    "presences removed",
    "replay",
    (files) =>
      putLines(
        files,
        CONTEXT,
        lines(files, CONTEXT).filter((line) => !line.includes('"type":"presence"')),
      ),
  ],
  ["records that cannot be unpacked", "places", (files) => put(files, CONTROLS, Buffer.from("no gzip"))],
];
