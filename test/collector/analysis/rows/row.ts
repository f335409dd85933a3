import type { LinkView } from "../../../../collector/analysis/classify.ts";
import type { LocalSuspect } from "../../../../protocol/records/local.ts";
import type { WebBody } from "../../../../protocol/records/web.ts";
import type { Strength, VerdictCode } from "../../../../protocol/verdict.ts";
import { answer, okPage, REAL_IP, TRUSTED, UNTRUSTED, web } from "../build.ts";

/** `sameControl` are results of one control probe, one after another; `inside` those of controls in the country. */
export type Setting = {
  controls?: WebBody[];
  sameControl?: WebBody[];
  inside?: WebBody[];
  local?: LocalSuspect["kind"][];
  link?: LinkView;
};
/** A measurement and what surrounds it, with the verdict that it must get. */
export type Row = [says: string, body: WebBody, setting: Setting, code: VerdictCode, rule: string, strength?: Strength];

export const UP: LinkView = { state: "international", portal: false, resolverOk: true };
export const FINE = [okPage(), okPage()];
export const CLEAR = "http://plain.kz/";
export const KZ = "https://hola.kz/";
export const clearPage = (http: object = {}) =>
  web({ url: CLEAR, dns: [answer(REAL_IP)], tcp: [{ port: 80 }], http: [{ tls: null, ...http }] });
export const refused = (status: number, more: object = {}) =>
  web({ dns: [answer(REAL_IP)], tcp: [{}], tls: [TRUSTED], http: [{ status, ...more }] });
export const systemSays = (
  failure: "dns_nxdomain_error" | "dns_refused_error" | "generic_timeout_error",
  more: object = {},
) =>
  web({
    dns: [
      { failure, rcode: failure === "dns_nxdomain_error" ? "NXDOMAIN" : null },
      { resolver: "doh:dns.example", transport: "https", ...answer(REAL_IP) },
    ],
    tcp: [{}],
    tls: [TRUSTED],
    http: [{}],
    ...more,
  });
export const handshake = (
  failure: "connection_reset" | "eof_error" | "ssl_failed_handshake" | "generic_timeout_error",
  answered = false,
) => web({ dns: [answer(REAL_IP)], tcp: [{}], tls: [{ failure, answered }] });
export const strangeCertificate = (more: object = {}) =>
  web({ dns: [answer(REAL_IP)], tcp: [{}], tls: [{ ...UNTRUSTED, ...more }], http: [{}] });
export const SILENCE = { failure: "generic_timeout_error", answered: false } as const;
export const inside403 = {
  url: KZ,
  dns: [answer(REAL_IP)],
  tcp: [{}],
  tls: [TRUSTED],
  http: [{ status: 403 }],
};
export const ISCA = {
  leaf: { subject: "CN=orda.kz", issuer: "C=KZ, O=ISCA, CN=X", sans: [], notBefore: "", notAfter: "" },
};
