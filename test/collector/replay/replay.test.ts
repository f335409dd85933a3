import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { knowledgeFrom } from "../../../collector/analysis/knowledge.ts";
import type { Judged } from "../../../collector/analysis/types.ts";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { Incident } from "../../../protocol/incident.ts";
import { okPage, probeOf, T0, tlsDrop } from "../analysis/build.ts";
import { ALMATY, CONTROLS, CUT, comeBack, quietWorld, silence } from "../analysis/cuts.ts";
import { measureRounds, run, type Sight, worldOf } from "../analysis/world.ts";
import { archiveOf, cutWorld, replayed } from "./archive.ts";

const MINUTE = 60_000;

function blockWorld() {
  const probes = [probeOf("A"), probeOf("B"), probeOf("C"), ...CONTROLS];
  const world = worldOf(probes);
  measureRounds(world, {
    probes,
    targets: ["orda.kz"],
    from: T0,
    rounds: 24,
    cadenceMs: 15 * MINUTE,
    sight: ({ probe, at }) => (probe.role === "witness" && at > T0 + 120 * MINUTE ? tlsDrop() : okPage()),
  });
  return world.items;
}

/** A cut that leaves DNS open, of hosts one of which goes on under a new key meanwhile. */
function dnsWorld() {
  const world = quietWorld();
  const [first = probeOf("A")] = ALMATY;
  const changed = CUT + 9 * MINUTE;
  const next = probeOf("N", { continues: first.id, from: new Date(changed).toISOString() });
  silence(world, ALMATY);
  for (const { id } of ALMATY) world.items.push({ type: "present", at: CUT + MINUTE, probe: id, route: "dns" });
  world.items.push(
    { type: "probe", at: changed, probe: { ...first, to: new Date(changed).toISOString() } },
    { type: "probe", at: changed, probe: next },
    { type: "present", at: CUT + 19 * MINUTE, probe: next.id },
  );
  comeBack(world, ALMATY.slice(1));
  world.items.push({ type: "tick", at: CUT + 120 * MINUTE });
  return world.items;
}

describe("a replay", () => {
  test.each([
    ["a cut", cutWorld],
    ["a cut that leaves DNS open, over which a key is succeeded", dnsWorld],
    ["a block", blockWorld],
  ])("of %s gives the incidents of the live stream, whole and valid", async (_name, world) => {
    const items = world();
    const { output, report } = await replayed(archiveOf(items));
    expect(report).toMatchObject({ refusedLines: 0, gapCount: 0, breakCount: 0, repeated: 0 });
    expect(output.incidents).toEqual(run(items).incidents);
    expect(output.incidents).toHaveLength(1);
    for (const incident of output.incidents) expect(Incident.safeParse(incident).success).toBe(true);
  });

  test("does not depend on the order of lines, nor on lines that come twice", async () => {
    const lines = archiveOf(cutWorld());
    const wanted = canonicalJson((await replayed(lines)).output);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...lines, ...lines.slice(0, 40)], { minLength: lines.length + 40 }),
        async (shuffled) => {
          const { output, report } = await replayed(shuffled);
          expect(canonicalJson(output)).toBe(wanted);
          expect(report.refusedLines).toBe(0);
        },
      ),
      { numRuns: 10 },
    );
  });

  test("judges every measurement once, controls aside", async () => {
    const verdicts: Judged[] = [];
    await replayed(archiveOf(blockWorld()), { judged: (some) => verdicts.push(...some) });
    expect(verdicts).toHaveLength(24 * 3);
    expect(new Set(verdicts.map(({ probe, seq }) => `${probe} ${seq}`)).size).toBe(24 * 3);
    expect(new Set(verdicts.map(({ verdict }) => verdict.code))).toEqual(new Set(["ok", "tls_drop"]));
  });

  test("takes an archive in another order of fields, with ids of its own and no `answered`", async () => {
    const lines = archiveOf(blockWorld());
    const { output } = await replayed(lines);
    const foreign = lines.map((line) =>
      JSON.stringify(turned(JSON.parse(line.replaceAll(/"answered":(?:true|false),/g, "")))),
    );
    const found = await replayed(foreign.map((line) => line.replaceAll(probeOf("A").id, "almaty-1")));
    expect(found.report.refusedLines).toBe(0);
    expect(found.output.incidents.map(({ start, targets }) => ({ start, targets }))).toEqual(
      output.incidents.map(({ start, targets }) => ({ start, targets })),
    );
  });

  test("knows what is known of a target whatever its line leaves out, and weighs canaries as the collector did", async () => {
    const known = { id: "canary.example", url: "https://canary.example/", hostedIn: "DE", canary: true };
    const knowledge = knowledgeFrom({ targets: [known] });
    const [liars, honest] = [
      ["A", "B"].map((letter) => probeOf(letter)),
      ["C", "D", "E"].map((letter) => probeOf(letter)),
    ];
    const probes = [...liars, ...honest, ...CONTROLS];
    const world = worldOf(probes);
    const sight: Sight = ({ probe, target }) =>
      (liars.some(({ id }) => id === probe.id) && target !== "vlast.kz" ? tlsDrop : okPage)(`https://${target}/`);
    const targets = ["canary.example", "orda.kz", "vlast.kz", "wikipedia.org"];
    measureRounds(world, { probes, targets, from: T0, rounds: 30, cadenceMs: 15 * MINUTE, sight });
    const told = canonicalJson({ type: "target", id: known.id, url: known.url, category: "other" });
    const { output } = await replayed([...archiveOf(world.items), told], { knowledge });
    expect(output.incidents).toEqual(run(world.items, knowledge).incidents);
    expect(output.incidents).toEqual([]);
    expect(run(world.items, knowledgeFrom({ targets: [] })).incidents).not.toEqual([]);
  });

  test("of nothing finds nothing", async () => {
    const { output, report } = await replayed([]);
    expect(output).toMatchObject({ incidents: [], associations: [] });
    expect(report.lines).toBe(0);
  });
});

describe("presence at the end of an archive", () => {
  test("is silence only when the silence is 90 seconds old", async () => {
    const items = cutWorld();
    const silent = items.filter((item) => item.type === "silent").map(({ at }) => at);
    const cut = (end: number) =>
      archiveOf(items.filter(({ at }) => at <= end)).map((line) => {
        const parsed = JSON.parse(line);
        if (parsed.type !== "presence") return line;
        const silence = items.find((item) => item.type === "silent" && item.probe === parsed.probe);
        const to = Math.min(end, silence?.type === "silent" ? silence.lastBeat : end);
        const received = Math.min(end, to + 90_000);
        return canonicalJson({
          ...parsed,
          to: new Date(to).toISOString(),
          received: new Date(received).toISOString(),
        });
      });
    const young = Math.min(...silent) - 20_000;
    expect((await replayed(cut(young))).output.incidents).toEqual([]);
    const old = Math.max(...silent) + 60_000;
    expect((await replayed(cut(old))).output.incidents).toHaveLength(1);
  });
});

/** The same value with the names of every object in reverse order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, turned(member)]),
  );
}
