import { canonicalJson } from "../../protocol/canonical-json.ts";
import type { Facts } from "./facts.ts";

/** custody.ndjson: what happened to the records and to what is said of them, step by step, in the order of time. */
export function custodyLines({ bundle, incident, log, window, publication, outside }: Facts): string[] {
  const steps = [
    {
      at: window.from,
      by: "probes and collector",
      what: "first moment from which records are enclosed, as the collector received them",
    },
    { at: window.to, by: "probes and collector", what: "moment up to which records are enclosed" },
    { at: incident.detectedAt, by: `rules ${bundle.rulesVersion}`, what: "the incident was noticed" },
    ...outside.map(({ retrieved, source, sha256 }) => ({
      at: retrieved,
      by: source,
      what: "an answer of another project was received",
      out: sha256,
    })),
    ...(publication?.registry ?? []).flatMap(({ asked, target, answerSha256 }) =>
      answerSha256 === null
        ? []
        : [{ at: asked, by: "collector", what: `the public registry was asked for ${target}`, out: answerSha256 }],
    ),
    ...(publication?.statements ?? []).flatMap(({ archived, id }) =>
      archived === null
        ? []
        : [
            {
              at: archived.retrieved,
              by: "collector",
              what: `the source of statement ${id} was archived`,
              out: archived.sha256,
            },
          ],
    ),
    ...(publication?.versions ?? []).map(({ publishedAt, number, version, change }) => ({
      at: publishedAt,
      by: change === "first" || change === "records" ? "collector" : "review",
      what: `${number}-v${version} was published (${change})`,
    })),
    {
      at: bundle.asOf,
      by: "collector",
      what: `the head of the log ${log.origin} over ${log.size} records was taken`,
      out: log.root,
    },
    { at: bundle.made, by: bundle.software, what: `the bundle ${bundle.id} was made` },
  ];
  return steps
    .map((step, at) => ({ step, at }))
    .sort((a, b) => (a.step.at === b.step.at ? a.at - b.at : a.step.at < b.step.at ? -1 : 1))
    .map(({ step }) => canonicalJson(step));
}
