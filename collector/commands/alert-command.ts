import { randomUUID } from "node:crypto";
import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { plainProblem, problemTexts } from "../../protocol/plain-problem.ts";
import { createChannels, missingSetting } from "../alerts/channels.ts";
import { testMessage } from "../alerts/message.ts";
import {
  addSubscription,
  CHANNELS,
  channelOf,
  Subscription,
  shownChannel,
  subscriptions,
} from "../alerts/subscription.ts";
import type { Pages } from "../api/types.ts";
import { loadCatalogue } from "../catalogue.ts";
import { DATA_OPTION, readConfig } from "../config.ts";
import { createOutward } from "../outward.ts";
import { openExistingStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { utc } from "../time.ts";
import { writeDown } from "./write-down.ts";

const USAGE =
  "kuager collector alert add KIND ADDRESS [--label TEXT] [--lang kk|ru|en] [--confidence LEVEL] [--region CODE]… [--asn N]… [--target SITE]… [--kind KIND]… | list | remove ID | test ID [--proxy URL] [--json] [--data DIR]";

const HELP = `${USAGE}

Who is told of incidents: one alert at the start, one at the end. A collector that serves the folder sends them.

  alert add webhook URL        JSON as /api/v1 gives it, signed; prints the key by which the receiver checks it, once
  alert add email ADDRESS      by the mail server of KUAGER_COLLECTOR_SMTP_URL
  alert add telegram CHAT      a chat's number or @channel, by the bot of KUAGER_COLLECTOR_TELEGRAM_TOKEN
  alert add matrix ROOM        a room's id, by the account of KUAGER_COLLECTOR_MATRIX_TOKEN
  alert add ntfy URL/TOPIC     a topic of an ntfy server
  alert list                   who is told; addresses are shortened
  alert remove ID              tells them no more, and forgets the address
  alert test ID                sends a test now and says how it ended

  --confidence LEVEL   the least sure that is told: observed, probable (default) or confirmed
  --region, --asn, --target, --kind   only incidents that touch these; each may be repeated
  --lang kk|ru|en      language of the words (default en)

Addresses must be https; http is taken for this machine and for onion services. Redirects are not followed.

Whoever is told is tied to this collector: the address stands in its database, and the service in between (mail,
Telegram, Matrix, ntfy) sees who is told and when. For a person at risk a feed read over Tor is safer.
`;

const OPTIONS = {
  ...DATA_OPTION,
  label: { type: "string" },
  lang: { type: "string" },
  confidence: { type: "string" },
  region: { type: "string", multiple: true },
  asn: { type: "string", multiple: true },
  target: { type: "string", multiple: true },
  kind: { type: "string", multiple: true },
  proxy: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;
type Values = ReturnType<typeof readArguments<typeof OPTIONS>>["values"];

/** `kuager collector alert`. Errors: `usage`, `failed` for an unknown id or a test that was not taken, the store's. */
export async function runAlert(argv: readonly string[], io: Io, pages: Pages): Promise<number> {
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: 0, max: 3 });
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [verb, first, second] = words;
  const wanted = verb === "add" ? readSubscription(first, second, values) : null;
  if (!["add", "list", "remove", "test"].includes(verb ?? "")) throw usageError("Something is missing", USAGE);
  const { label: _l, lang: _g, confidence: _c, region: _r, asn: _a, target: _t, kind: _k, ...flags } = values;
  const config = readConfig(flags, io.env);
  const store = await openExistingStore(config.data);
  try {
    if (wanted !== null) await add(store, { subscription: wanted, config }, io, values);
    else if (verb === "list") await list(store, io, values);
    else if (verb === "remove") await remove(store, first, io);
    else await test(store, { id: first, config, pages }, io);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

type Wanted = { subscription: Subscription; config: ReturnType<typeof readConfig> };

async function add(store: Store, { subscription, config }: Wanted, io: Io, { json }: Values): Promise<void> {
  const id = await addSubscription(store.admin.subscriptions, subscription, Date.now());
  const { channel } = subscription;
  await writeDown(store, "alert added", { subject: id, detail: channel.kind });
  const secret = channel.kind === "webhook" ? channel.secret : null;
  if (json) return io.out(`${JSON.stringify({ id, ...(secret !== null && { secret }) })}\n`);
  io.out(`Added: ${id}\n${secret === null ? "" : `Key for the receiver, shown this once: ${secret}\n`}`);
  const missing = missingSetting(config, channel.kind);
  if (missing !== null)
    io.err(
      `Nothing can be sent there until the collector runs with ${missing} (not set here). Then try it: kuager collector alert test ${id}\n`,
    );
}

async function list(store: Store, io: Io, { json }: Values): Promise<void> {
  const all = (await subscriptions(store.admin.subscriptions)).map(({ id, created, subscription }) => {
    const { channel, ...rest } = subscription;
    return { id, created: utc(created), kind: channel.kind, to: shownChannel(channel), ...rest };
  });
  if (json) return io.out(`${JSON.stringify({ subscriptions: all })}\n`);
  const line = (one: (typeof all)[number]) =>
    `${[one.id, one.kind, one.to, one.confidence, one.language, one.label, filtersOf(one)].join("\t")}\n`;
  io.out(all.map(line).join("") || "Nobody is told yet.\n");
}

function filtersOf({
  regions,
  asns,
  targets,
  kinds,
}: Pick<Subscription, "regions" | "asns" | "targets" | "kinds">): string {
  return [...regions, ...asns.map((asn) => `AS${asn}`), ...targets, ...kinds].join(" ") || "everything";
}

async function remove(store: Store, id: string | undefined, io: Io): Promise<void> {
  if (id === undefined || !(await store.admin.subscriptions.remove(id))) throw unknown(id);
  await writeDown(store, "alert removed", { subject: id });
  io.out("Removed.\n");
}

type Tried = { id: string | undefined; config: ReturnType<typeof readConfig>; pages: Pages };

async function test(store: Store, { id, config, pages }: Tried, io: Io): Promise<void> {
  const found = (await subscriptions(store.admin.subscriptions)).find((one) => one.id === id);
  if (found === undefined) throw unknown(id);
  const outward = await createOutward(config.proxy);
  try {
    const message = testMessage(found.subscription, pages, Date.now());
    const outcome = await createChannels(config, outward)(found.subscription.channel, { key: randomUUID(), message });
    await writeDown(store, "alert tried", { subject: found.id });
    if (!outcome.ok) throw new CodedError("failed", `It was not taken: ${outcome.problem}.`);
    io.out("It was taken.\n");
  } finally {
    await outward.close();
  }
}

function unknown(id: string | undefined): CodedError {
  return new CodedError("failed", `There is no subscription ${id ?? ""}. See: kuager collector alert list`);
}

function readSubscription(kind: string | undefined, address: string | undefined, values: Values): Subscription {
  if (kind === undefined || address === undefined) throw usageError("KIND or ADDRESS is missing", USAGE);
  if (!CHANNELS.some((one) => one === kind)) throw usageError(`KIND must be one of ${CHANNELS.join(", ")}`, USAGE);
  const wanted = {
    channel: channelOf(kind, address),
    label: values.label ?? "",
    language: values.lang ?? "en",
    confidence: values.confidence ?? "probable",
    regions: values.region ?? [],
    asns: (values.asn ?? []).map((text) => Number(text.replace(/^as/i, ""))),
    targets: values.target ?? [],
    kinds: values.kind ?? [],
  };
  const parsed = Subscription.safeParse(wanted, { error: plainProblem });
  if (parsed.success) return known(parsed.data);
  throw usageError(problemTexts(parsed.error, flagOf).join("; "), USAGE);
}

/** What nobody measures never brings an alert. */
function known(subscription: Subscription): Subscription {
  const { names, list } = loadCatalogue();
  const region = subscription.regions.find((one) => !(one in names.regions));
  if (region !== undefined) throw usageError(`--region: ${region} is no region of Kazakhstan, such as KZ-75`, USAGE);
  const target = subscription.targets.find((one) => !list.targets.some(({ id }) => id === one));
  if (target !== undefined)
    throw usageError(`--target: ${target} is not in the list of targets (kuager probe sites shows it)`, USAGE);
  return subscription;
}

const FLAGS: Readonly<Record<string, string>> = {
  ...{ language: "--lang", regions: "--region", asns: "--asn", targets: "--target", kinds: "--kind" },
};

function flagOf([name]: readonly PropertyKey[]): string {
  return name === "channel" ? "ADDRESS" : (FLAGS[String(name)] ?? `--${String(name)}`);
}
