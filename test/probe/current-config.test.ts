import { afterAll, expect, it } from "vitest";
import { createClock } from "../../probe/clock.ts";
import { createCurrentConfig } from "../../probe/run/current-config.ts";
import type { ProbeConfig } from "../../protocol/wire.ts";
import { folders, SILENT } from "./support.ts";

const temporary = folders();
afterAll(temporary.clean);

const config = (dnsBeat?: ProbeConfig["dnsBeat"]): ProbeConfig => ({
  ...{ heartbeatS: 30, roundS: 900, linkS: 15 },
  list: { version: "v1", targets: [], anchors: [] },
  ...(dnsBeat && { dnsBeat }),
});
const zone = "b.example.org";

it("keeps its own secret over a configuration that anyone may ask for, over a restart, until the zone is withdrawn", () => {
  const folder = temporary.make();
  const secret = "ab".repeat(32);
  const current = createCurrentConfig(folder, createClock(), SILENT);
  current.set(config({ zone, secret }));
  current.set(config({ zone: "c.example.org" }));
  expect(current.get().dnsBeat).toEqual({ zone: "c.example.org", secret });
  expect(createCurrentConfig(folder, createClock(), SILENT).get().dnsBeat?.secret).toBe(secret);
  current.set(config());
  expect(current.get().dnsBeat).toBeUndefined();
});
