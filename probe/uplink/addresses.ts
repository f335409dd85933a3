import { CodedError } from "../../protocol/coded-error.ts";

/** The addresses of one collector, from what the volunteer was given (`https://host[:port][/path]`). */
export type Addresses = {
  base: string;
  socket: string;
  batches: string;
  join: string;
  leave: string;
  continue: string;
  speed: string;
  release: string;
  config: (probe: string) => string;
};

/** Reads a collector's address. Throws `usage` for anything but an http or https URL. */
export function addressesOf(collector: string): Addresses {
  const base = parse(collector);
  base.search = "";
  base.hash = "";
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  const at = (path: string) => new URL(path, base).href;
  const socket = new URL("uplink/v1", base);
  socket.protocol = base.protocol === "https:" ? "wss:" : "ws:";
  return {
    base: base.href.replace(/\/$/, ""),
    socket: socket.href,
    batches: at("uplink/v1/batches"),
    join: at("uplink/v1/join"),
    leave: at("uplink/v1/leave"),
    continue: at("uplink/v1/continue"),
    speed: at("uplink/v1/speed"),
    release: at("uplink/v1/release"),
    config: (probe) => at(`uplink/v1/config?probe=${probe}`),
  };
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === "" && text.length <= 256) return url;
  throw new CodedError("usage", `'${text}' is no address of a collector. It looks like https://collector.example:8080`);
}
