import { readCheckpoint, signCheckpoint } from "../../../protocol/checkpoint.ts";
import { leafHash } from "../../../protocol/merkle.ts";
import type { Scene } from "../evidence/scene.ts";
import { type Bundle, editJson, headOf, type Kind, type Loose, part, put, signedHead } from "./edits.ts";

function staleEverywhere(files: Bundle, scene: Scene): Bundle {
  const { size, root } = readCheckpoint(scene.early) ?? headOf(files);
  const told = editJson(put(files, "checkpoint.txt", scene.early), "data/incident.json", (facts) => {
    Object.assign(part(facts, "log"), { size, root: Buffer.from(root).toString("hex") });
  });
  return editJson(told, "log-proof.json", (proof) => {
    proof.size = size;
  });
}

function forked(files: Bundle, scene: Scene): Bundle {
  const root = leafHash("another history");
  return editJson(put(files, "checkpoint.txt", signedHead(files, scene, { root })), "data/incident.json", (facts) => {
    part(facts, "log").root = Buffer.from(root).toString("hex");
  });
}

/** Changes to the head of the log and the proofs. */
export const LOG_KINDS: readonly Kind[] = [
  ["a stale head of a shorter log", "head", (files, scene) => put(files, "checkpoint.txt", scene.early)],
  ["a stale head, told in all places", "inclusion", (files, scene) => staleEverywhere(files, scene)],
  ["a forked log: another root", "inclusion", (files, scene) => forked(files, scene)],
  ["a forked log against the head that was kept", "keptHead", (files, scene) => forked(files, scene)],
  ["a forked log against earlier heads", "history", (files, scene) => forked(files, scene)],
  [
    "a head of another log",
    "head",
    (files, scene) =>
      put(files, "checkpoint.txt", signCheckpoint({ ...headOf(files), origin: "other" }, scene.identity.privateKeyPem)),
  ],
  [
    "an earlier head replaced",
    "history",
    (files, scene) =>
      editJson(files, "log-proof.json", (proof) => {
        const [old] = proof.history as Loose[];
        if (old !== undefined) old.note = signedHead(files, scene, { size: 7, root: leafHash("x") });
      }),
  ],
  [
    "a hash of the proof edited",
    "inclusion",
    (files) =>
      editJson(files, "log-proof.json", (proof) => {
        proof.path = [...(proof.path as string[]), "0".repeat(64)];
      }),
  ],
  [
    "places in the log shifted",
    "inclusion",
    (files) =>
      editJson(files, "log-proof.json", (proof) => {
        proof.leaves = (proof.leaves as number[]).map((leaf) => leaf + 1);
      }),
  ],
  [
    "places in the log cut short",
    "inclusion",
    (files) =>
      editJson(files, "log-proof.json", (proof) => {
        proof.leaves = (proof.leaves as number[]).slice(1);
      }),
  ],
  ["a proof that is none", "inclusion", (files) => put(files, "log-proof.json", "[]")],
];
