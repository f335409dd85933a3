import type { FastifyInstance } from "fastify";
import { importOutside } from "../../outside/import-outside.ts";
import { SOURCES } from "../../outside/sources.ts";
import { OUTSIDE_SOURCES } from "../../outside/types.ts";
import { utc } from "../../time.ts";
import type { Desk } from "../desk.ts";
import { addScreen, asked, type Visit } from "../visit.ts";

const SHOWN = 200;

/** Series of other projects: what is kept, taking in, taking out. */
export function addOutside(app: FastifyInstance, desk: Desk): void {
  addScreen(app, desk, {
    ...{ path: "/outside", role: "viewer", sends: "operator", file: true },
    get: (visit) => list(desk, visit),
    post: (visit) => take(desk, visit),
  });
  addScreen(app, desk, {
    path: "/outside/remove",
    role: "viewer",
    sends: "operator",
    post: (visit) => remove(desk, visit),
  });
}

async function list(desk: Desk, { frame }: Visit, problem: string | null = null) {
  const imports = await desk.reader.store.admin.outside.imports(SHOWN);
  const view = {
    imports: imports.map(({ retrieved, ...rest }) => ({ ...rest, retrieved: utc(retrieved) })),
    sources: OUTSIDE_SOURCES.map((id) => ({ id, name: SOURCES[id].name })),
  };
  return { page: desk.pages.outside(view, { ...frame, problem }), ...(problem !== null && { status: 400 }) };
}

async function take(desk: Desk, visit: Visit) {
  const { form, session } = visit;
  const { reader, audit } = desk;
  const source = OUTSIDE_SOURCES.find((id) => id === form.one("source"));
  const bytes = form.file("file");
  const address = form.one("address");
  if (source === undefined || bytes === null) return list(desk, visit, "source, file: is missing");
  if (address !== "" && (address.length > 2048 || !/^https?:\/\//.test(address) || !URL.canParse(address)))
    return list(desk, visit, "address: expected an address");
  const report = await importOutside(reader.store.admin.outside, {
    ...{ source, bytes, address: address === "" ? null : address, retrieved: reader.now() },
    licence: form.one("licence").slice(0, 300) || null,
  });
  if (!report.isNew) return { to: "/outside", done: "known" as const };
  await audit.record({ by: session.account.name, act: "outside imported", subject: source, detail: report.sha256 });
  return { to: "/outside", done: "imported" as const };
}

async function remove(desk: Desk, visit: Visit) {
  const id = visit.form.one("import");
  const table = desk.reader.store.admin.outside;
  const found = (await table.imports(SHOWN)).find((one) => String(one.id) === id);
  if (found === undefined) return { page: desk.pages.refused("missing", visit.frame), status: 404 };
  const subject = `${SOURCES[OUTSIDE_SOURCES.find((one) => one === found.source) ?? "ooni"].name}, ${utc(found.retrieved)}`;
  const question = asked(desk, visit, "removeOutside", { subject, back: "/outside" });
  if (question !== null) return question;
  await table.remove(found.id);
  await desk.audit.record({ by: visit.session.account.name, act: "outside removed", subject: found.sha256 });
  return { to: "/outside", done: "removed" as const };
}
