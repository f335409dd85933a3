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
