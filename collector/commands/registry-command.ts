import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import type { RegistryLookup } from "../../protocol/publication.ts";
import { DATA_OPTION, dataFolder, readConfig } from "../config.ts";
import { lookUp } from "../legal/registry/look-up.ts";
import { createOutward } from "../outward.ts";
import { openStore } from "../store/open-store.ts";

const USAGE = "kuager collector registry list | ask NAME --registry-url URL [--proxy URL] [--json] [--data DIR]";

const HELP = `${USAGE}

What a public registry of prohibited resources says of a name. Absence from it proves nothing: the duty to publish it ended in
2022, by what is known. An answer that is no answer (an error page, a captcha) is kept as a failure, never as "not listed".

  list            the newest answer for each target
  ask NAME        asks now, from this machine, and keeps the answer (exit code 75 when the lookup failed)
`;

const OPTIONS = {
  ...DATA_OPTION,
  "registry-url": { type: "string" },
  proxy: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** `kuager collector registry`. Errors: `usage`, `config`, the store's. */
export async function runRegistry(argv: readonly string[], io: Io): Promise<number> {
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: 0, max: 2 });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [verb, name] = words;
  if (!(verb === "list" && name === undefined) && !(verb === "ask" && name !== undefined))
    throw usageError("Something is missing", USAGE);
  const { registryUrl, proxy } = readConfig(
    { "registry-url": values["registry-url"], proxy: values.proxy },
    { ...io.env, KUAGER_COLLECTOR_DATA: dataFolder(values, io.env) },
  );
  const told = (lookup: RegistryLookup) => io.out(`${values.json === true ? JSON.stringify(lookup) : line(lookup)}\n`);
  const store = await openStore(dataFolder(values, io.env));
  try {
    if (name === undefined) {
      for (const lookup of await store.registry.newest()) told(lookup);
      return EXIT.ok;
    }
    if (registryUrl === null) throw usageError("Say which registry to ask: --registry-url", USAGE);
    const outward = await createOutward(proxy);
    try {
      const { lookup, bytes } = await lookUp(outward, { address: registryUrl, target: name, at: Date.now() });
      await store.registry.add(lookup, bytes);
      told(lookup);
      return lookup.status === "lookup_failed" ? EXIT.tryLater : EXIT.ok;
    } finally {
      await outward.close();
    }
  } finally {
    await store.close();
  }
}

function line({ asked, target, status, failure, entries }: RegistryLookup): string {
  const courts = entries.map(({ court }) => court).filter((court) => court !== null);
  return [asked, target, status, failure, ...courts].filter((part) => part !== null).join("  ");
}
