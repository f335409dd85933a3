import {
  type Catalogue,
  GrowthProof,
  holdsUnless,
  parseJson,
  readPolicy,
  readVerifier,
  unpackZip,
  verifyBundle,
} from "../../collector/verify/in-browser.ts";
import knowledge from "./knowledge.ts";
import type { Answer, Question } from "./messages.ts";

const worker = self as unknown as {
  onmessage: ((event: MessageEvent<Question>) => void) | null;
  postMessage: (answer: Answer) => void;
};

worker.onmessage = ({ data }) => {
  answer(data).then(worker.postMessage, (error: unknown) => worker.postMessage({ kind: "fault", why: String(error) }));
};

async function answer(question: Question): Promise<Answer> {
  const key = question.key.trim() === "" ? null : readVerifier(question.key.trim().split("\n")[0] ?? "");
  if (key === null && question.key.trim() !== "") return { kind: "wrong", input: "key", why: "" };
  const policy = policyOf(question.policy);
  if (typeof policy === "string") return { kind: "wrong", input: "policy", why: policy };
  const growth = question.growth.trim() === "" ? null : parseJson(GrowthProof, question.growth);
  if (growth?.ok === false) return { kind: "wrong", input: "growth", why: growth.problems.join("; ") };
  const files = filesOf(question.zip);
  if (typeof files === "string") return { kind: "findings", findings: [holdsUnless("form", [files])], name: null };
  let step = 0;
  const findings = await verifyBundle(files, {
    ...{ key, policy, kept: question.kept.trim() === "" ? null : question.kept },
    ...{ growth: growth === null ? null : growth.value, replay: question.replay, stamps: null, writePdf: null },
    catalogue: revived(knowledge),
    breathe: async () => worker.postMessage({ kind: "step", step: ++step }),
  });
  return { kind: "findings", findings, name: nameIn(files) };
}

function policyOf(text: string): ReturnType<typeof readPolicy> | null | string {
  if (text.trim() === "") return null;
  try {
    return readPolicy(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function filesOf(zip: ArrayBuffer): ReturnType<typeof unpackZip> | string {
  try {
    return unpackZip(new Uint8Array(zip));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What the bundle calls itself: to be shown, never to be relied on. */
function nameIn(files: ReturnType<typeof unpackZip>): string | null {
  const info = new TextDecoder().decode(files.get("bag-info.txt") ?? new Uint8Array());
  return /^External-Identifier: (.{1,80})$/m.exec(info)?.[1] ?? null;
}

/** Maps and sets, which the build writes as lists under a name. */
function revived(text: string): Catalogue {
  // Written by our own build from a catalogue.
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== "object" || value === null) return value;
    if ("$map" in value) return new Map(value.$map as [unknown, unknown][]);
    return "$set" in value ? new Set(value.$set as unknown[]) : value;
  }) as Catalogue;
}
