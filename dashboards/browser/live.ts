/**
 * Keeps the first page current: when the server says that something changed, the page's own address is read again and
 * its content takes the place of the old. Nothing is stored, no other server is asked, and without this script the page
 * says the same as of when it was loaded.
 */
import { fresh } from "./fresh.ts";

/** Changes that come together are shown together. */
const SETTLE_MS = 1500;
const bar = document.getElementById("live");

if (bar !== null && "EventSource" in window) watch(bar);

function watch(place: HTMLElement): void {
  const { on = "", off = "", pause = "", resume = "", changed = "" } = place.dataset;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  place.append(said, button);
  let source: EventSource | null = null;
  let waiting: number | undefined;

  const renew = async (): Promise<void> => {
    waiting = undefined;
    const page = await fresh(location.href);
    const main = document.getElementById("content");
    const next = page?.getElementById("content") ?? null;
    // Whoever reads with the keyboard inside the content must not lose their place.
    if (main === null || next === null || main.contains(document.activeElement)) return;
    const kept = next.querySelector("#live");
    kept?.replaceWith(place);
    main.replaceChildren(...next.childNodes);
    said.textContent = changed.replace("{time}", new Date().toISOString().slice(11, 16));
  };
  const heard = (): void => {
    waiting ??= window.setTimeout(() => void renew(), SETTLE_MS);
  };
  const start = (): void => {
    source = new EventSource("/api/v1/live");
    for (const name of ["message", "incident", "state", "change"]) source.addEventListener(name, heard);
    said.textContent = on;
    button.textContent = pause;
  };
  const stop = (): void => {
    source?.close();
    source = null;
    window.clearTimeout(waiting);
    waiting = undefined;
    said.textContent = off;
    button.textContent = resume;
  };
  button.addEventListener("click", () => (source === null ? start() : stop()));
  place.hidden = false;
  start();
}
