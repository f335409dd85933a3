import { answer, REAL_IP, TRUSTED, web } from "../build.ts";
import { clearPage, FINE, type Row } from "./row.ts";

/** Requests, and refusals in clear. */
export const HTTP_ROWS: readonly Row[] = [
  [
    "a request cut after the name",
    web({ dns: [answer(REAL_IP)], tcp: [{}], tls: [TRUSTED], http: [{ failure: "connection_reset", status: null }] }),
    { controls: FINE },
    "http_block",
    "http-interrupted",
    "contrasted",
  ],
  [
    "an answer that breaks the grammar is no cut",
    web({ dns: [answer(REAL_IP)], tcp: [{}], tls: [TRUSTED], http: [{ failure: "http_parse_error", status: null }] }),
    { controls: FINE },
    "inconclusive",
    "too-little",
  ],
  [
    "451 in clear, and nobody to hold it against",
    clearPage({ status: 451, headers: { link: '<https://filter.example/>; rel="blocked-by"' } }),
    {},
    "inconclusive",
    "legal-refusal-in-clear",
    "weak",
  ],
  [
    "451 in clear that controls get as well",
    clearPage({ status: 451, title: "No" }),
    { controls: [clearPage({ status: 451, title: "No" })] },
    "ok",
    "clear-page-alike",
  ],
  [
    "451 in clear, by the site itself as it says",
    clearPage({ status: 451, headers: { link: '<https://plain.kz/law>; rel="blocked-by"' }, title: "No" }),
    { controls: [clearPage({ bodyBytes: 5 })] },
    "geo_block",
    "legal-refusal-in-clear",
    "weak",
  ],
  [
    "451 in clear",
    clearPage({ status: 451, title: "No", bodyBytes: 5 }),
    { controls: [clearPage()] },
    "block_page",
    "legal-refusal-in-clear",
    "contrasted",
  ],
];
