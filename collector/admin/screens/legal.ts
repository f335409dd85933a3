import type { FastifyInstance } from "fastify";
import { plainProblem, problemTexts } from "../../../protocol/plain-problem.ts";
import { LegalBasis } from "../../../protocol/publication.ts";
import { inForce } from "../../legal/in-force.ts";
import { isKnownSubject, subjectOf } from "../../legal/subject.ts";
import { utc } from "../../time.ts";
import type { Desk } from "../desk.ts";
import { addScreen, type Visit } from "../visit.ts";

const FIELDS = [
  ...["subject", "basis", "authority", "statute", "title", "number", "date", "url", "sha256", "remedy", "source"],
] as const;

/** Legal basis of blocks: what is known now, and its versions. What is set anew is the next version. */
export function addLegal(app: FastifyInstance, desk: Desk): void {
  addScreen(app, desk, {
    path: "/legal",
    role: "viewer",
    sends: "editor",
    get: (visit) => list(desk, visit),
    post: (visit) => set(desk, visit),
  });
}

async function list(
  desk: Desk,
  { frame, query }: Visit,
  values: Record<string, string> = {},
  problem: string | null = null,
) {
  const records = await desk.reader.store.legal.all();
  const view = {
    records: inForce(records, null).reverse(),
    versions: records.length,
    values: Object.keys(values).length > 0 ? values : { subject: query("subject") },
  };
  return { page: desk.pages.legal(view, { ...frame, problem }), ...(problem !== null && { status: 400 }) };
}

async function set(desk: Desk, visit: Visit) {
  const { form, session } = visit;
  const { store, catalogue, now } = desk.reader;
  const values = Object.fromEntries(FIELDS.map((name) => [name, form.one(name)]));
  const { subject = "" } = values;
  if (!(await isKnownSubject(subjectOf(subject), store, catalogue.list.targets)))
    return list(desk, visit, values, `subject: there is no site or number '${subject}'`);
  const id = `own-${subject}`.slice(0, 64);
  const versions = (await store.legal.all()).filter((record) => record.id === id).map(({ version }) => version);
  const or = (name: (typeof FIELDS)[number]) => (values[name] === "" ? null : (values[name] ?? null));
  const record = {
    ...{ id, version: Math.max(0, ...versions) + 1, basis: values.basis, authority: or("authority") },
    subject: subjectOf(subject),
    ...{ statute: or("statute"), remedy: or("remedy"), source: values.source, recordedAt: utc(now()) },
    document:
      values.title === ""
        ? null
        : { title: values.title, number: or("number"), date: or("date"), url: or("url"), sha256: or("sha256") },
  };
  const parsed = LegalBasis.safeParse(record, { error: plainProblem });
  if (!parsed.success || values.source === "") {
    const wrong = parsed.success ? ["source: is missing"] : problemTexts(parsed.error);
    return list(desk, visit, values, wrong.join("; "));
  }
  await store.legal.add([parsed.data]);
  const detail = `${parsed.data.basis}, version ${parsed.data.version}`;
  await desk.audit.record({ by: session.account.name, act: "legal basis recorded", subject, detail });
  return { to: "/legal", done: "saved" as const };
}
