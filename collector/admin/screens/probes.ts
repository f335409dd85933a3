import { createHmac } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { encode } from "uqr";
import { plainProblem, problemTexts } from "../../../protocol/plain-problem.ts";
import { ProbeId } from "../../../protocol/primitives.ts";
import { InviteWish, makeInvite, placeProblem } from "../../ingest/make-invite.ts";
import { utc } from "../../time.ts";
import type { Desk } from "../desk.ts";
import { probeRows } from "../probe-rows.ts";
import type { CardView, InviteRow } from "../types.ts";
import { addScreen, asked, type Visit } from "../visit.ts";

const FIELDS = ["region", "role", "asn", "access", "expires-hours"] as const;

/** Probes: their quality by short names, invitations, revocation. */
export function addProbes(app: FastifyInstance, desk: Desk): void {
  addScreen(app, desk, { path: "/probes", role: "viewer", get: (visit) => list(desk, visit) });
  addScreen(app, desk, {
    path: "/probes/invite",
    role: "viewer",
    sends: "operator",
    post: (visit) => invite(desk, visit),
  });
  addScreen(app, desk, {
    path: "/probes/revoke",
    role: "viewer",
    sends: "operator",
    post: (visit) => revoke(desk, visit),
  });
}

async function list(desk: Desk, { frame, query }: Visit, wish: Record<string, string> = {}) {
  const { store, now } = desk.reader;
  const [probes, invites, short] = await Promise.all([
    store.probes.all(),
    store.invites.recent(now()),
    shortNames(desk),
  ]);
  const wanted = query("id");
  const found = ProbeId.safeParse(wanted).success ? probes.find(({ id }) => id === wanted) : undefined;
  const view = {
    probes: await probeRows(desk.reader, short),
    invites: invites.map(
      ({ role, region, asn, access, expires, used }): InviteRow => ({
        ...{ role, region, asn, access, expires: utc(expires), used: used !== null },
      }),
    ),
    found: { asked: wanted !== "", short: found === undefined ? null : short(found.id) },
    wish,
  };
  return { page: desk.pages.probes(view, frame) };
}

/**
 * Names for probes on these pages: made with a key of this collector, always the same for a probe, and not to be found
 * in an archive, a log or on a published page.
 */
export async function shortNames({ reader }: Desk): Promise<(probe: string) => string> {
  const secret = (await reader.store.state.get("pseudonym-secret")) ?? "";
  return (probe) => createHmac("sha256", secret).update(`desk ${probe}`).digest("hex").slice(0, 10);
}

async function invite(desk: Desk, visit: Visit) {
  const { form, frame, session } = visit;
  const given = Object.fromEntries(FIELDS.map((name) => [name, form.one(name)]));
  const blank = (name: (typeof FIELDS)[number]) => (given[name] === "" ? null : given[name]);
  const wanted = {
    ...{ region: blank("region"), role: given.role, asn: blank("asn"), access: blank("access"), own: false },
    "expires-hours": given["expires-hours"],
  };
  const wish = InviteWish.safeParse(wanted, { error: plainProblem });
  const codes = desk.reader.catalogue.regions.map(({ code }) => code);
  const problem = wish.success ? placeProblem(wish.data, codes) : problemTexts(wish.error).join("; ");
  if (!wish.success || problem !== null)
    return { ...(await list(desk, { ...visit, frame: { ...frame, problem } }, given)), status: 400 };
  const { reader, config, audit } = desk;
  const made = await makeInvite(reader.store, wish.data, { at: reader.now(), collector: config.publicUrl });
  const { region, role, asn, access } = wish.data;
  await audit.record({
    ...{ by: session.account.name, act: "probe invited", subject: region ?? "" },
    detail: [role, asn === null ? null : `AS${asn}`, access].filter((part) => part !== null).join(" "),
  });
  const text = made.invitation ?? made.code;
  const card: CardView = { ...made, squares: encode(text, { ecc: "M", border: 2 }).data, region, role };
  return { page: desk.pages.card(card, frame) };
}

async function revoke(desk: Desk, visit: Visit) {
  const { store, now } = desk.reader;
  const short = await shortNames(desk);
  const name = visit.form.one("probe");
  const probe = (await store.probes.all()).find(({ id }) => short(id) === name);
  if (probe === undefined) return { page: desk.pages.refused("missing", visit.frame), status: 404 };
  const question = asked(desk, visit, "revoke", { subject: name, back: "/probes" });
  if (question !== null) return question;
  await store.probes.revoke(probe.id, now());
  await desk.audit.record({ by: visit.session.account.name, act: "probe revoked", subject: name });
  return { to: "/probes", done: "revoked" as const };
}
