import type { FastifyInstance } from "fastify";
import { LEAST_PROBES, MOST_PROBES } from "../../api/threshold.ts";
import type { Desk } from "../desk.ts";
import { addScreen, asked, type Visit } from "../visit.ts";

/** How many probes a cell must have to be counted in public. */
export function addSettings(app: FastifyInstance, desk: Desk): void {
  addScreen(app, desk, {
    path: "/settings",
    role: "viewer",
    sends: "operator",
    get: (visit) => show(desk, visit),
    post: (visit) => set(desk, visit),
  });
}

async function show(desk: Desk, { frame }: Visit, problem: string | null = null) {
  const view = { enough: desk.reader.enoughProbes, least: LEAST_PROBES, most: MOST_PROBES };
  return { page: desk.pages.settings(view, { ...frame, problem }), ...(problem !== null && { status: 400 }) };
}

async function set(desk: Desk, visit: Visit) {
  const wanted = visit.form.one("enough");
  const count = /^\d{1,3}$/.test(wanted) ? Number(wanted) : 0;
  if (count < LEAST_PROBES || count > MOST_PROBES)
    return show(desk, visit, `enough: expected a number from ${LEAST_PROBES} to ${MOST_PROBES}`);
  // More is told about small cells: what was once published is not taken back.
  if (count < desk.reader.enoughProbes) {
    const question = asked(desk, visit, "threshold", { subject: String(count), back: "/settings" });
    if (question !== null) return question;
  }
  await desk.threshold.set(count);
  await desk.audit.record({ by: visit.session.account.name, act: "threshold set", subject: String(count) });
  return { to: "/settings", done: "saved" as const };
}
