import type { Incident } from "../../../protocol/incident.ts";
import type { Settings } from "../settings.ts";
import { episodesOf } from "./loss-episodes.ts";
import type { Register } from "./register.ts";

/** Loss incidents as last published, with the episode that each belongs to. */
export type LossShelf = { put: (incident: Incident) => void; withdraw: (id: string) => void };

/** Incidents among which episodes are looked for; older ones keep the episode they have. */
const KEPT = 256;

/** Puts incidents into the register, each with its episode: one that changes may change the episodes of others. */
export function createLossShelf(register: Pick<Register, "put" | "withdraw">, settings: Settings): LossShelf {
  const shelf = new Map<string, Incident>();
  const renew = (changed: string | null) => {
    const episodes = episodesOf([...shelf.values()], settings);
    for (const [id, incident] of shelf) {
      const episode = episodes.get(id) ?? null;
      if (id !== changed && (incident.episode ?? null) === episode) continue;
      const whole = { ...incident, episode };
      shelf.set(id, whole);
      register.put(whole);
    }
  };
  return {
    put: (incident) => {
      shelf.set(incident.id, incident);
      const oldest = shelf.keys().next().value;
      if (shelf.size > KEPT && oldest !== undefined && oldest !== incident.id) shelf.delete(oldest);
      renew(incident.id);
    },
    withdraw: (id) => {
      register.withdraw(id);
      if (shelf.delete(id)) renew(null);
    },
  };
}
