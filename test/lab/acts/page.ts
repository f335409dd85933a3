import type { z } from "zod";
import type { Answer, Ending } from "../middlebox/orders.ts";
import type { Act, Ground } from "./act.ts";
import { leadTo } from "./lead.ts";
import type { Aim } from "./name.ts";

const HTTP_BOX_PORT = 8501;
const TLS_PAGE_PORT = 8502;

/** A page put in place of a site's; `known` ones are in the list of block pages. */
export const PAGES = {
  /** Known to the matrix as one on record. */
  seen: { status: 200, headers: {}, body: "<title>Notice</title><p>Lab filter 17: this site is closed by order.</p>" },
  seen403: {
    status: 403,
    headers: {},
    body: "<title>Notice</title><p>Lab filter 17: this site is closed by order.</p>",
  },
  /** Wording that such a page would use: it proves less. */
  generic: {
    status: 200,
    headers: {},
    body: "<title>Доступ ограничен</title><p>Доступ ограничен по предписанию Министерства.</p>",
  },
  legal: {
    status: 451,
    headers: { link: '<https://authority.example/>; rel="blocked-by"' },
    body: "<title>Unavailable</title><p>Unavailable for legal reasons.</p>",
  },
  /** In no list, and unlike any site. */
  unknown: { status: 200, headers: {}, body: "<title>Welcome</title><p>Hello.</p>" },
} as const satisfies Readonly<Record<string, Answer>>;
export type PageKind = keyof typeof PAGES;

/** A transparent proxy answers requests in clear for the site with a page of its own, or ends them. */
export function hostAnswered({ name, address }: Aim, does: PageKind | z.infer<typeof Ending>): Act {
  return {
    title: `Host: ${does}`,
    begin: (ground) => {
      const upstream = { ip: address, port: 80 };
      const what = does === "reset" || does === "fin" || does === "silence" ? does : PAGES[does];
      const box = { box: "http-filter" as const, port: HTTP_BOX_PORT, upstream, host: name, does: what };
      return leadTo(ground, [box], [{ address, from: 80, to: HTTP_BOX_PORT }]);
    },
  };
}

/** At an address of the router a page is served, in clear and with a certificate that nobody vouches for. */
export function pageServer(address: string, kind: PageKind): Act {
  return {
    title: `page server: ${kind}`,
    begin: async ({ middlebox, credentials }) => {
      const page = { box: "page" as const, address, answer: PAGES[kind] };
      const credential = credentials.ofFilter;
      return middlebox.set([
        { ...page, port: 80, credential: null },
        { ...page, port: 443, credential },
      ]);
    },
  };
}

/** How a captive portal meets requests in clear. */
export type PortalKind = "redirect" | "511";

/** A captive portal: every connection to the web, to whatever address, reaches the portal and nothing else. */
export function captivePortal(kind: PortalKind): Act {
  return {
    title: `captive portal: ${kind}`,
    begin: (ground) =>
      leadTo(ground, portalBoxes(ground, kind), [
        { address: null, from: 80, to: HTTP_BOX_PORT },
        { address: null, from: 443, to: TLS_PAGE_PORT },
      ]),
  };
}

function portalBoxes({ insideAddress, credentials }: Ground, kind: PortalKind) {
  const login = `http://${insideAddress}/login`;
  const body = "<title>Log in</title><p>Log in to use this network.</p>";
  const answer: Answer =
    kind === "511" ? { status: 511, headers: {}, body } : { status: 302, headers: { location: login }, body };
  const page = { box: "page" as const, address: "0.0.0.0", answer };
  return [
    { ...page, port: HTTP_BOX_PORT, credential: null },
    { ...page, port: TLS_PAGE_PORT, credential: credentials.ofFilter },
  ];
}
