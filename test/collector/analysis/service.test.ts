import { describe, expect, it } from "vitest";
import type { LinkView } from "../../../collector/analysis/classify.ts";
import { classifyService, readService } from "../../../collector/analysis/service/service.ts";
import { splitService } from "../../../collector/analysis/service/split.ts";
import type { Failure } from "../../../protocol/failure.ts";
import { ImBody } from "../../../protocol/records/im.ts";
import type { LocalSuspect } from "../../../protocol/records/local.ts";
import { KNOWLEDGE, probeOf, T0, TRUSTED, UNTRUSTED, web } from "./build.ts";
import { measureRounds, run, worldOf } from "./world.ts";

const SITE_IP = "149.154.167.99";
const NAME = "web.telegram.org";

type Centre = { ip: string; port?: number; failure?: Failure | null };
type Draft = {
  centres?: Centre[];
  /** State of the web client; `gone` leaves it out. */
  site?: "ok" | "silent" | "cut" | "nxdomain" | "dead" | "gone";
  local?: LocalSuspect[];
};

const CENTRES: Centre[] = [{ ip: "149.154.175.50" }, { ip: "149.154.167.51" }, { ip: "2001:b28:f23d::a" }];
const shut = (failure: Failure = "generic_timeout_error") => CENTRES.map((one) => ({ ...one, failure }));

function telegram({ centres = CENTRES, site = "ok", local }: Draft = {}): ImBody {
  const tcp = centres.map(({ ip, port = 443, failure = null }) => ({ ip, port, failure }));
  const base = tcp.length + (site === "gone" ? 0 : 2);
  const first = { ip: SITE_IP, port: 443 };
  const drafts = {
    ok: { tcp: [first], tls: [{ ...TRUSTED, tcp: base, sni: NAME }], http: [{ tcp: base }] },
    silent: {
      tcp: [first],
      tls: [{ tcp: base, sni: NAME, failure: "generic_timeout_error" as const, answered: false }],
    },
    cut: { tcp: [first], tls: [{ tcp: base, sni: NAME, failure: "connection_reset" as const, answered: false }] },
    dead: { tcp: [{ ...first, failure: "generic_timeout_error" as const }] },
    nxdomain: {},
    gone: {},
  };
  const draft = drafts[site];
  const answers = [{ type: "A", data: SITE_IP, ttl: 60 }];
  const lie = { rcode: "NXDOMAIN", failure: "dns_nxdomain_error" as const };
  const body = web({
    url: `https://${NAME}/`,
    ...draft,
    dns: site === "gone" ? [] : [site === "nxdomain" ? lie : { answers }],
    tcp: [...tcp, ...("tcp" in draft ? draft.tcp : [])],
  });
  const { url: _url, target: _target, ...rest } = body;
  return ImBody.parse({ ...rest, service: "telegram", ...(local && { local }) });
}

const FINE = [telegram(), telegram()];

function judge(body: ImBody, controls: ImBody[] = FINE, link: LinkView | null = null) {
  const facts = controls.map((one, index) =>
    readService({ body: one, place: "DE", measuredAt: T0, probe: `control ${index}` }),
  );
  return classifyService({ body, local: [], link }, facts, KNOWLEDGE);
}
const codes = (body: ImBody, controls?: ImBody[], link?: LinkView) =>
  Object.fromEntries(judge(body, controls, link).endpoints.map(({ endpoint, verdict }) => [endpoint, verdict.code]));

describe("a messenger is taken apart into endpoints", () => {
  it("a name with its port, and each data centre by address", () => {
    expect(splitService(telegram()).map(({ id, byAddress }) => [id, byAddress])).toEqual([
      ["149.154.175.50:443", true],
      ["149.154.167.51:443", true],
      ["[2001:b28:f23d::a]:443", true],
      [`${NAME}:443`, false],
    ]);
  });

  it("a name that led to no connection is an endpoint, too", () => {
    expect(splitService(telegram({ centres: [], site: "nxdomain" })).map(({ id }) => id)).toEqual([`${NAME}:443`]);
  });

  it("a connection belongs to the name whose answer holds its address, whatever was done on it", () => {
    const body = telegram({ centres: [], site: "dead" });
    expect(splitService(body).map(({ id }) => id)).toEqual([`${NAME}:443`]);
  });

  it("two ports of one data centre are two endpoints; a request in clear there makes a plain address of it", () => {
    const centres = [{ ip: "149.154.175.50", port: 80 }, { ip: "149.154.175.50" }];
    const body = telegram({ centres, site: "gone" });
    const http = web({ http: [{}] }).http.map((step) => ({
      ...step,
      tcp: 1,
      tls: null,
      url: "http://149.154.175.50/",
    }));
    expect(splitService({ ...body, http }).map(({ body: part }) => part.url)).toEqual([
      "http://149.154.175.50:80/",
      "https://149.154.175.50:443/",
    ]);
  });

  it("follow-ups stay with the address that they went to", () => {
    const body = telegram();
    const tcp = [
      ...body.tcp,
      { id: 90, startMs: 0, durationMs: 1, failure: null, ip: SITE_IP, port: 443, purpose: "sni-control" as const },
    ];
    const part = splitService({ ...body, tcp }).find(({ id }) => id === `${NAME}:443`);
    expect(part?.body.tcp.map(({ id }) => id)).toContain(90);
  });
});

describe("verdict on a messenger", () => {
  it("all answers", () => {
    const { verdict } = judge(telegram());
    expect(verdict).toMatchObject({ code: "ok", rule: "service-answers", strength: "self-evident" });
    expect(verdict.reasons.map(({ says }) => says)).toEqual([
      "3 of 3 data-centre endpoints answer",
      "1 of 1 named endpoints answer",
    ]);
  });

  it("all data centres swallow connections while the web client works: blocked by address", () => {
    const { verdict } = judge(telegram({ centres: shut() }));
    expect(verdict).toMatchObject({ code: "tcp_block", rule: "service-blocked", stage: "tcp", strength: "contrasted" });
    expect(verdict.reasons.at(-1)?.says).toBe("3 of 4 endpoints are blocked, 1 answer");
    expect(codes(telegram({ centres: shut() }))).toMatchObject({
      "149.154.175.50:443": "tcp_block",
      [`${NAME}:443`]: "ok",
    });
  });

  it("the reasons say what is shut and what still answers", () => {
    const says = (body: ImBody) => judge(body).verdict.reasons.map((reason) => reason.says);
    expect(says(telegram({ centres: shut() }))).toContain(`shut: 3 data centres; open: ${NAME}:443`);
    expect(says(telegram({ site: "silent" })).at(-2)).toMatch(new RegExp(`^shut: ${NAME}:443; open: 149\\.154`));
    expect(says(telegram({ centres: shut(), site: "silent" })).join()).not.toContain("open:");
  });

  it("one data centre of three is not enough", () => {
    const [first, ...others] = shut();
    const body = telegram({ centres: first === undefined ? [] : [first, ...others.map(({ ip }) => ({ ip }))] });
    expect(judge(body).verdict.code).toBe("ok");
    expect(codes(body)["149.154.175.50:443"]).toBe("tcp_block");
  });

  it("only the web client is cut off: blocked by its method, and the rest is told", () => {
    const { verdict } = judge(telegram({ site: "silent" }));
    expect(verdict).toMatchObject({ code: "tls_drop", stage: "tls", strength: "contrasted" });
    expect(verdict.reasons.at(-1)?.says).toBe("1 of 4 endpoints are blocked, 3 answer");
  });

  it("everything is cut off: the commonest method names it", () => {
    expect(judge(telegram({ centres: shut("connection_refused"), site: "cut" })).verdict.code).toBe("tcp_block");
  });

  it("the name is denied by the resolver only", () => {
    expect(judge(telegram({ site: "nxdomain" })).verdict).toMatchObject({ code: "dns_tamper", stage: "dns" });
  });

  it("what fails for controls too is the messenger's own", () => {
    const down = telegram({ centres: shut(), site: "dead" });
    expect(judge(down, [down, down]).verdict).toMatchObject({ code: "site_down", rule: "service-not-reached" });
  });

  it("without controls nobody is accused", () => {
    expect(judge(telegram({ centres: shut(), site: "dead" }), []).verdict.code).toBe("inconclusive");
    expect(judge(telegram({ centres: shut() }), []).verdict.code).toBe("ok");
  });

  it("a line that is down is offline, whatever the number of dead endpoints", () => {
    const lan = { state: "lan", portal: false, resolverOk: null } as const;
    const body = telegram({ centres: shut(), site: "gone" });
    expect(judge(body, FINE, lan).verdict.code).toBe("offline");
    expect(judge(body, FINE).verdict).toMatchObject({ code: "offline", strength: "weak" });
  });

  it("a VPN on the host says nothing of the network", () => {
    const local = [{ kind: "vpn" as const, says: "tun0" }];
    expect(judge(telegram({ centres: shut(), local })).verdict.code).toBe("local_interference");
  });

  it("a certificate of the messenger's own authority is its own where controls see the same issuer", () => {
    const own = (): ImBody => {
      const body = telegram({ centres: [] });
      return { ...body, http: [], tls: body.tls.map((step) => ({ ...step, ...UNTRUSTED, failure: null })) };
    };
    expect(judge(own(), [own(), own()]).verdict.code).toBe("ok");
    const strange = own();
    const tls = strange.tls.map((step) => ({
      ...step,
      leaf: step.leaf && { ...step.leaf, issuer: "CN=Else" },
      chain: ["e".repeat(64)],
    }));
    expect(judge({ ...strange, tls }, [own(), own()]).verdict.code).toBe("tls_mitm");
    expect(judge({ ...strange, tls }, []).verdict.code).toBe("inconclusive");
  });

  it("a data centre that answers a request in clear is open, one whose requests alone are cut is blocked at HTTP", () => {
    const asked = (http: object): ImBody => {
      const body = telegram({ centres: [{ ip: "149.154.175.50", port: 80 }], site: "gone" });
      const steps = web({ http: [{ url: "http://149.154.175.50/", tls: null, title: null, ...http }] }).http;
      return { ...body, http: steps.map((step) => ({ ...step, tcp: 1 })) };
    };
    const open = asked({ status: 404, bodyBytes: 3 });
    expect(judge(open, [asked({ status: 501, bodyBytes: 900 })]).verdict.code).toBe("ok");
    expect(judge(asked({ status: null, failure: "connection_reset" }), [open, open]).verdict.code).toBe("http_block");
  });

  it("an endpoint that controls do not know is held against nothing", () => {
    expect(judge(telegram({ centres: shut() }), [telegram({ centres: [] })]).verdict.code).toBe("ok");
  });

  it("names that share an address share its connection", () => {
    const body = telegram({ centres: [], site: "dead" });
    const shared = {
      ...body,
      dns: [...body.dns, ...body.dns.map((step) => ({ ...step, id: 50, name: "b.telegram.org" }))],
    };
    expect(splitService(shared).map(({ id }) => id)).toEqual([`${NAME}:443`, "b.telegram.org:443"]);
  });

  it("nothing measured says nothing", () => {
    expect(judge(telegram({ centres: [], site: "gone" })).verdict).toMatchObject({
      code: "inconclusive",
      strength: "weak",
    });
  });
});

describe("blocks of a messenger", () => {
  it("become an incident whose target is the service", () => {
    const witnesses = ["A", "B", "C"].map((letter) => probeOf(letter));
    const controls = ["X", "Y"].map((letter) => probeOf(letter, { role: "control", region: "DE", asn: 24940 }));
    const probes = [...witnesses, ...controls];
    const world = worldOf(probes);
    const cadenceMs = 900_000;
    // Sites measured beside it show that the line is well.
    const targets = ["orda.kz", "vlast.kz", "rus.azattyq.org", "wikipedia.org"];
    measureRounds(world, { probes, targets, from: T0, rounds: 30, cadenceMs });
    for (let round = 0; round < 30; round++)
      for (const [index, probe] of probes.entries()) {
        const at = T0 + round * cadenceMs + index * 60_000;
        const blocked = round >= 12 && round < 22 && probe.role === "witness";
        world.write(probe, at, { kind: "im", body: telegram(blocked ? { centres: shut() } : {}) });
      }
    const { incidents, verdicts } = run(world.items);
    expect(incidents).toMatchObject([{ kind: "block", method: "tcp_block", targets: ["telegram"], witnesses: 3 }]);
    expect(incidents[0]?.end).not.toBeNull();
    const told = verdicts.filter(({ target }) => target === "telegram");
    expect(told.filter(({ verdict }) => verdict.code === "tcp_block")).toHaveLength(30);
  });
});
