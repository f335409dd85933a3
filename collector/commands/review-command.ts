import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import type { PublishedVersion } from "../../protocol/publication.ts";
import { RULES_VERSION } from "../analysis/classify.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { readRequest, review } from "../publication/review.ts";
import { openExistingStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { writeDown } from "./write-down.ts";

const USAGE =
  "kuager collector review ACT SUBJECT [OTHER] [--note-en TEXT] [--note-ru TEXT] [--note-kk TEXT] [--target NAME]… [--asn N]… [--region CODE]… [--author NAME] [--json] [--data DIR]";

const HELP = `${USAGE}

Decides what is published of what the analysis found. Nothing that was published is changed: each act makes a new version,
which says what was done and why, and stays in the audit trail.

  list                    what is published: number, version, state, incident
  trail [NUMBER]          what reviewers did, latest first
  publish SUBJECT         an incident that has no number yet (by its id); or ends a hold, or undoes a tombstone or a merge
  hold SUBJECT            keeps it from being published, or a published one from getting versions from new records
  merge NUMBER OTHER      OTHER tells both from now on
  split NUMBER            takes what --target, --asn and --region name out into a number of its own
  tombstone NUMBER        withdraws it; its versions stay
  note NUMBER             adds a note
  erratum NUMBER          says that the version before was wrong by a fault of ours

  --note-en, -ru, -kk     why, for readers: one of them is needed for merge, split, tombstone, note and erratum
  --author NAME           who decides; kept in the audit trail, never published
`;

const OPTIONS = {
  ...DATA_OPTION,
  "note-en": { type: "string" },
  "note-ru": { type: "string" },
  "note-kk": { type: "string" },
  target: { type: "string", multiple: true },
  asn: { type: "string", multiple: true },
  region: { type: "string", multiple: true },
  author: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

type Values = ReturnType<typeof readArguments<typeof OPTIONS>>["values"];

const TRAIL_SHOWN = 200;
/** Acts that readers are told a reason for. */
const NEED_NOTE: ReadonlySet<string> = new Set(["merge", "split", "tombstone", "note", "erratum"]);
/** Whoever works on the collector's own machine. */
const ROLE = "operator";

/** `kuager collector review`. Errors: `usage`, `bad_input` for what cannot be done, the store's. */
export async function runReview(argv: readonly string[], io: Io): Promise<number> {
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: 0, max: 3 });
  const [act, subject, other] = words;
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  if (act === undefined || (subject === undefined && act !== "list" && act !== "trail"))
    throw usageError("Something is missing", USAGE);
  if (!ACTS.has(act)) throw usageError(`${act} is none of ${[...ACTS].join(", ")}`, USAGE);
  const store = await openExistingStore(dataFolder(values, io.env));
  try {
    if (act === "list") io.out(await published(store, io, values));
    else if (act === "trail") io.out(await trail(store, io, subject ?? null));
    else io.out(await decide(store, { act, subject, other, values }));
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

const ACTS: ReadonlySet<string> = new Set([
  ...["list", "trail", "publish", "hold", "note", "erratum", "merge", "split", "tombstone"],
]);

type Asked = { act: string; subject: string | undefined; other: string | undefined; values: Values };

async function decide(store: Store, { act, subject, other, values }: Asked): Promise<string> {
  const note = noteOf(values);
  if (NEED_NOTE.has(act) && !("note" in note))
    throw new CodedError("bad_input", "Say why, for readers: add --note-en TEXT, --note-ru TEXT or --note-kk TEXT.");
  const request = readRequest({
    act: act === "hold" ? "hold back" : act,
    subject,
    ...(other !== undefined && { other }),
    ...note,
    ...selectionOf(values),
  });
  const made = await review(store, request, {
    reviewer: { role: ROLE, name: values.author ?? "command line" },
    at: Date.now(),
    rulesVersion: RULES_VERSION,
  });
  await writeDown(store, "incident reviewed", { subject, detail: act });
  if (values.json === true) return lines(made, versionLine, values);
  return made.length === 0 ? "Done; no new version.\n" : lines(made, versionLine, values);
}

function noteOf(values: Values) {
  const [en, ru, kk] = [values["note-en"], values["note-ru"], values["note-kk"]];
  const note = { ...(en && { en }), ...(ru && { ru }), ...(kk && { kk }) };
  return Object.keys(note).length === 0 ? {} : { note };
}

function selectionOf({ target, asn, region }: Values) {
  if (target === undefined && asn === undefined && region === undefined) return {};
  const asns = asn?.map((text) => Number(text.replace(/^as/i, "")));
  return {
    selection: { ...(target && { targets: target }), ...(asns && { asns }), ...(region && { regions: region }) },
  };
}

async function published({ publications }: Store, io: Io, values: Values): Promise<string> {
  const newest = await publications.newest();
  if (newest.length === 0) io.err("Nothing is published yet: no incident has come to rest, or none was found.\n");
  return lines(newest, versionLine, values);
}

async function trail({ publications }: Store, io: Io, subject: string | null): Promise<string> {
  const acts = await publications.acts({ subject, before: null, limit: TRAIL_SHOWN });
  if (acts.length === 0) io.err(`No act of review is on record${subject === null ? "" : ` for ${subject}`}.\n`);
  return acts.map(({ act }) => `${JSON.stringify(act)}\n`).join("");
}

function lines<Row>(rows: readonly Row[], line: (row: Row) => string, { json }: Values): string {
  return rows.map((row) => `${json === true ? JSON.stringify(row) : line(row)}\n`).join("");
}

function versionLine({ number, version, change, publishedAt, incident }: PublishedVersion): string {
  const what = [incident.kind, incident.confidence, ...incident.targets.slice(0, 3), ...incident.regions.slice(0, 3)];
  return `${number}-v${version}  ${change}  ${publishedAt}  ${what.join(" ")}`;
}
