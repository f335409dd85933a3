import type { Reader } from "../../../collector/api/reader.ts";
import { type Catalogue, loadCatalogue } from "../../../collector/catalogue.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { KnownProbe } from "../../../collector/store/store.ts";
import type { Verdict, VerdictCode } from "../../../protocol/verdict.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";

let catalogue: Catalogue | null = null;

export type Scene = { readonly reader: Reader; readonly folder: string; readonly close: () => Promise<void> };

/** A reader over a store of its own, at a moment of its own. */
export async function openScene(now: number): Promise<Scene> {
  const folder = temporaryFolder();
  const store = await openStore(folder.path);
  catalogue ??= loadCatalogue();
  const reader: Reader = {
    ...{ store, catalogue, present: () => new Set(), rulesVersion: "3", now: () => now, enoughProbes: 3 },
    pseudonym: (probe) => probe.slice(0, 16),
  };
  return {
    reader,
    folder: folder.path,
    close: async () => {
      await store.close();
      folder.remove();
    },
  };
}

/** A witness of Kazakhtelecom in Almaty unless it is told otherwise; `name` is one hex digit. */
export function witness(name: string, more: Partial<KnownProbe> = {}): KnownProbe {
  return { id: name.repeat(32), role: "witness", asn: 9198, region: "KZ-75", access: "fixed", to: null, ...more };
}

export function verdictOf(code: VerdictCode, more: Partial<Verdict> = {}): Verdict {
  return { code, stage: "none", strength: "weak", rule: "test", rulesVersion: "3", reasons: [], ...more };
}
