import { describe, expect, it } from "vitest";
import { degreeOf, extentOf } from "../../../../collector/analysis/losses/extent.ts";
import { link, T0 } from "../build.ts";

const down = { ok: false, ms: null, failure: "generic_timeout_error" } as const;
const byName = { ok: false, ms: null, failure: "dns_temporary_failure" } as const;
const up = { ok: true, ms: 5, failure: null } as const;
const checks = link("isp", T0).checks;

describe("extent", () => {
  it.each([
    ["total", link("lan", T0)],
    ["domestic-only", link("domestic", T0)],
    ["whitelist", link("isp", T0, { checks: { ...checks, whitelist: [{ id: "kaspi.kz", ...up }] } })],
    ["partial-port", link("isp", T0, { ports: { "tcp/443": false, "udp/53": true } })],
    [
      "dns-only",
      link("lan", T0, { checks: { ...checks, resolver: down, domestic: [{ id: "a", ...byName }], foreign: [] } }),
    ],
    ["total", link("isp", T0, { ports: { "tcp/443": false, "udp/53": false } })],
    ["dns-only", link("international", T0, { checks: { ...link("international", T0).checks, resolver: down } })],
    [
      "degraded",
      link("lan", T0, {
        checks: {
          ...checks,
          resolver: down,
          domestic: [
            { id: "a", ...up },
            { id: "b", ...down },
          ],
          foreign: [
            { id: "c", ...up },
            { id: "d", ...down },
          ],
        },
      }),
    ],
    [
      "domestic-only",
      link("lan", T0, {
        checks: {
          ...checks,
          resolver: down,
          domestic: [
            { id: "a", ...up },
            { id: "b", ...up },
          ],
          foreign: [{ id: "c", ...down }],
        },
      }),
    ],
  ] as const)("reads %s off a link entry", (degree, body) => {
    expect(degreeOf(body)).toBe(degree);
  });

  it("is what most probes' journals show, and nothing before one has come", () => {
    expect(extentOf([new Map(), new Map()])).toBeNull();
    const degrees = [
      new Map([["total", 1]] as const),
      new Map([
        ["domestic-only", 3],
        ["total", 1],
      ] as const),
      new Map([["domestic-only", 1]] as const),
    ];
    expect(extentOf(degrees)).toBe("domestic-only");
  });
});
