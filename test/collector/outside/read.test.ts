import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldValues } from "../../../collector/outside/fold.ts";
import { readOutside } from "../../../collector/outside/import-outside.ts";
import { OUTSIDE_SOURCES } from "../../../collector/outside/types.ts";
import { CodedError } from "../../../protocol/coded-error.ts";

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}.json`, import.meta.url));
const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));

describe("series of IODA", () => {
  test("stand by signal and network, each with its own step and the values as given", () => {
    const [ping, bgp] = readOutside("ioda", fixture("ioda-asn"), null);
    expect(ping).toMatchObject({
      ...{ signal: "ping-slash24", entity: { type: "asn", code: "9198" }, asn: 9198, stepMs: 600_000 },
      ...{ from: "2022-01-05T00:00:00.000Z", to: "2022-01-06T00:00:00.000Z" },
    });
    expect(ping?.values.slice(62, 64)).toEqual([100, 4]);
    expect(ping?.values.slice(123, 126)).toEqual([null, null, null]);
    expect(bgp).toMatchObject({ signal: "bgp", stepMs: 300_000 });
    expect(bgp?.values).toHaveLength(288);
  });

  test("are told of their place by the address where the signal does not say it", () => {
    const address = "https://api.example.org/v2/signals/raw/country/KZ?from=1&until=2";
    const [signal] = readOutside("ioda", fixture("ioda-country"), address);
    expect(signal).toMatchObject({ signal: "gtr WEB_SEARCH", entity: { type: "country", code: "KZ" }, asn: null });
  });
});

describe("annotations of Cloudflare Radar", () => {
  test("are spans by network; those of other countries are passed over", () => {
    const series = readOutside("radar", fixture("radar-annotations"), null);
    expect(series.map(({ signal, asn, spans }) => [signal, asn, spans.length])).toEqual([
      ["outage", null, 1],
      ["outage", 9198, 1],
      ["outage", 29355, 1],
    ]);
    expect(series[0]?.spans).toEqual([
      {
        ...{ from: "2022-01-05T10:30:00.000Z", to: "2022-01-06T00:00:00.000Z", link: "https://example.org/kz" },
        label: "NATIONWIDE · GOVERNMENT_DIRECTED · Nationwide · Made-up entry for tests",
      },
    ]);
    expect(series[1]?.spans[0]).toMatchObject({ to: null });
  });

  test("and its traffic anomalies are read alike", () => {
    expect(readOutside("radar", fixture("radar-anomalies"), null)).toMatchObject([
      { signal: "traffic anomaly", asn: 9198, spans: [{ label: "AS · VERIFIED" }] },
    ]);
  });
});

describe("counts of OONI", () => {
  test("stand by site and network, and a day that was not measured has none", () => {
    const series = readOutside("ooni", fixture("ooni-aggregation"), null);
    expect(series).toHaveLength(6);
    expect(series[0]).toMatchObject({ signal: "anomaly_count", asn: 9198, target: "orda.kz", stepMs: 86_400_000 });
    expect(series[0]?.values).toEqual([1, 2, null, 30]);
    expect(series[2]).toMatchObject({ signal: "measurement_count", values: [40, 38, null, 41] });
  });
});

describe("a file that is no answer of a source", () => {
  test.each(OUTSIDE_SOURCES)("is refused with what is wrong (%s)", (source) => {
    const wrong = [Buffer.from("<html>"), Buffer.from([0xff, 0xfe]), bytesOf([]), bytesOf({ data: 5, result: 5 })];
    for (const bytes of [...wrong, bytesOf({ data: [], result: [] }), Buffer.alloc(9 * 1024 * 1024, " ")])
      expect(() => readOutside(source, bytes, null)).toThrow(CodedError);
  });

  test.each(OUTSIDE_SOURCES)("never makes reading fail otherwise, whatever stands in it (%s)", (source) => {
    const value = fc.oneof(
      fc.json(),
      fc.record({ data: fc.jsonValue(), result: fc.jsonValue() }).map((one) => JSON.stringify(one)),
    );
    fc.assert(
      fc.property(value, (text) => {
        try {
          readOutside(source, Buffer.from(text), null);
        } catch (error) {
          expect(error).toBeInstanceOf(CodedError);
        }
      }),
    );
  });
});

describe("folding values for a drawing", () => {
  const numbers = fc.array(fc.option(fc.integer({ min: -1000, max: 1000 })), { minLength: 1, maxLength: 300 });

  test("keeps the smallest and largest value of the window, and makes none where there is none", () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 50 }), (values, count) => {
        const window = { from: 0, to: values.length * 1000 };
        const buckets = foldValues({ values, from: 0, stepMs: 1000 }, window, count);
        const known = values.filter((value) => value !== null);
        const told = buckets.flatMap(({ min, max }) => (min === null || max === null ? [] : [min, max]));
        expect(buckets.length).toBeLessThanOrEqual(count);
        const ends = (list: readonly number[]) => (list.length === 0 ? [] : [Math.min(...list), Math.max(...list)]);
        expect(ends(told)).toEqual(ends(known));
        for (const { from, to, min } of buckets) {
          const [first, last] = [Math.floor(Date.parse(from) / 1000), Math.ceil(Date.parse(to) / 1000)];
          if (values.slice(first, last).every((value) => value === null)) expect(min).toBeNull();
        }
      }),
    );
  });

  test("says nothing of a time outside the series", () => {
    const buckets = foldValues({ values: [1, 2], from: 10_000, stepMs: 1000 }, { from: 0, to: 20_000 }, 4);
    expect(buckets.map(({ max }) => max)).toEqual([null, null, 2, null]);
  });
});
