import type { StatementBeside } from "../../../collector/evidence/facts.ts";

type Names = StatementBeside["summary"];

/** A statement beside what was measured at its hour, with an explanation and a denial held against the records. */
export function fullStatement(names: (text: string) => Names, at: (clock: string) => string): StatementBeside {
  return {
    id: "s1",
    speaker: "Ministry of Digital Development",
    body: "state",
    at: at("10:00"),
    precision: "minute",
    claim: "explains",
    cause: "power cut",
    summary: names("An accident in the power supply."),
    place: "KZ",
    from: null,
    to: null,
    targets: [],
    asns: [],
    regions: [],
    source: "https://example.org/s",
    archived: { url: null, sha256: "ab".repeat(32), retrieved: at("20:00") },
    measured: {
      from: at("10:00"),
      to: at("11:00"),
      watched: { min: 43, max: 67, expected: 71 },
      incidents: [
        {
          id: "shutdown-KZ-20220105-1a2b3c",
          number: "KZ-2022-0043",
          kind: "shutdown",
          extent: "domestic-only",
          confidence: "confirmed",
          start: { earliest: at("09:31"), latest: at("09:37") },
          end: null,
          targets: [],
          regions: ["KZ-75"],
        },
      ],
    },
    hypotheses: [
      {
        claim: "power cut",
        predictions: [names("the machines go off themselves and start anew")],
        verdict: "contradicted",
        reason: "records",
        grounds: [
          {
            incident: "shutdown-KZ-20220105-1a2b3c",
            verdict: "contradicted",
            because: ["53 hosts kept their power"],
          },
        ],
      },
      {
        claim: "no order",
        predictions: [names("it foretells nothing that is measured")],
        verdict: "untestable",
        reason: "not measured",
        grounds: [],
      },
    ],
  };
}
