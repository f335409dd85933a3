import type { Facts } from "./facts.ts";

/** errata.md: what each version changes against the one before, and why. */
export function errataText({ incident, bundle, earlier, publication }: Facts): string {
  const lines = [`# Versions and errata: ${bundle.id}`, ""];
  const versions = publication?.versions ?? [];
  for (const { number, version, publishedAt, change, changed, note, erratum, other } of versions)
    lines.push(
      `## ${number}-v${version}, ${publishedAt}`,
      "",
      `- why: ${change}${other === null ? "" : ` (${other})`}`,
      ...(changed.length === 0 ? [] : [`- changed: ${changed.join(", ")}`]),
      ...(erratum ? ["- erratum: the version before held a fault of ours"] : []),
      ...(["kk", "ru", "en"] as const).flatMap((language) =>
        note?.[language] === undefined ? [] : [`- ${language}: ${note[language]}`],
      ),
      "",
    );
  if (versions.length === 0) lines.push(...unpublished(incident), "");
  lines.push(
    ...earlier.map(
      ({ asOf, confidence, witnesses }) =>
        `- As known at ${asOf}: ${confidence}, ${witnesses === 0 || witnesses > 2 ? witnesses : "1-2"} witnesses.`,
    ),
  );
  return `${lines.join("\n").trimEnd()}\n`;
}

function unpublished({ version = 1, supersedes, reason }: Facts["incident"]): string[] {
  return [
    "This incident has no number yet.",
    "",
    supersedes == null
      ? `Version ${version} of the analysis: replaces no other.`
      : `Version ${version} of the analysis replaces ${supersedes}: ${reason ?? "no reason was recorded"}.`,
  ];
}
