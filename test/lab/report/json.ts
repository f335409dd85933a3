import type { DemoResult } from "../run-demo.ts";
import type { Finding } from "./compare.ts";

/** A run's result as data: each act as done and as found, everything else that was found, and the event as published. */
export function demoJson({ scenario, comparison, event, right }: DemoResult) {
  return {
    scenario: scenario.name,
    right,
    acts: comparison.findings.map(findingJson),
    extras: comparison.extras,
    event,
  };
}

function findingJson({ done, ...finding }: Finding) {
  return {
    id: done.act.id,
    title: done.act.title,
    done: {
      ...done.expected,
      start: new Date(done.startMs).toISOString(),
      end: new Date(done.endMs).toISOString(),
    },
    ...finding,
  };
}
