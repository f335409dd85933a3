import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { join as joinPath } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  freePort,
  healthy,
  type Running,
  runKuager,
  startKuager,
  temporaryFolder,
  until,
} from "../end-to-end/processes.ts";
import { accountIn, clientOf, codeOf } from "./admin/desk.ts";
import { publish, subscribedBefore } from "./alerts/fresh.ts";
import { type HardServer, startHardServer } from "./hard-server.ts";
import { createTestProbe, greet, join, openLine, packed, post } from "./test-probe.ts";

/** Where the readers of this test come from: unlike every address that the collector has itself. */
const READER = "127.0.0.77";
const TOLD = "reader-told-this";
const SECRETS = {
  telegram: "1234567:telegram-token-in-the-log",
  matrix: "matrix-token-in-the-log",
  ntfy: "ntfy-token-in-the-log",
  mail: "mail-password-in-the-log",
  outside: "outside-token-in-the-log",
};
/** All that must never be written; the test adds what it makes on its way. */
const never = new Map<string, string>([
  ["address of a reader", READER],
  ["address that a proxy told", "203.0.113.77"],
  ["what a reader told", TOLD],
  ...Object.entries(SECRETS),
]);

const folder = temporaryFolder();
let [publicPort, adminPort, privatePort] = [0, 0, 0];
let running: Running;
let receiver: HardServer;

beforeAll(async () => {
  [publicPort, adminPort, privatePort] = [await freePort(), await freePort(), await freePort()];
  receiver = await startHardServer();
  receiver.act = 500;
  const ports = { port: publicPort, "admin-port": adminPort, "metrics-port": privatePort };
  const flags = {
    data: folder.path,
    ...ports,
    "log-level": "trace",
    "heartbeat-seconds": "1",
    "dns-zone": "b.example.org",
  };
  const words = Object.entries({ ...flags, "dns-port": await freePort() }).flatMap(([name, value]) => [
    `--${name}`,
    String(value),
  ]);
  running = startKuager(["collector", "serve", ...words], {
    KUAGER_COLLECTOR_TELEGRAM_URL: receiver.url,
    KUAGER_COLLECTOR_TELEGRAM_TOKEN: SECRETS.telegram,
    KUAGER_COLLECTOR_MATRIX_URL: receiver.url,
    KUAGER_COLLECTOR_MATRIX_TOKEN: SECRETS.matrix,
    KUAGER_COLLECTOR_NTFY_TOKEN: SECRETS.ntfy,
    KUAGER_COLLECTOR_SMTP_URL: `smtp://kuager:${SECRETS.mail}@127.0.0.1:9`,
    KUAGER_COLLECTOR_MAIL_FROM: "kuager@example.org",
    KUAGER_COLLECTOR_OUTSIDE_TOKEN: SECRETS.outside,
  });
  await until(
    () => `it listens: ${running.stderr()}`,
    () => healthy(`http://127.0.0.1:${publicPort}`),
    120_000,
  );
}, 150_000);
afterAll(async () => {
  running.child.kill("SIGKILL");
  await running.exit;
  await receiver.close();
  folder.remove();
});

const written = () => running.stdout() + running.stderr();

/** Asks as a reader does who tells much of himself. */
function ask(port: number, path: string, method = "GET"): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...{ "user-agent": `${TOLD} agent`, referer: `https://example.org/?${TOLD}`, cookie: `c=${TOLD}` },
      ...{ authorization: `Bearer ${TOLD}`, "x-forwarded-for": "203.0.113.77", forwarded: "for=203.0.113.77" },
      ...{ "accept-language": TOLD, "if-none-match": `"${TOLD}"`, "last-event-id": TOLD },
    };
    const asked = request({ host: "127.0.0.1", port, path, method, headers, localAddress: READER }, (answer) => {
      // A stream of events has no end; its head is enough.
      answer.once("data", () => answer.destroy());
      answer.on("error", () => undefined);
      answer.on("close", () => resolve(answer.statusCode ?? 0));
      answer.resume();
    });
    asked.on("error", reject);
    asked.end(method === "POST" ? TOLD : undefined);
  });
}

/** Sends bytes that are no HTTP, and waits until the collector hangs up. */
async function garble(port: number, bytes: string): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1", localAddress: READER });
  socket.on("error", () => undefined);
  socket.end(bytes);
  socket.resume();
  await once(socket, "close");
}

const QUERY = `?from=2026-01-01&region=KZ-75&q=${TOLD}&${TOLD}=1`;
const PATHS = [
  ...["", "timeline", "incidents", "targets", `targets/${TOLD}`, "statements", "legal", "matrix", "fleet", "explore"],
  ...["events", "regions", "networks", `i/${TOLD}`, `nowhere/${TOLD}`, "charts/timeline.png", `bundles/${TOLD}`],
  ...["feeds/incidents.atom", "feeds/incidents.json", "feeds/incidents.ics", "assets/site.css"],
  ...["incidents", "timeline", "presence.csv", "verdicts.ndjson", `verdicts/${TOLD}`, "outside", `outside/${TOLD}`].map(
    (path) => `api/v1/${path}`,
  ),
  ...["openapi.json", "log/checkpoint", `log/proof/${TOLD}`, "incidents/stream", `statements/${TOLD}`].map(
    (path) => `api/v1/${path}`,
  ),
  ...["uplink/v1", "uplink/v1/config", "uplink/v1/release", "uplink/v1/speed"],
].map((path) => `/${path}${QUERY}`);

describe("the log of a collector, at its most talkative", () => {
  test("tells of readers what they asked for by route, and nothing that they told", async () => {
    for (const path of PATHS) expect(await ask(publicPort, path)).toBeGreaterThan(199);
    for (const path of ["/en/timeline", "/kk/incidents", "/api/v1/incidents"])
      await ask(publicPort, `${path}?lang=${TOLD}`);
    for (const path of ["/uplink/v1/join", "/uplink/v1/batches", "/uplink/v1/leave", "/nowhere"])
      await ask(publicPort, path + QUERY, "POST");
    for (const port of [publicPort, adminPort, privatePort]) {
      await garble(port, `GET /${QUERY} HTTP/9.9\r\n\r\n`);
      await garble(port, `GET /${QUERY} HTTP/1.1\r\nhost: x\r\n${TOLD}: ${"a".repeat(40_000)}\r\n\r\n`);
      await garble(port, TOLD);
    }
    for (const path of ["/metrics", "/readyz", "/healthz", `/${TOLD}`]) await ask(privatePort, path + QUERY);
    await until("the last request is in the log", () => written().includes("/feeds/incidents.ics"));
    expect(written()).toContain('"route":"/api/v1/outside"');
  });

  test("tells nothing of those who sign in, rightly or wrongly, nor of what they type", async () => {
    const entrance = await accountIn({ folder: folder.path }, "chief", "operator");
    const client = clientOf({ adminPort });
    await client.get(`/admin/en/sign-in${QUERY}`);
    const wrong = { name: TOLD, password: `wrong ${TOLD}`, code: "000000" };
    expect((await client.post(`/admin/en/sign-in${QUERY}`, wrong)).status).toBeGreaterThanOrEqual(400);
    const code = codeOf(entrance);
    const answer = await client.post("/admin/en/sign-in", { name: "chief", password: entrance.password, code });
    expect(answer.status).toBe(303);
    const page = await client.get(`/admin/en/probes${QUERY}`);
    const token = /name="token" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
    const made = await client.post("/admin/en/probes/invite", {
      ...{ role: "witness", region: "KZ-75", asn: "9198", access: "fixed" },
      "expires-hours": "72",
    });
    const invite = /[A-Z0-9]{4}(?:-[A-Z0-9]{4}){2,}/.exec(made.text)?.[0] ?? "";
    expect(token.length).toBeGreaterThan(20);
    expect(invite.length).toBeGreaterThan(10);
    for (const path of ["", "events", "alerts", "outside", "audit", "account", TOLD])
      await ask(adminPort, `/admin/en/${path}${QUERY}`);
    const cookie = client.cookie().split("=")[1] ?? "";
    for (const [what, secret] of Object.entries({ ...entrance, cookie, token, invite, code })) never.set(what, secret);
    never.delete("name");
    await until("the administration is in the log", () => written().includes("/admin/en/probes/invite"));
  });

  test("tells nothing of a probe but that something was delivered, and no key, code or signature", async () => {
    const url = `http://127.0.0.1:${publicPort}`;
    const invited = await runKuager([
      "collector",
      "invite",
      "--region",
      "KZ-75",
      "--asn",
      "9198",
      "--access",
      "fixed",
      "--data",
      folder.path,
    ]);
    const code = /[A-Z0-9]{4}(?:-[A-Z0-9]{4}){2,}/.exec(invited.stdout)?.[0] ?? "";
    const probe = createTestProbe();
    expect((await join(url, probe, code)).joined).not.toBeNull();
    const batch = probe.batch([probe.write()]);
    expect(await post(url, packed(batch))).toMatchObject({ status: 200 });
    await greet(url, probe);
    await greet(url, probe, { signature: Buffer.alloc(64).toString("base64") });
    const line = await openLine(url, READER);
    line.sendBytes(Buffer.from(TOLD));
    await line.closed;
    for (const [what, secret] of Object.entries({ code, id: probe.id, signature: batch.signature }))
      never.set(`probe ${what}`, secret);
    await until("a delivery is in the log", () => written().includes('"route":"/uplink/v1/batches"'));
  });

  test("tells of alerts that failed neither address, nor secret, nor whom they are for", async () => {
    const alert = (...words: string[]) => runKuager(["collector", "alert", ...words, "--data", folder.path]);
    const hook = await alert("add", "webhook", `${receiver.url}/${TOLD}?key=${TOLD}`, "--json");
    const { secret = "" } = JSON.parse(hook.stdout) as { secret?: string };
    expect(secret).toMatch(/^whsec_/);
    never.set("webhook secret", secret).set("webhook key", secret.slice(6));
    await alert("add", "email", `${TOLD}@example.org`);
    await alert("add", "telegram", "-100987654321");
    await alert("add", "ntfy", `${receiver.url}/${TOLD}`);
    never.set("chat", "100987654321");
    await subscribedBefore(folder.path);
    await publish(folder.path, "fresh", "orda.kz");
    await until(
      () => `an alert failed: ${written().slice(-2000)}`,
      () => written().includes("alert not sent yet"),
      45_000,
    );
  }, 90_000);

  test("tells of faults of ours the fault and the route", async () => {
    const db = new Database(joinPath(folder.path, "collector.db"));
    db.exec("ALTER TABLE outside_series RENAME TO outside_series_gone");
    db.close();
    expect(await ask(publicPort, `/api/v1/outside?from=2026-01-01&to=2026-01-02&asn=9198`)).toBe(500);
    expect(await ask(publicPort, `/en/timeline${QUERY}`)).toBeGreaterThanOrEqual(400);
    await until("the fault is in the log", () => written().includes("a request failed"));
  });

  test("so that of all this nothing was written", async () => {
    running.child.kill("SIGTERM");
    expect(await running.exit).toBe(0);
    expect(written()).toContain('"level":20');
    for (const [what, secret] of never) {
      expect(secret.length, what).toBeGreaterThan(5);
      expect(written().includes(secret), what).toBe(false);
    }
  });
});
