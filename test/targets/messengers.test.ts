import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LIMITS } from "../../protocol/limits.ts";
import { loadMessengers, type Messenger } from "../../targets/messengers.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "kuager-messengers-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const centre = {
  id: "dc1",
  service: "telegram",
  kind: "address",
  ip: "192.0.2.1",
  ports: [443, 80],
  source: "a specification",
};
const web = {
  id: "web",
  service: "telegram",
  kind: "page",
  url: "https://web.example/",
  addresses: [],
  source: "a specification",
};

function put(...lines: unknown[]): void {
  writeFileSync(join(dir, "messengers.ndjson"), lines.map((line) => JSON.stringify(line)).join("\n"));
}

function problem(): string {
  try {
    loadMessengers(dir);
  } catch (error) {
    expect(error).toMatchObject({ code: "bad_input" });
    return (error instanceof Error ? error.message : "").replaceAll(`${dir}/`, "");
  }
  throw new Error("nothing was refused");
}

function connections({ addresses, names, sites }: Messenger): number {
  return [...addresses, ...names].reduce((sum, { ports }) => sum + ports.length, 0) + sites.length;
}

describe("the messengers of this package", () => {
  const known = new Map(loadMessengers().map((messenger) => [messenger.service, messenger]));

  test("are Telegram, WhatsApp and Signal, each within what one record holds", () => {
    expect([...known.keys()].sort()).toEqual(["signal", "telegram", "whatsapp"]);
    for (const messenger of known.values()) expect(connections(messenger)).toBeLessThanOrEqual(LIMITS.stepsPerKind);
  });

  test("name Telegram's data centres on all its ports, and its web client's page", () => {
    const telegram = known.get("telegram");
    expect(telegram?.addresses).toContainEqual({ ip: "149.154.167.51", ports: [443, 80, 5222] });
    expect(telegram?.sites).toContainEqual({ url: "https://web.telegram.org/", page: true, addresses: [] });
  });

  test("name WhatsApp's sixteen endpoints on both ports", () => {
    const hosts = known.get("whatsapp")?.names.map(({ host, ports }) => `${host} ${ports.join(" ")}`);
    expect(hosts).toEqual(Array.from({ length: 16 }, (_, n) => `e${n + 1}.whatsapp.net 443 5222`));
  });

  test("give Signal the authority that its apps trust", () => {
    expect(known.get("signal")?.roots).toHaveLength(1);
    expect(known.get("signal")?.sites.map(({ url }) => new URL(url).hostname)).toContain("chat.signal.org");
  });
});

describe("loadMessengers", () => {
  test("gathers the lines of each messenger from a folder's own file", () => {
    put(centre, web, {
      id: "s",
      service: "signal",
      kind: "tls",
      host: "s.example",
      port: 8443,
      addresses: ["192.0.2.9"],
      source: "x",
    });
    expect(loadMessengers(dir)).toEqual([
      {
        service: "telegram",
        addresses: [{ ip: "192.0.2.1", ports: [443, 80] }],
        names: [],
        sites: [{ url: "https://web.example/", page: true, addresses: [] }],
        roots: [],
      },
      {
        service: "signal",
        addresses: [],
        names: [],
        sites: [{ url: "https://s.example:8443/", page: false, addresses: ["192.0.2.9"] }],
        roots: [],
      },
    ]);
  });

  test("names file, line and field of everything that is wrong", () => {
    put(
      centre,
      { ...centre, id: "dc2", ip: "telegram.example" },
      { ...centre, id: "dc3", ports: [] },
      { ...web, url: "http://web.example/" },
      { ...web, id: "w2", service: "icq" },
      { ...web, id: "w3", misspelt: 1 },
      centre,
    );
    const text = problem();
    for (const place of [":2: ip:", ":3: ports:", ":4: url: expected an https address", ":5: service:", "misspelt"])
      expect(text).toContain(place);
    expect(text).toContain("messengers.ndjson:7: id: 'dc1' stands already on line 1");
  });

  test("refuses more connections than one record holds, at the line that is too many", () => {
    const ports = Array.from({ length: 8 }, (_, n) => n + 1);
    put(...Array.from({ length: 9 }, (_, n) => ({ ...centre, id: `dc${n}`, ip: `192.0.2.${n + 1}`, ports })));
    expect(problem()).toContain("messengers.ndjson:9: service: 'telegram' has more than 64 connections");
  });

  test("refuses a root that is no certificate, or not the one that its hash says", () => {
    const root = { id: "r", service: "signal", kind: "root", sha256: "0".repeat(64), source: "x" };
    const pem = loadMessengers().flatMap(({ roots }) => roots)[0];
    put({ ...root, pem: "nothing" }, { ...root, id: "r2", pem });
    expect(problem().match(/pem: not one PEM certificate of an authority/g)).toHaveLength(2);
  });
});
