import type { EpochMs, Item } from "../../collector/analysis/types.ts";
import type { ArchiveLine } from "../../protocol/archive.ts";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { CHAIN_START, type ChainHead } from "../../protocol/chain.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import type { Entry } from "../../protocol/records/entry.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import type { Scenario } from "./scenario.ts";

/**
 * Lines of an archive (design 4.5) that a scenario's items make, in their order: probes and targets first, entries
 * with their chains, each presence when its end is known. Without signatures: read it with `--unsigned`. Each line ends
 * with a line feed.
 */
export function* archiveOf(
  scenario: Scenario,
  items: Iterable<Item>,
  urlOf: (target: string) => string,
): Generator<string> {
  const heads = new Map<string, ChainHead>();
  const texts: BodyTexts = new WeakMap();
  const since = new Map<string, EpochMs>();
  for (const id of scenario.targets) yield text({ type: "target", id, url: urlOf(id), category: "other" });
  for (const item of items) {
    switch (item.type) {
      case "probe":
        yield text({ type: "probe", ...item.probe });
        break;
      case "present":
        since.set(item.probe, item.at);
        break;
      case "silent":
        yield presence(item.probe, since.get(item.probe) ?? item.lastBeat, item.lastBeat, item.at);
        since.delete(item.probe);
        break;
      case "gap":
        yield text({ type: "gap", from: utc(item.from), to: utc(item.to) });
        break;
      case "entry":
        yield `{"entry":${chained(heads, texts, item.entry)},"received":"${utc(item.at)}","type":"entry"}\n`;
    }
  }
  for (const [probe, from] of since) yield presence(probe, from, scenario.to, scenario.to);
}

/** Canonical texts of bodies before and after their round, by the steps that measurements of one treatment share. */
type BodyTexts = WeakMap<object, readonly [string, string]>;

/** The entry's canonical text, as the next of its probe's chain. Items leave `prev` open. */
function chained(heads: Map<string, ChainHead>, texts: BodyTexts, entry: Entry): string {
  const { hash } = heads.get(entry.probe) ?? CHAIN_START;
  const line =
    entry.kind === "web"
      ? canonicalJson({ ...entry, prev: hash, body: null }).replace(
          '"body":null',
          () => `"body":${webText(texts, entry.body)}`,
        )
      : canonicalJson({ ...entry, prev: hash });
  heads.set(entry.probe, { seq: entry.seq, hash: sha256Hex(line) });
  return line;
}

/** Most of an archive are bodies that differ in their round alone. */
function webText(texts: BodyTexts, body: WebBody): string {
  const known = texts.get(body.dns);
  if (known !== undefined) return known.join(body.round);
  const [before = "", after = ""] = canonicalJson(body).split(body.round);
  texts.set(body.dns, [before, after]);
  return [before, after].join(body.round);
}

function presence(probe: string, from: EpochMs, to: EpochMs, received: EpochMs): string {
  return text({ type: "presence", probe, from: utc(from), to: utc(to), received: utc(received) });
}

function text(line: ArchiveLine): string {
  return `${canonicalJson(line)}\n`;
}

function utc(at: EpochMs): string {
  return new Date(at).toISOString();
}
