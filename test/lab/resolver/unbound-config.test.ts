import { expect, test } from "vitest";
import { unboundConfig } from "./unbound-config.ts";

test("a resolver asks the servers it is told for each zone, and no root", () => {
  const upstreams = [
    { zone: ".", address: "198.51.100.55" },
    { zone: "kz.", address: "203.0.113.56" },
  ];
  const text = unboundConfig({ addresses: ["203.0.113.53"], upstreams }, "/tmp/x");
  expect(text).toContain("  interface: 203.0.113.53\n");
  expect(text).toContain('  root-hints: ""\n');
  expect(text).toContain("  control-interface: /tmp/x/control\n");
  expect(text).toContain('forward-zone:\n  name: "kz."\n  forward-addr: 203.0.113.56\n');
});
