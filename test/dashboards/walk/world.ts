import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadCatalogue } from "../../../collector/catalogue.ts";
import { runImport } from "../../../collector/commands/import-command.ts";
import { pages } from "../../../dashboards/pages.ts";
import { startCollector, type TestCollector } from "../../collector/test-collector.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";
import { archiveOf } from "../../sim/archive.ts";
import { generate } from "../../sim/generate.ts";
import type { Act, Scenario } from "../../sim/scenario.ts";
import { MINUTE, utc } from "../../sim/scenarios/places.ts";

const TARGETS = ["orda.kz", "azattyq.org", "vlast.kz", "www.facebook.com"];
const AREAS = [
  { asn: 9198, region: "KZ-75", access: "fixed", probes: 4 },
  { asn: 29355, region: "KZ-75", access: "mobile", probes: 4 },
  { asn: 29355, region: "KZ-71", access: "mobile", probes: 3 },
] as const;

/** Two spans of time with real records of simulated probes: January 2022, and one day of 2026. */
const SPANS: readonly { name: string; from: string; to: string; acts: readonly Act[] }[] = [
  {
    name: "then",
    from: "2022-01-03T18:00",
    to: "2022-01-05T06:00",
    acts: [
      {
        act: "block",
        ...{ from: utc("2022-01-04T06:00"), to: utc("2022-01-04T20:00"), scope: {} },
        ...{ targets: ["orda.kz"], method: "tls_drop" },
      },
    ],
  },
  {
    name: "lately",
    from: "2026-10-05T00:00",
    to: "2026-10-06T06:00",
    acts: [
      {
        act: "block",
        ...{ from: utc("2026-10-05T08:00"), to: utc("2026-10-05T20:00") },
        ...{ scope: { asns: [29355], regions: ["KZ-75"] }, targets: ["vlast.kz"], method: "tls_reset" },
      },
      {
        act: "cut",
        ...{ from: utc("2026-10-05T22:00"), to: utc("2026-10-05T23:10") },
        ...{ scope: { regions: ["KZ-75"] }, line: "isp" },
      },
    ],
  },
];

/** A real collector with its real pages over a small past; its incidents were found by the analysis. */
export async function startWorld(): Promise<TestCollector> {
  const folder = temporaryFolder();
  const { knowledge } = loadCatalogue();
  for (const span of SPANS) {
    const file = join(folder.path, `${span.name}.ndjson`);
    writeFileSync(
      file,
      [...archiveOf(scenarioOf(span), generate(scenarioOf(span), knowledge.targets, 1), urlOf)].join(""),
    );
    await runImport(["--unsigned", "--data", folder.path, file], silent());
  }
  const collector = await startCollector({ folder: folder.path, pages, flags: { "version-seconds": "0" } });
  return {
    ...collector,
    close: async () => {
      await collector.close();
      folder.remove();
    },
  };
}

function scenarioOf({ name, from, to, acts }: (typeof SPANS)[number]): Scenario {
  return {
    ...{ name, about: "a walk of readers", from: utc(from), to: utc(to), areas: AREAS, targets: TARGETS },
    ...{ speed: [], roundMs: 15 * MINUTE, acts, truths: [] },
  };
}

function urlOf(target: string): string {
  return `https://${target}/`;
}

function silent(): Parameters<typeof runImport>[1] {
  const quiet = () => undefined;
  return { out: quiet, err: quiet, ask: async () => null, env: {}, signal: new AbortController().signal };
}
