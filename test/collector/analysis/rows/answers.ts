import { answer, okPage, REAL_IP, TRUSTED, web } from "../build.ts";
import { clearPage, FINE, inside403, KZ, type Row, refused, strangeCertificate } from "./row.ts";

/** What the site itself answered. */
export const ANSWERS_ROWS: readonly Row[] = [
  ["the site refuses the country", refused(403), { controls: FINE }, "geo_block", "site-refuses", "contrasted"],
  [
    "a site inside refuses the witness, one control of three is let in",
    web({ url: KZ, dns: [answer(REAL_IP)], tcp: [{}], tls: [TRUSTED], http: [{ status: 403 }] }),
    { controls: [okPage(KZ), ...["a", "b"].map(() => web({ ...inside403 }))] },
    "geo_block",
    "site-refuses",
    "contrasted",
  ],
  [
    "an error of a site inside, for all",
    web({ url: KZ, dns: [answer(REAL_IP)], tcp: [{}], tls: [TRUSTED], http: [{ status: 502 }] }),
    { controls: [web({ url: KZ, dns: [answer(REAL_IP)], tcp: [{}], tls: [TRUSTED], http: [{ status: 500 }] })] },
    "origin_side",
    "site-error",
  ],
  [
    "a page in clear that leads where the controls' leads",
    clearPage({ status: 302, location: "https://elsewhere.kz/a" }),
    { controls: [clearPage({ status: 302, location: "https://elsewhere.kz/b" })] },
    "ok",
    "clear-page-alike",
  ],
  [
    "a page in clear that leads elsewhere than the controls'",
    clearPage({ status: 302, location: "https://casino.kz/" }),
    { controls: [clearPage({ status: 302, location: "https://elsewhere.kz/b" })] },
    "inconclusive",
    "too-little",
  ],
  [
    "two pages in clear too long to be read to the end",
    clearPage({ title: "a", truncated: true, bodyBytes: 500 }),
    { controls: [clearPage({ title: "b", truncated: true, bodyBytes: 5000 })] },
    "ok",
    "clear-page-alike",
  ],
  [
    "a page cut short beside a whole one",
    clearPage({ title: "a", truncated: true }),
    { controls: [clearPage({ title: "b" })] },
    "inconclusive",
    "too-little",
  ],
  ["the site refuses everybody", refused(403), { controls: [refused(403)] }, "ok", "site-refuses"],
  ["451 over a valid certificate is the site's own", refused(451), {}, "geo_block", "site-refuses", "weak"],
  ["a challenge", refused(503, { title: "Just a moment..." }), { controls: FINE }, "geo_block", "site-refuses"],
  ["an error of the site", refused(502), { controls: FINE }, "inconclusive", "site-error"],
  ["an error of the site for all", refused(502), { controls: [refused(502)] }, "site_down", "site-error"],
  ["a page over a valid certificate", okPage(), {}, "ok", "trusted-page", "self-evident"],
  [
    "a page in clear like the controls'",
    clearPage(),
    { controls: [clearPage({ bodyBytes: 900, title: null })] },
    "ok",
    "clear-page-alike",
    "contrasted",
  ],
  [
    "a page in clear of another size and title",
    clearPage({ bodyBytes: 100, title: "X" }),
    { controls: [clearPage()] },
    "inconclusive",
    "too-little",
  ],
  ["a page in clear without controls", clearPage(), {}, "inconclusive", "too-little"],
  [
    "one expired certificate for all",
    strangeCertificate(),
    { controls: [strangeCertificate()] },
    "ok",
    "same-certificate",
  ],
];
