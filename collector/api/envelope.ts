import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { Utc } from "../../protocol/primitives.ts";
import type { EpochMs } from "../analysis/types.ts";
import { utc } from "../time.ts";
import { LICENSE, type Reader } from "./reader.ts";
import { Band, isSmall, smallBand } from "./small-cells.ts";
import { LEAST_PROBES } from "./types.ts";

const LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/";

/** How much stands behind an answer. `band` stands in place of a count of so few probes that it could point at one. */
export const AnswerCoverage = z.strictObject({
  probes: z
    .int()
    .min(0)
    .nullable()
    .describe(
      `probes behind the answer; null where there are fewer than ${LEAST_PROBES} (or what this collector set above it), or none is meant`,
    ),
  band: Band.nullable().describe("stands in place of a small count, such as 1-2"),
  samples: z.int().min(0).nullable().describe("records behind the answer; null where it is not made of records"),
});
export type AnswerCoverage = z.infer<typeof AnswerCoverage>;

/** What every answer carries. */
export const ENVELOPE = {
  license: z.string().describe("licence of the data"),
  generated_at: Utc.describe("when the answer was made"),
  as_of: Utc.describe("the state of knowledge that it shows; asked with it again, what is repeatable is repeated"),
  methodology_version: z.string().describe("version of the rules by which was judged"),
  coverage: AnswerCoverage,
  cite: z.string().describe("permanent address of this answer"),
};
const Envelope = z.strictObject(ENVELOPE);
export type Envelope = z.infer<typeof Envelope>;

export type EnvelopeParts = {
  /** Null: as known now. */
  readonly asOf: EpochMs | null;
  readonly coverage: AnswerCoverage;
  /** Whether the question takes `as_of`: then the permanent address says it. */
  readonly citesTime: boolean;
};

/** What every answer carries, for one request. */
export function envelopeOf(reader: Reader, request: FastifyRequest, parts: EnvelopeParts): Envelope {
  const generatedAt = utc(reader.now());
  const asOf = parts.asOf === null ? generatedAt : utc(parts.asOf);
  return {
    license: LICENSE,
    generated_at: generatedAt,
    as_of: asOf,
    methodology_version: reader.rulesVersion,
    coverage: parts.coverage,
    cite: citeOf(reader, request, parts.citesTime ? asOf : null),
  };
}

/** The same in headers, for answers that are tables; links as RFC 8574 (cite-as) and RFC 4946 (license) have them. */
export function sendEnvelope(reply: FastifyReply, envelope: Envelope, next: string | null): void {
  const { coverage, cite } = envelope;
  const links = [
    ...(next === null ? [] : [`<${next}>; rel="next"`]),
    `<${cite}>; rel="cite-as"`,
    ...(envelope.license === LICENSE ? [`<${LICENSE_URL}>; rel="license"`] : []),
  ];
  reply.headers({
    link: links.join(", "),
    "x-license": envelope.license,
    "x-generated-at": envelope.generated_at,
    "x-as-of": envelope.as_of,
    "x-methodology-version": envelope.methodology_version,
    "x-coverage-probes": String(coverage.probes ?? coverage.band ?? ""),
    "x-coverage-samples": String(coverage.samples ?? ""),
  });
}

/** A count of probes of a place, banded where it is small; `placed` is false for the whole country. */
export function coverageOf(
  { probes, samples, placed }: { readonly probes: number; readonly samples: number | null; readonly placed: boolean },
  { enoughProbes }: Pick<Reader, "enoughProbes">,
): AnswerCoverage {
  const few = placed && probes > 0 && isSmall("witness", probes, enoughProbes);
  return { probes: few ? null : probes, band: few ? smallBand(enoughProbes) : null, samples };
}

/** The address of a request with other parameters; null takes one out. Absolute where the public address is known. */
export function addressWith(
  { publicUrl }: Pick<Reader, "publicUrl">,
  request: FastifyRequest,
  changes: Readonly<Record<string, string | null>>,
): string {
  const [path = "", query = ""] = request.url.split("?");
  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  }
  const text = parameters.toString();
  return `${publicUrl ?? ""}${path}${text === "" ? "" : `?${text}`}`;
}

function citeOf(reader: Reader, request: FastifyRequest, asOf: string | null): string {
  return addressWith(reader, request, asOf === null ? {} : { as_of: asOf });
}
