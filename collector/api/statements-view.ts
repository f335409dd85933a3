import { besideMeasured } from "../statements/beside.ts";
import type { StatementsView } from "./legal-types.ts";
import { type Reader, stamp } from "./reader.ts";

const SHOWN = 500;

/** Everything the page of statements shows: the latest first. */
export async function statementsView(reader: Reader): Promise<StatementsView> {
  const all = await reader.store.statements.all();
  return {
    ...stamp(reader, null),
    names: reader.catalogue.names,
    statements: await besideMeasured(reader, all.toReversed().slice(0, SHOWN)),
  };
}
