import { runCollectorCommand } from "../../../collector/cli.ts";
import { testPages } from "../test-collector.ts";

/** Runs `kuager collector …` and collects what it prints. */
export async function run(...argv: string[]) {
  let out = "";
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: () => undefined,
    ask: async () => null,
    env: { HOME: "/nowhere" },
    signal: new AbortController().signal,
  };
  const code = await runCollectorCommand(argv, io, testPages);
  return { code, out };
}
