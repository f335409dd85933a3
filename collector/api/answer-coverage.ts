import type { Access, Role } from "../../protocol/primitives.ts";
import { type AnswerCoverage, coverageOf } from "./envelope.ts";
import type { Reader } from "./reader.ts";

type Place = {
  readonly region?: string | undefined;
  readonly asn?: number | undefined;
  readonly access?: Access | undefined;
  readonly role?: Role | undefined;
};

/** Witnesses known in the place that was asked about (banded where they are few), and so many records. */
export async function placeCoverage(
  reader: Pick<Reader, "store" | "enoughProbes">,
  { region, asn, access, role = "witness" }: Place,
  samples: number | null,
): Promise<AnswerCoverage> {
  const probes = (await reader.store.probes.all()).filter(
    (probe) =>
      probe.left === null &&
      probe.role === role &&
      (region === undefined || probe.region === region) &&
      (asn === undefined || probe.asn === asn) &&
      (access === undefined || probe.access === access),
  );
  const placed = role === "witness" && [region, asn, access].some((one) => one !== undefined);
  return coverageOf({ probes: probes.length, samples, placed }, reader);
}
