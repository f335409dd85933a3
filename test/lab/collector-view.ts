import { z } from "zod";
import { CodedError } from "../../protocol/coded-error.ts";
import { WorldEvent } from "../../protocol/event.ts";
import { Incident } from "../../protocol/incident.ts";
import { parseJson } from "../../protocol/parse.ts";

const ANSWER_TIMEOUT_MS = 5_000;

const Incidents = z.object({ incidents: z.array(Incident) });
const Count = z.object({ present: z.int() });
const Coverage = z.object({ totals: z.object({ witnesses: Count, controls: Count }) });
const Events = z.object({ events: z.array(WorldEvent) });

/** What the collector publishes, read over HTTP as any researcher would. */
export type CollectorView = {
  incidents: () => Promise<Incident[]>;
  /** Probes whose heartbeats arrive now. */
  present: () => Promise<number>;
  events: () => Promise<WorldEvent[]>;
};

/** Reads a collector's public API. Each call throws `failed` when the answer is not what it should be. */
export function viewCollector(url: string): CollectorView {
  return {
    incidents: async () => (await read(`${url}/api/v1/incidents`, Incidents)).incidents,
    present: async () => {
      const { totals } = await read(`${url}/api/v1/coverage`, Coverage);
      return totals.witnesses.present + totals.controls.present;
    },
    events: async () => (await read(`${url}/api/v1/events`, Events)).events,
  };
}

async function read<S extends z.ZodType>(url: string, schema: S): Promise<z.infer<S>> {
  const { status, text } = await get(url);
  const parsed = parseJson(schema, text);
  if (status === 200 && parsed.ok) return parsed.value;
  const problem = parsed.ok ? `status ${status}` : parsed.problems.join("; ");
  throw new CodedError("failed", `${url} does not answer as it should: ${problem}.`);
}

async function get(url: string): Promise<{ status: number; text: string }> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    return { status: answer.status, text: await answer.text() };
  } catch (error) {
    throw new CodedError("failed", `The lab's collector does not answer at ${url}.`, { cause: error });
  }
}
