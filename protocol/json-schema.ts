import { z } from "zod";
import { ArchiveLine, Presence, ProbeInfo } from "./archive.ts";
import { WorldEvent } from "./event.ts";
import { Incident } from "./incident.ts";
import { Entry } from "./records/entry.ts";
import { Anchor, Target, TargetList } from "./target.ts";
import { Verdict } from "./verdict.ts";
import {
  Batch,
  CollectorFrame,
  ContinueRequest,
  JoinRequest,
  JoinResponse,
  LeaveRequest,
  LeaveResponse,
  ProbeConfig,
  ProbeFrame,
  Problem,
} from "./wire.ts";

/** Every record and wire message that outsiders may read or write, by the name of its schema file. */
const PUBLISHED = {
  entry: Entry,
  "archive-line": ArchiveLine,
  "probe-info": ProbeInfo,
  presence: Presence,
  target: Target,
  anchor: Anchor,
  "target-list": TargetList,
  verdict: Verdict,
  incident: Incident,
  "world-event": WorldEvent,
  "join-request": JoinRequest,
  "join-response": JoinResponse,
  "leave-request": LeaveRequest,
  "leave-response": LeaveResponse,
  "continue-request": ContinueRequest,
  "probe-config": ProbeConfig,
  batch: Batch,
  "probe-frame": ProbeFrame,
  "collector-frame": CollectorFrame,
  problem: Problem,
} as const satisfies Record<string, z.ZodType>;

/**
 * JSON Schema (draft 2020-12) texts by file name, made from the zod schemas: the same version of the code gives the
 * same bytes. Rules that JSON Schema cannot say (none so far) would be missing from them.
 */
export function jsonSchemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(PUBLISHED).map(([name, schema]) => [
      `${name}.json`,
      `${JSON.stringify({ title: name, ...z.toJSONSchema(schema, { io: "input", reused: "ref" }) }, null, 2)}\n`,
    ]),
  );
}
