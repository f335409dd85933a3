import type { Finding } from "../../collector/verify/in-browser-words.ts";

/** What the page asks of its worker. */
export type Question = {
  readonly zip: ArrayBuffer;
  /** Text of the log's key, of a kept head, of the log's proof between both, and of a policy; empty where there is none. */
  readonly key: string;
  readonly kept: string;
  readonly growth: string;
  readonly policy: string;
  readonly replay: boolean;
};

/** What the worker answers: how far it is, what it found, or which of the reader's own inputs is none. */
export type Answer =
  | { readonly kind: "step"; readonly step: number }
  | { readonly kind: "findings"; readonly findings: readonly Finding[]; readonly name: string | null }
  | { readonly kind: "wrong"; readonly input: "key" | "policy" | "growth"; readonly why: string }
  | { readonly kind: "fault"; readonly why: string };
