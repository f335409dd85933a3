import { okPage, tcpTimeout, tlsDrop } from "../build.ts";
import { FINE, KZ, type Row, UP } from "./row.ts";

/** Failures that controls share or do not agree on. */
export const SITE_ROWS: readonly Row[] = [
  [
    "a site that fails for controls",
    tcpTimeout(),
    { controls: [tcpTimeout(), tcpTimeout()] },
    "site_down",
    "fails-for-controls",
    "contrasted",
  ],
  [
    "a site inside that fails for controls",
    tcpTimeout(KZ),
    { controls: [tcpTimeout(KZ)] },
    "origin_side",
    "fails-for-controls",
  ],
  [
    "silence for all is no block, whatever the paired test says",
    tlsDrop(),
    { controls: [tlsDrop()] },
    "site_down",
    "fails-for-controls",
  ],
  [
    "one control inside reaches a site inside",
    tcpTimeout(KZ),
    { controls: [okPage(KZ), tcpTimeout(KZ)] },
    "tcp_block",
    "tcp-closed",
  ],
  [
    "a control inside the country is held back by the same filter from a site abroad",
    tcpTimeout(),
    { controls: [okPage()], inside: [tcpTimeout()] },
    "tcp_block",
    "tcp-closed",
    "contrasted",
  ],
  [
    "a control inside that reaches a site abroad counts",
    tcpTimeout(),
    { inside: [okPage()] },
    "tcp_block",
    "tcp-closed",
  ],
  [
    "controls abroad are locked out of a site inside, and one on another network inside reaches it: a block",
    tlsDrop(KZ),
    { controls: [tlsDrop(KZ), tcpTimeout(KZ)], inside: [okPage(KZ)] },
    "tls_drop",
    "tls-name-rule",
    "self-evident",
  ],
  [
    "controls abroad are locked out of a site inside, and so are those inside",
    tlsDrop(KZ),
    { controls: [tlsDrop(KZ)], inside: [tcpTimeout(KZ)] },
    "origin_side",
    "fails-for-controls",
    "contrasted",
  ],
  [
    "a site inside, no control inside, and those abroad do not reach it: cause not established",
    tlsDrop(KZ),
    { controls: [tcpTimeout(KZ), tlsDrop(KZ)] },
    "origin_side",
    "fails-for-controls",
  ],
  [
    "controls that do not agree",
    tcpTimeout(),
    { controls: [okPage(), tcpTimeout()] },
    "inconclusive",
    "controls-divided",
  ],
  [
    "connections swallowed that controls make",
    tcpTimeout(),
    { controls: FINE },
    "tcp_block",
    "tcp-closed",
    "contrasted",
  ],
  ["connections swallowed, no control", tcpTimeout(), { link: UP }, "inconclusive", "too-little"],
];
