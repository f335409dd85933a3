import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addGauges } from "../../collector/metrics/gauges.ts";
import { createMetrics } from "../../collector/metrics/metrics.ts";
import { openStore } from "../../collector/store/open-store.ts";
import type { Store } from "../../collector/store/store.ts";
import { temporaryFolder } from "../end-to-end/processes.ts";

type Box = { x: number; y: number; w: number; h: number };
type Panel = { id: number; title: string; gridPos: Box; targets?: { expr: string; legendFormat: string }[] };

const read = (name: string) => readFileSync(new URL(`../../dashboards/ops/${name}`, import.meta.url), "utf8");
const RULES = read("alerts.yml");
// The cast is sound: the file is ours, and what is wrong with it shows below.
const BOARD = JSON.parse(read("grafana-collector.json")) as { panels: Panel[] };

/** Expressions of the rules; one may go on over several lines. */
const RULE_EXPRESSIONS = [...RULES.matchAll(/\n {8}expr: (?:>-\n((?: {10}.*\n)+)|(.*)\n)/g)].map(
  ([, folded, plain]) => folded ?? plain ?? "",
);
const TARGETS = BOARD.panels.flatMap(({ targets = [] }) => targets);
const EXPRESSIONS = [...new Set([...RULE_EXPRESSIONS, ...TARGETS.map(({ expr }) => expr)])];
const METRIC = /\b(?:kuager|nodejs|process)_[a-z0-9_]+/g;
/** Labels that are not of the collector: what was scraped, and the bound of a bucket. */
const OTHER_LABELS = ["instance", "le"];

type Known = { type: string; labels: readonly string[] };
const known = new Map<string, Known>();
const folder = temporaryFolder();
let store: Store;

beforeAll(async () => {
  store = await openStore(folder.path);
  const { registry } = createMetrics({ defaults: true });
  addGauges(registry, {
    store,
    folder: folder.path,
    present: () => new Set(),
    turnsWaiting: () => 0,
    enoughProbes: () => 3,
  });
  const types = new Map((await registry.getMetricsAsJSON()).map(({ name, type }) => [name, String(type)]));
  for (const metric of registry.getMetricsAsArray()) {
    const labels = "labelNames" in metric && Array.isArray(metric.labelNames) ? metric.labelNames.map(String) : [];
    known.set(metric.name, { type: types.get(metric.name) ?? "", labels });
  }
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

function metricOf(name: string): Known | undefined {
  const whole = known.get(name);
  if (whole !== undefined) return whole;
  const parts = known.get(name.replace(/_(bucket|count|sum)$/, ""));
  return parts?.type === "histogram" ? parts : undefined;
}

describe("rules and dashboard for operators", () => {
  test("each rule says how grave it is and what it means", () => {
    const rules = RULES.split("\n      - alert: ").slice(1);
    expect(rules.length).toBeGreaterThan(10);
    expect(RULE_EXPRESSIONS).toHaveLength(rules.length);
    expect(new Set(rules.map((rule) => rule.split("\n")[0])).size).toBe(rules.length);
    for (const rule of rules) expect(rule).toMatch(/severity: (page|look)\n[\s\S]*summary: \S[\s\S]*description: \S/);
  });

  test.each(EXPRESSIONS)("%s names only metrics that exist", (expression) => {
    const names = expression.match(METRIC) ?? [];
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const metric = metricOf(name);
      expect(metric, name).toBeDefined();
      // Only what counts up has a rate.
      const rated = new RegExp(`(?:rate|increase)\\(${name}\\b`).test(expression);
      expect(rated, name).toBe(metric?.type === "counter" || metric?.type === "histogram");
    }
  });

  test.each(EXPRESSIONS)("%s picks and sums only by labels that exist", (expression) => {
    const labels = (expression.match(METRIC) ?? []).flatMap((name) => metricOf(name)?.labels ?? []);
    const picked = [...expression.matchAll(/([a-z_]+)=~?"/g)].map(([, label]) => label);
    const summed = [...expression.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = ""]) => list.split(", "));
    for (const label of [...picked, ...summed]) expect([...labels, ...OTHER_LABELS]).toContain(label);
  });

  test("a legend names only labels by which its numbers are summed", () => {
    for (const { expr, legendFormat } of TARGETS) {
      const summed = /by \(([^)]*)\)/.exec(expr)?.[1]?.split(", ") ?? [];
      for (const [, label] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) expect(summed, expr).toContain(label);
    }
  });

  test("no two panels lie over each other, and none leaves the grid", () => {
    const boxes = BOARD.panels.map(({ gridPos }) => gridPos);
    expect(new Set(BOARD.panels.map(({ id }) => id)).size).toBe(boxes.length);
    for (const [index, a] of boxes.entries()) {
      expect(a.x + a.w).toBeLessThanOrEqual(24);
      for (const b of boxes.slice(index + 1)) {
        const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
        expect(apart, JSON.stringify([a, b])).toBe(true);
      }
    }
  });
});
