import { afterAll, expect, it } from "vitest";
import { runProbeCommand } from "../../../probe/cli.ts";
import { startLife } from "../../../probe/life/life.ts";
import { fakeIo, folders, linkBody, openJournal, webBody } from "../support.ts";

const temporary = folders();
afterAll(temporary.clean);

it("tells starts, stops, changes of the line and rounds in numbers, and nothing that names a site, an address or the probe", async () => {
  const folder = temporary.make();
  const { journal, clock, identity } = openJournal(folder);
  const life = startLife({ journal, clock, heartbeatS: () => 30 });
  const collector = [{ route: "https://collector.example", ok: false }];
  const edge = { of: "state", from: "international", to: "isp", boundMs: 8000 } as const;
  const at = { after: "2022-01-05T10:00:00.000Z", afterMono: 1, before: "2022-01-05T10:00:16.000Z", beforeMono: 2 };
  journal.append(
    { kind: "link", body: { ...linkBody("isp"), collector, edges: [{ ...edge, ...at }] } },
    { urgent: true },
  );
  for (const site of ["secret-a.org", "secret-b.org"]) journal.append({ kind: "web", body: webBody(site) });
  life.stop("stopped");
  journal.close();
  const { io, out } = fakeIo();
  expect(await runProbeCommand(["logs", "--redact", "--data", folder], io)).toBe(0);
  const [host, ...lines] = out().trim().split("\n");
  expect(host).toMatch(/^kuager\/\S+ on node v/);
  expect(lines.map((line) => line.slice(25))).toEqual([
    expect.stringMatching(/^start: kuager\/.*before: first \(first\)$/),
    "line: state from international to isp, within 8 s",
    "round: 2 sites, 0 out of the ordinary",
    "stop: stopped",
  ]);
  for (const secret of ["secret", "collector.example", identity.probe, "192.168"]) expect(out()).not.toContain(secret);
});

it("of a folder that never joined says what it runs on, and how to join", async () => {
  const { io, out } = fakeIo();
  expect(await runProbeCommand(["logs", "--data", temporary.make(), "--lang", "ru"], io)).toBe(0);
  expect(out().trim().split("\n").slice(1)).toEqual([expect.stringContaining("kuager probe join КОД")]);
});
