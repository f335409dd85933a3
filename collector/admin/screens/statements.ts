import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { plainProblem, problemTexts } from "../../../protocol/plain-problem.ts";
import { Statement } from "../../../protocol/publication.ts";
import { eventTime } from "../../events/event-time.ts";
import { createPlaces } from "../../events/places.ts";
import type { Desk } from "../desk.ts";
import { addScreen, type Visit } from "../visit.ts";

const FIELDS = [
  ...[
    "id",
    "speaker",
    "body",
    "at",
    "precision",
    "claim",
    "cause",
    "place",
    "from",
    "to",
    "targets",
    "asns",
    "regions",
  ],
  ...["source", "summary-kk", "summary-ru", "summary-en"],
] as const;

/** The ledger of statements: who said what, when. One that is changed gets a further revision; none is removed. */
export function addStatements(app: FastifyInstance, desk: Desk): void {
  addScreen(app, desk, {
    path: "/statements",
    role: "viewer",
    get: async ({ frame }) => {
      const statements = (await desk.reader.store.statements.all()).reverse();
      return { page: desk.pages.statements({ statements }, frame) };
    },
  });
  addScreen(app, desk, {
    path: "/statements/edit",
    role: "editor",
    get: (visit) => edit(desk, visit),
    post: (visit) => save(desk, visit),
  });
}

async function edit(desk: Desk, { query, frame }: Visit) {
  const id = query("statement");
  const known = id === "" ? undefined : (await desk.reader.store.statements.all()).find((one) => one.id === id);
  if (id !== "" && known === undefined) return { page: desk.pages.refused("missing", frame), status: 404 };
  const values = known === undefined ? {} : valuesOf(known);
  return { page: desk.pages.statementForm({ values, isNew: known === undefined }, frame) };
}

function valuesOf({
  summary,
  targets,
  asns,
  regions,
  archived: _archived,
  ...rest
}: Statement): Record<string, string> {
  const plain = Object.entries(rest).map(([name, value]) => [name, value ?? ""]);
  return {
    ...Object.fromEntries(plain),
    ...{ "summary-kk": summary.kk, "summary-ru": summary.ru, "summary-en": summary.en },
    ...{ targets: targets.join(" "), asns: asns.join(" "), regions: regions.join(" ") },
  };
}

async function save(desk: Desk, { form, frame, session }: Visit) {
  const { store, catalogue, now } = desk.reader;
  const values = Object.fromEntries(FIELDS.map((name) => [name, form.one(name)]));
  const isNew = values.id === "";
  const before = isNew ? undefined : (await store.statements.all()).find(({ id }) => id === values.id);
  const places = createPlaces(catalogue.regions);
  const place = places.find(values.place ?? "") ?? values.place ?? "";
  const time = (text = "") => (text === "" ? null : eventTime(text, places.timeZone(place)));
  const list = (text = "") => text.split(/[\s,]+/).filter((part) => part !== "");
  const statement = {
    ...{ id: isNew ? `desk-${randomUUID()}` : values.id, speaker: values.speaker, body: values.body, place },
    ...{ at: time(values.at), precision: values.precision, claim: values.claim, cause: values.cause || null },
    ...{ from: time(values.from), to: time(values.to), targets: list(values.targets), regions: list(values.regions) },
    asns: list(values.asns).map((text) => Number(text.replace(/^as/i, ""))),
    summary: { kk: values["summary-kk"], ru: values["summary-ru"], en: values["summary-en"] },
    ...{ source: values.source, archived: before?.archived ?? null },
  };
  const parsed = Statement.safeParse(statement, { error: plainProblem });
  const blank = ["speaker", "source", "summary-kk", "summary-ru", "summary-en"].filter((name) => values[name] === "");
  if (!parsed.success || blank.length > 0) {
    const wrong = parsed.success ? [] : problemTexts(parsed.error);
    const problem = [...blank.map((name) => `${name}: is missing`), ...wrong].join("; ");
    return { page: desk.pages.statementForm({ values, isNew }, { ...frame, problem }), status: 400 };
  }
  await store.statements.put([parsed.data], now());
  const { id, speaker } = parsed.data;
  await desk.audit.record({ by: session.account.name, act: "statement recorded", subject: id, detail: speaker });
  return { to: "/statements", done: "saved" as const };
}
