import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { parseUrl, runMeasureCommand } from "../../../probe/measure/command.ts";
import { CodedError } from "../../../protocol/coded-error.ts";
import { LocalSuspect } from "../../../protocol/records/local.ts";
import { WebBody } from "../../../protocol/records/web.ts";
import { closedPort, nextAddress, page, type Site, startWorld, type World } from "../../world/index.ts";
import { endpoint } from "./web-settings.ts";

/** What `--json` promises. */
const Printed = z.strictObject({ body: WebBody, local: z.strictObject({ suspects: z.array(LocalSuspect) }) });

let world: World;
let site: Site;
let folder: string;
beforeAll(async () => {
  world = await startWorld();
  site = await world.addSite({ name: "orda.test", answer: () => ({ body: page("A \u001b[31mred\u001b[0m title") }) });
  folder = mkdtempSync(join(tmpdir(), "kuager-measure-"));
  writeFileSync(join(folder, "ca.pem"), world.authority.ca);
  writeFileSync(join(folder, "empty.pem"), "nothing here\n");
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.close();
});

async function run(argv: string[], env: Record<string, string> = {}) {
  const written = { out: "", err: "" };
  const code = await runMeasureCommand(argv, {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    ask: async () => null,
    env,
    signal: new AbortController().signal,
  });
  return { code, ...written };
}

async function refusal(argv: string[]): Promise<CodedError> {
  const error = await run(argv).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CodedError)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

const ca = () => ["--ca", join(folder, "ca.pem")];
const isp = () => ["--system-resolver", endpoint(world.isp)];

describe("kuager probe measure", () => {
  test("prints body and suspects as JSON, and nothing else", async () => {
    const resolvers = ["--public-resolver", endpoint(world.publicDns), "--doh", world.doh.url];
    const result = await run([site.url, ...ca(), ...isp(), ...resolvers, "--json"]);
    const { body, local } = Printed.parse(JSON.parse(result.out));
    expect(result).toMatchObject({ code: 0, err: "" });
    expect(body).toMatchObject({ target: "orda.test", url: site.url, http: [{ status: 200 }] });
    expect(local.suspects).toEqual(body.local ?? []);
    expect(new Set(body.dns.map((step) => step.resolver.split(":")[0]))).toEqual(
      new Set(["system", "os", "udp", "doh"]),
    );
  });

  test("names suspects found on the host, proxy variables without their values", async () => {
    const secret = { https_proxy: "http://user:secret@10.0.0.1:3128" };
    const { out } = await run([site.url, ...ca(), ...isp(), "--json"], secret);
    expect(Printed.parse(JSON.parse(out)).local.suspects.map((suspect) => suspect.kind)).toContain("proxy");
    expect(out).not.toContain("secret");
  });

  test("prints a plain table for people, without control characters from servers", async () => {
    const { code, out } = await run([site.url, ...ca(), ...isp()]);
    expect(code).toBe(0);
    expect(out).toContain(`${site.url} in `);
    expect(out).toMatch(/dns {2}\s*A orda\.test from system/);
    expect(out).toMatch(/tls {2}.*trusted/);
    expect(out).toMatch(/http.*200, \d+ bytes, "A/);
    expect(out).not.toContain("\u001b");
  });

  test("ends with 0 when nothing can be reached", async () => {
    const address = nextAddress();
    const port = await closedPort(address);
    const { code, out } = await run([`https://${address}:${port}/`, "--json"]);
    expect(code).toBe(0);
    expect(Printed.parse(JSON.parse(out)).body.tcp).toMatchObject([{ failure: "connection_refused" }]);
  });

  test("tries addresses given, allowed because they were given", async () => {
    const address = site.addresses[0] ?? "";
    const argv = [site.url, ...ca(), "--system-resolver", "127.0.0.1:9", "--address", address, "--json"];
    const { body } = Printed.parse(JSON.parse((await run(argv)).out));
    expect(body.tcp[0]).toMatchObject({ ip: address, failure: null });
  });

  test("shows its words on --help", async () => {
    const { code, out } = await run(["--help"]);
    expect(code).toBe(0);
    for (const flag of [
      "--public-resolver",
      "--doh",
      "--ca",
      "--control-sni",
      "--address",
      "--no-followups",
      "--json",
      "--allow-private",
    ])
      expect(out).toContain(flag);
  });
});

describe("wrong words", () => {
  test.each([
    [["http://"], "is not a URL"],
    [["https://a b/"], "is not a URL"],
    [["not-a-url"], "is not a URL"],
    [["ht!tp://orda.kz"], "is not a URL"],
    [["://orda.kz"], "is not a URL"],
    [["https:/orda.kz"], "is not a URL"],
    [["https://or!da.kz/"], "is not a host name"],
    [["https://orda..kz/"], "is not a host name"],
    [["orda.kz:99999"], "is not a URL"],
    [["ftp://orda.kz/"], "is not an http or https URL"],
    [["https://me:secret@orda.kz/"], "user name or password"],
    [[`https://orda.kz/${"x".repeat(3000)}`], "longer than"],
    [[], "the URL to measure"],
    [["orda.kz", "second.kz"], "Unexpected argument 'second.kz'"],
    [["orda.kz", "--public-resolver", "dns.google"], "'dns.google' is not IP or IP:PORT"],
    [["orda.kz", "--public-resolver", "8.8.8.8:99999"], "is not IP or IP:PORT"],
    [["orda.kz", "--doh", "http://dns.google/dns-query"], "is not an https URL"],
    [["orda.kz", "--address", "orda.kz"], "'orda.kz' is not an IP address"],
    [["orda.kz", "--control-sni", "not a name"], "is not a host name"],
    [["orda.kz", "--what"], "--what"],
  ])("%j are refused with a reason", async (argv, reason) => {
    const error = await refusal(argv);
    expect(error.code).toBe("usage");
    expect(error.message).toContain(reason);
    expect(error.message).toContain("Usage: kuager probe measure URL");
  });

  test("a certificate file that is missing or holds none is bad input", async () => {
    expect(await refusal(["orda.kz", "--ca", join(folder, "nothing.pem")])).toMatchObject({ code: "bad_input" });
    expect(await refusal(["orda.kz", "--ca", join(folder, "empty.pem")])).toMatchObject({ code: "bad_input" });
  });
});

describe("parseUrl", () => {
  test("takes a bare name for https", () => {
    expect(parseUrl("orda.kz").href).toBe("https://orda.kz/");
    expect(parseUrl("orda.kz:8443/x").href).toBe("https://orda.kz:8443/x");
    expect(parseUrl("[2001:db8::1]:8443").host).toBe("[2001:db8::1]:8443");
    expect(parseUrl("192.0.2.1/?q=a+b").href).toBe("https://192.0.2.1/?q=a+b");
    expect(parseUrl("қазақстан.қаз").href).toMatch(/^https:\/\/xn--/);
  });

  test("leaves out the fragment", () => {
    expect(parseUrl("http://orda.kz/a#b").href).toBe("http://orda.kz/a");
  });
});
