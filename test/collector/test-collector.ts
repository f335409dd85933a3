import pino from "pino";
import type { Pages } from "../../collector/api/types.ts";
import { readConfig } from "../../collector/config.ts";
import { hashCode, newCode } from "../../collector/ingest/invite-code.ts";
import { inviteSalt } from "../../collector/ingest/invite-salt.ts";
import { type ServeOptions, type Serving, serve } from "../../collector/serve.ts";
import { openStore } from "../../collector/store/open-store.ts";
import type { Enrolment } from "../../collector/store/store.ts";
import { feedWords, notice, testNotice } from "../../dashboards/words/notice.ts";
import { temporaryFolder } from "../end-to-end/processes.ts";
import { createTestProbe, join, type TestProbe } from "./test-probe.ts";

function asJson(view: unknown, language: string): string {
  return `<!doctype html><html lang="${language}"><pre>${JSON.stringify(view)}</pre></html>`;
}

/** A picture that is its view and address as text. */
function asText(view: unknown, language: string, address: string): string {
  return JSON.stringify({ view, language, address });
}

const shown = { timeline: asText, place: asText, target: asText, matrix: asText, incident: asText };

/** Pages that show their view as JSON, so that a test can look into it. */
export const testPages: Pages = {
  now: asJson,
  timeline: asJson,
  incident: asJson,
  targets: asJson,
  target: asJson,
  statements: asJson,
  legal: asJson,
  notice,
  testNotice,
  feed: feedWords,
  admin: async () => (await import("../../dashboards/admin/pages.ts")).adminPages,
  places: asJson,
  place: asJson,
  matrix: asJson,
  incidents: asJson,
  events: asJson,
  fleet: asJson,
  explore: asJson,
  text: (page, stamp, language, version) =>
    version === "0" ? null : asJson({ page, stamp, version: version ?? null }, language),
  reference: asJson,
  notFound: (language) => `<!doctype html><html lang="${language}">not found</html>`,
  refused: (detail, language) => asJson({ refused: detail }, language),
  lite: (page) => `${page}lite`,
  pictures: { ...shown, map: asText },
  embeds: { ...shown, now: asText },
  cards: { ...shown, now: asText },
  mirror: { words: () => ({ note: "", form: "" }), moment: () => [] },
  png: async (svg) => new TextEncoder().encode(svg),
  assets: new Map([["site.css", { body: "body{}", type: "text/css; charset=utf-8" }]]),
};

export type TestCollector = Serving & {
  readonly folder: string;
  readonly logs: () => string;
  invite: (wish?: Partial<Enrolment> & { expiresInMs?: number }) => Promise<string>;
  /** A probe that has joined. */
  probe: (wish?: Partial<Enrolment>) => Promise<TestProbe>;
};

type Options = Partial<
  Pick<
    ServeOptions,
    "pages" | "gateway" | "rates" | "open" | "http" | "live" | "bulkFirstMs" | "makeBundleFile" | "routed"
  >
> & {
  folder?: string;
  flags?: Readonly<Record<string, string>>;
  keep?: boolean;
};

/** Starts a real collector on a free port of the loopback, in a temporary folder that goes when it closes. */
export async function startCollector({
  folder,
  flags = {},
  keep = false,
  pages = testPages,
  ...options
}: Options = {}): Promise<TestCollector> {
  const temporary = folder === undefined ? temporaryFolder() : null;
  const data = folder ?? temporary?.path ?? "";
  const config = readConfig({ data, port: "0", "heartbeat-seconds": "1", "log-level": "debug", ...flags }, {});
  const lines: string[] = [];
  const log = pino({ level: config.logLevel, base: null }, { write: (line: string) => void lines.push(line) });
  const serving = await serve({ config, pages, log, ...options });
  const invite: TestCollector["invite"] = (wish) => inviteInto(data, wish);
  return {
    ...serving,
    folder: data,
    logs: () => lines.join(""),
    invite,
    probe: async (wish) => {
      const probe = createTestProbe();
      const { joined, body } = await join(serving.url, probe, await invite(wish));
      if (joined === null) throw new Error(`could not join: ${JSON.stringify(body)}`);
      return probe;
    },
    close: async () => {
      await serving.close();
      if (!keep) temporary?.remove();
    },
  };
}

async function inviteInto(folder: string, wish: Partial<Enrolment> & { expiresInMs?: number } = {}): Promise<string> {
  const store = await openStore(folder);
  try {
    const code = newCode();
    const {
      role = "witness",
      region = "KZ-75",
      asn = 9198,
      access = "fixed",
      own = false,
      expiresInMs = 60_000,
    } = wish;
    const created = Date.now();
    await store.invites.add({
      hash: hashCode(await inviteSalt(store), code),
      ...{ role, region, asn, access, own, created },
      expires: created + expiresInMs,
      used: null,
      probe: null,
    });
    return code;
  } finally {
    await store.close();
  }
}
