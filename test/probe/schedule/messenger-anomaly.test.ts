import { describe, expect, test } from "vitest";
import { isMessengerAnomalous } from "../../../probe/schedule/anomaly.ts";
import { loadMessengers } from "../../../targets/messengers.ts";

const [TELEGRAM] = loadMessengers().filter(({ service }) => service === "telegram");
const CENTRES = ["149.154.175.50", "149.154.167.51", "149.154.175.100", "149.154.167.91"];
const SITE_IP = "149.154.167.99";

/** A messenger's steps in which some connections fail. */
function body(dead: readonly string[]) {
  const step = { startMs: 0, durationMs: 1 };
  const tcp = [...CENTRES, SITE_IP].map((ip, index) => ({
    ...{ ...step, id: index + 2, ip, port: 443 },
    failure: dead.includes(ip) ? ("generic_timeout_error" as const) : null,
  }));
  const question = { resolver: "system", server: null, transport: "udp" as const, type: "A" as const };
  const answers = [{ type: "A", data: SITE_IP, ttl: 60 }];
  const dns = [
    { ...step, ...question, id: 1, failure: null, name: "web.telegram.org", rcode: null, answers, late: [] },
  ];
  return { dns, tcp, tls: [], http: [] };
}

describe("a messenger out of the ordinary, to be measured again in the next round", () => {
  const sites = TELEGRAM?.sites ?? [];
  test.each([
    ["nothing failed", [], false],
    ["one dead data centre of four", CENTRES.slice(0, 1), false],
    ["half of the data centres", CENTRES.slice(0, 2), true],
    ["all of them", CENTRES, true],
    ["a named server", [SITE_IP], true],
  ])("%s", (_what, dead, anomalous) => {
    expect(sites.length).toBeGreaterThan(0);
    expect(isMessengerAnomalous(body(dead), { sites })).toBe(anomalous);
  });
});
