import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseControl, type KnownObject } from "../../../probe/measure/speed-control.ts";

function known(host: string, addresses: readonly string[], more: Partial<KnownObject> = {}): KnownObject {
  return { url: `https://${host}/`, addresses, bodyBytes: 50_000, ...more };
}

const target = known("www.azattyq.test", ["192.0.2.10", "2001:db8:1::10"]);
const sameAddress = known("pins.test", ["198.51.100.1", "192.0.2.10"]);
const samePrefix = known("near.test", ["192.0.2.77"]);
const neutral = known("far.test", ["198.51.100.9"], { neutral: true });

describe("chooseControl", () => {
  test("takes another name at the same address before a neighbour, and a neighbour before a neutral site abroad", () => {
    expect(chooseControl(target, [neutral, samePrefix, sameAddress])).toEqual({
      object: { url: "https://www.azattyq.test/", ip: "192.0.2.10" },
      control: { url: "https://pins.test/", ip: "192.0.2.10", choice: "same-address" },
    });
    expect(chooseControl(target, [neutral, samePrefix])?.control).toMatchObject({ choice: "same-prefix" });
    expect(chooseControl(target, [neutral])?.control).toMatchObject({ choice: "foreign", ip: "198.51.100.9" });
  });

  test("knows neighbours by /24 and by /48", () => {
    const v6 = known("six.test", ["2001:db8:1:ffff::1"]);
    expect(chooseControl(target, [v6])).toMatchObject({
      object: { ip: "2001:db8:1::10" },
      control: { ip: "2001:db8:1:ffff::1", choice: "same-prefix" },
    });
    for (const other of ["192.0.3.10", "2001:db8:2::10"])
      expect(chooseControl(target, [known("x.test", [other])])).toBeNull();
  });

  test("takes the object whose size is most like the target's, then the first by URL, whatever the order", () => {
    const alike = known("b.test", ["192.0.2.10"], { bodyBytes: 55_000 });
    const small = known("a.test", ["192.0.2.10"], { bodyBytes: 900 });
    const unknown = known("c.test", ["192.0.2.10"], { bodyBytes: null });
    const twin = known("d.test", ["192.0.2.10"], { bodyBytes: 55_000 });
    for (const list of [
      [small, unknown, alike, twin],
      [twin, alike, unknown, small],
    ])
      expect(chooseControl(target, list)?.control.url).toBe("https://b.test/");
  });

  test.each([
    ["a name of the same site", known("rus.azattyq.test", ["192.0.2.10"])],
    ["another scheme", { ...sameAddress, url: "http://pins.test/" }],
    ["another port", { ...sameAddress, url: "https://pins.test:8443/" }],
    ["a site abroad that is not neutral", known("far.test", ["198.51.100.9"])],
    ["a neutral site of the other family only", known("six.test", ["2001:db8:9::1"], { neutral: true })],
  ])("never takes %s", (_what, candidate) => {
    const v4 = { ...target, addresses: ["192.0.2.10"] };
    expect(chooseControl(v4, [candidate])).toBeNull();
  });

  test("tells sites under a shared second level apart", () => {
    const site = known("a.com.kz", ["192.0.2.10"]);
    expect(chooseControl(site, [known("b.com.kz", ["192.0.2.10"])])?.control.choice).toBe("same-address");
    expect(chooseControl(site, [known("www.a.com.kz", ["192.0.2.10"])])).toBeNull();
  });

  test("finds nothing for a target without addresses, or without candidates", () => {
    expect(chooseControl({ ...target, addresses: [] }, [sameAddress])).toBeNull();
    expect(chooseControl(target, [])).toBeNull();
  });

  test("does not depend on the order of candidates", () => {
    const candidate = fc.record({
      host: fc.integer({ min: 0, max: 30 }),
      last: fc.integer({ min: 1, max: 20 }),
      size: fc.option(fc.integer({ min: 1, max: 1e6 })),
      neutral: fc.boolean(),
    });
    const list = fc.uniqueArray(candidate, { selector: ({ host }) => host, maxLength: 12 });
    fc.assert(
      fc.property(list, (rows) => {
        const objects = rows.map(({ host, last, size, neutral }) =>
          known(`h${host}.test`, [`192.0.2.${last}`], { bodyBytes: size, neutral }),
        );
        expect(chooseControl(target, [...objects].reverse())).toEqual(chooseControl(target, objects));
      }),
    );
  });
});
