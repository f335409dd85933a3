import { describe, expect, it } from "vitest";
import { type Control, classify } from "../../../collector/analysis/classify.ts";
import { knowledgeFrom } from "../../../collector/analysis/knowledge.ts";
import { RULES } from "../../../collector/analysis/rules/table.ts";
import type { WebBody } from "../../../protocol/records/web.ts";
import { answer, FORGED_IP, KNOWLEDGE, REAL_IP, T0, TRUSTED, tlsDrop, UNTRUSTED, web } from "./build.ts";
import { ANSWERS_ROWS } from "./rows/answers.ts";
import { DNS_ROWS } from "./rows/dns.ts";
import { HTTP_ROWS } from "./rows/http.ts";
import { LOCAL_ROWS } from "./rows/local.ts";
import { clearPage, FINE, ISCA, type Row, type Setting, strangeCertificate } from "./rows/row.ts";
import { SITE_ROWS } from "./rows/site.ts";
import { TLS_ROWS } from "./rows/tls.ts";

const ROWS: Row[] = [...LOCAL_ROWS, ...DNS_ROWS, ...ANSWERS_ROWS, ...SITE_ROWS, ...TLS_ROWS, ...HTTP_ROWS];

function judge(body: WebBody, { controls = [], sameControl = [], inside = [], local = [], link }: Setting) {
  const suspects = local.map((kind) => ({ kind, says: kind }));
  const others = controls.map((one): Control => ({ body: one, place: "DE", measuredAt: T0 }));
  const one = sameControl.map(
    (seen, index): Control => ({ body: seen, place: "NL", measuredAt: T0 + index, probe: "x" }),
  );
  const near = inside.map((seen): Control => ({ body: seen, place: "KZ-71", measuredAt: T0, probe: "near" }));
  return classify({ body, local: suspects, link: link ?? null }, [...others, ...one, ...near], KNOWLEDGE);
}

describe("classify", () => {
  it.each(ROWS)("%s", (_says, body, setting, code, rule, strength) => {
    const verdict = judge(body, setting);
    expect({ code: verdict.code, rule: verdict.rule }).toEqual({ code, rule });
    if (strength !== undefined) expect(verdict.strength).toBe(strength);
  });

  it("every rule of the table has a row that hits it", () => {
    const hit = new Set(ROWS.map(([, , , , rule]) => rule));
    expect(RULES.map(({ id }) => id).filter((id) => !hit.has(id))).toEqual([]);
  });

  it("rules have ids of their own, say what they are for, and give only the codes they announce", () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    for (const rule of RULES) expect([rule.doc.length > 20, rule.source.length > 5]).toEqual([true, true]);
    for (const [, body, setting] of ROWS) {
      const verdict = judge(body, setting);
      expect(RULES.find(({ id }) => id === verdict.rule)?.gives).toContain(verdict.code);
    }
  });

  it("reasons point at steps of the measurement", () => {
    const verdict = judge(tlsDrop(), { controls: FINE });
    expect(verdict.reasons[0]).toEqual({ says: "silence after ClientHello", steps: [4], of: "probe" });
    expect(verdict.reasons[1]?.steps).toEqual([5]);
    expect(verdict.reasons.at(-1)?.of).toBe("control");
  });

  it("a page on one address is ok and names the address that is shut", () => {
    const body = web({
      dns: [answer(REAL_IP, "203.0.113.8")],
      tcp: [{ ip: "203.0.113.8", failure: "generic_timeout_error" }, { ip: REAL_IP }],
      tls: [{ ...TRUSTED, tcp: 3 }],
      http: [{ tcp: 3 }],
    });
    const verdict = judge(body, { controls: FINE });
    expect(verdict.code).toBe("ok");
    expect(verdict.reasons.map(({ says }) => says)).toContain("another address of the site did not work: 203.0.113.8");
  });

  it("IPv6 that never leaves the host is left out", () => {
    const body = web({
      dns: [answer(REAL_IP, "2001:db8::1")],
      tcp: [{ ip: "2001:db8::1", failure: "network_unreachable" }, { ip: REAL_IP }],
      tls: [{ ...TRUSTED, tcp: 3 }],
      http: [{ tcp: 3 }],
    });
    expect(judge(body, { controls: FINE }).reasons).toHaveLength(1);
  });

  it("only the first host decides; a later hop that fails is named", () => {
    const body = web({
      url: "https://bit.ly/abc",
      dns: [answer(REAL_IP), { name: "hidden.kz", ...answer(FORGED_IP) }],
      tcp: [{}, { ip: FORGED_IP }],
      tls: [TRUSTED, { tcp: 4, sni: "hidden.kz", failure: "generic_timeout_error", answered: false }],
      http: [{ status: 301, location: "https://hidden.kz/" }],
    });
    const verdict = judge(body, {});
    expect(verdict.code).toBe("ok");
    expect(verdict.reasons.map(({ says }) => says)).toContain("a later hop failed: hidden.kz");
  });

  it("a redirect to https on the same host is no page: the handshake behind it decides", () => {
    const body = web({
      url: "http://orda.kz/",
      dns: [answer(REAL_IP)],
      tcp: [{ port: 80 }, { port: 443 }],
      tls: [{ tcp: 3, failure: "generic_timeout_error", answered: false }],
      http: [{ tcp: 2, tls: null, status: 301, location: "https://orda.kz/" }],
    });
    expect(judge(body, { controls: FINE }).code).toBe("tls_drop");
  });

  it("hops that fail are named by what is known of them", () => {
    const hop = { failure: "generic_timeout_error" as const, status: null };
    const body = web({
      dns: [answer(REAL_IP)],
      tcp: [{}],
      tls: [TRUSTED],
      http: [{}, { ...hop, url: "https://far.kz/" }, { ...hop, url: "nonsense" }],
    });
    const says = judge(body, {}).reasons.map((reason) => reason.says);
    expect(says).toContain("a later hop failed: far.kz");
    expect(says).toContain("a later hop failed: ?");
  });

  it("a legal refusal names who refused", () => {
    const body = clearPage({ status: 451, headers: { link: '<https://filter.example/>; rel="blocked-by"' } });
    expect(judge(body, {}).reasons[0]?.says).toMatch(/blocked by https:\/\/filter\.example\//);
  });

  it("knowledge without lists accuses of what needs none, and of nothing else", () => {
    const nothing = knowledgeFrom({});
    const judged = (body: WebBody) => classify({ body, local: [], link: null }, [], nothing).code;
    expect([judged(tlsDrop()), judged(clearPage({ title: "Access restricted" }))]).toEqual([
      "tls_drop",
      "inconclusive",
    ]);
  });

  it("a page in place of a country's own pattern that is no pattern is no page", () => {
    const broken = {
      ...KNOWLEDGE,
      interception: KNOWLEDGE.interception.map((root) => ({ ...root, issuerPattern: "(" })),
    };
    const verdict = classify({ body: strangeCertificate(ISCA), local: [], link: null }, [], broken);
    expect(verdict.code).toBe("inconclusive");
  });

  it("a block page reached through a lie of DNS says so", () => {
    const body = web({
      dns: [answer(FORGED_IP), { resolver: "doh:dns.example", ...answer(REAL_IP) }],
      tcp: [{ ip: FORGED_IP }],
      tls: [UNTRUSTED],
      http: [{ title: "Access restricted" }],
    });
    const verdict = judge(body, { controls: FINE });
    expect(verdict.code).toBe("block_page");
    expect(verdict.reasons[1]?.says).toMatch(/delivered by DNS/);
  });
});
