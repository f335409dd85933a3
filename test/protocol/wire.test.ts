import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { ArchiveLine } from "../../protocol/archive.ts";
import { GENESIS } from "../../protocol/chain.ts";
import { WorldEvent } from "../../protocol/event.ts";
import { Incident } from "../../protocol/incident.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { check } from "../../protocol/parse.ts";
import { Target } from "../../protocol/target.ts";
import { Verdict } from "../../protocol/verdict.ts";
import { Batch, CollectorFrame, JoinRequest, JoinResponse, ProbeConfig, ProbeFrame } from "../../protocol/wire.ts";
import { loadEvents, loadTargetList } from "../../targets/load.ts";
import { entryOf } from "./samples.ts";

const at = "2022-01-05T10:30:00.000Z";
const probe = "0123456789abcdef0123456789abcdef";
const signature = "A".repeat(86);
const config = { heartbeatS: 30, roundS: 900, linkS: 15, list: loadTargetList() };
const join = { code: "ABCD-EFGH", publicKey: "A".repeat(43), signature, consent: "2026-11" };
const batch = { probe, entries: ["{}"], signature };
const verdict = {
  code: "tls_drop",
  stage: "tls",
  strength: "contrasted",
  rule: "tls-1",
  rulesVersion: "1",
  reasons: [{ says: "silent after ClientHello", steps: [3], of: "probe" }],
};
const incident = {
  id: "i1",
  kind: "block",
  method: "tls_drop",
  extent: null,
  targets: ["orda.kz"],
  asns: [9198],
  regions: ["KZ-75"],
  access: ["fixed"],
  start: { earliest: at, latest: at },
  end: null,
  detectedAt: at,
  confidence: "probable",
  witnesses: 4,
  measurements: 120,
  causes: [{ cause: "power cut", score: -5, verdict: "contradicted", because: ["the probes were up"] }],
};
const [event] = loadEvents();
const [target] = loadTargetList().targets;

const hello = { t: "hello", v: 1, probe, signature, software: "kuager/0.1.0", listVersion: null };
const welcome = { t: "welcome", seq: 0, hash: GENESIS, at, config: null, heartbeatS: 30 };

const VALID: [string, z.ZodType, unknown][] = [
  ["join request", JoinRequest, join],
  ["join response", JoinResponse, { probe, role: "witness", region: "KZ-75", asn: 9198, access: "fixed", config }],
  ["configuration with the project's own list", ProbeConfig, config],
  ["batch", Batch, batch],
  ["hello", ProbeFrame, hello],
  ["beat", ProbeFrame, { t: "beat", seq: 3 }],
  ["bye", ProbeFrame, { t: "bye", reason: "stopped" }],
  ["challenge", CollectorFrame, { t: "challenge", v: 1, nonce: "n".repeat(16), at }],
  ["welcome", CollectorFrame, welcome],
  ["ack", CollectorFrame, { t: "ack", seq: 3, at }],
  ["time", CollectorFrame, { t: "time", at }],
  ["task", CollectorFrame, { t: "task", kind: "round", targets: ["orda.kz"] }],
  ["refusal", CollectorFrame, { t: "refuse", code: "gap", says: "entry 4 is missing", retryAfterS: null }],
  ["collector frame with a field of a newer version", CollectorFrame, { ...welcome, mood: "good" }],
  ["verdict", Verdict, verdict],
  ["incident", Incident, incident],
  ["event", WorldEvent, event],
  ["target", Target, target],
  ["archived probe", ArchiveLine, { type: "probe", id: probe, role: "control", asn: null, region: "DE", access: null }],
  ["archived target", ArchiveLine, { type: "target", id: "a.kz", url: "https://a.kz/", category: "any" }],
  ["archived presence", ArchiveLine, { type: "presence", probe, from: at, to: at, received: at }],
  ["archived entry", ArchiveLine, { type: "entry", received: at, entry: entryOf("web") }],
  ["archived event", ArchiveLine, { type: "event", ...event }],
];

describe("a message or record is accepted", () => {
  test.each(VALID)("%s", (_, schema, value) => {
    expect(check(schema, value)).toEqual({ ok: true, value });
  });
});

const WRONG: [string, z.ZodType, unknown, string][] = [
  ["join request with a short code", JoinRequest, { ...join, code: "A" }, "code"],
  ["join request with a malformed key", JoinRequest, { ...join, publicKey: "+".repeat(43) }, "publicKey"],
  ["join request with more than is asked (a name, say)", JoinRequest, { ...join, name: "A. B." }, "(value)"],
  ["configuration that would hammer the network", ProbeConfig, { ...config, roundS: 0 }, "roundS"],
  ["configuration without a list", ProbeConfig, { ...config, list: null }, "list"],
  ["empty batch", Batch, { ...batch, entries: [] }, "entries"],
  ["batch of too many entries", Batch, { ...batch, entries: Array(LIMITS.entriesPerBatch + 1).fill("{}") }, "entries"],
  ["batch with an oversized entry", Batch, { ...batch, entries: ["x".repeat(LIMITS.entryBytes + 1)] }, "entries.0"],
  ["batch without a signature", Batch, { probe, entries: ["{}"] }, "signature"],
  ["batch with objects instead of text", Batch, { ...batch, entries: [{}] }, "entries.0"],
  ["hello of another protocol version", ProbeFrame, { ...hello, v: 2 }, "v"],
  ["hello with a field that does not belong", ProbeFrame, { ...hello, ip: "192.0.2.1" }, "(value)"],
  ["frame of an unknown kind", ProbeFrame, { t: "shutdown" }, "t"],
  ["beat with a negative number", ProbeFrame, { t: "beat", seq: -1 }, "seq"],
  ["challenge with a short nonce", CollectorFrame, { t: "challenge", v: 1, nonce: "n", at }, "nonce"],
  [
    "refusal that says come back in a year",
    CollectorFrame,
    { t: "refuse", code: "x", says: "", retryAfterS: 3e7 },
    "retryAfterS",
  ],
  ["verdict of an unknown code", Verdict, { ...verdict, code: "censored" }, "code"],
  ["incident with a region that cannot be", Incident, { ...incident, regions: ["Almaty"] }, "regions.0"],
  [
    "incident with an invented cause",
    Incident,
    { ...incident, causes: [{ ...incident.causes[0], cause: "aliens" }] },
    "causes.0.cause",
  ],
  ["event of an unknown precision", WorldEvent, { ...event, precision: "year" }, "precision"],
  ["target of risk tier 0", Target, { ...target, risk: 0 }, "risk"],
  ["target without its kind", Target, { ...target, kind: undefined }, "kind"],
  ["archive line of an unknown type", ArchiveLine, { type: "diary" }, "type"],
];

describe("a message or record is refused, and the place named", () => {
  test.each(WRONG)("%s", (_, schema, value, place) => {
    const result = check(schema, value);
    expect(result.ok ? [] : result.problems.map((problem) => problem.split(": ")[0])).toContain(place);
  });
});

test("limits fit into each other: an entry into a batch, a batch of few entries into a message", () => {
  expect(LIMITS.entryBytes).toBeLessThan(LIMITS.batchBytes);
  expect(LIMITS.blockPageBytes).toBeLessThan(LIMITS.entryBytes);
  expect(LIMITS.messageBytes).toBeGreaterThan(LIMITS.entryBytes);
});
