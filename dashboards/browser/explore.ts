/**
 * Draws the table of the page to explore, and moves through time without loading the page anew: the answer is the same
 * page at another address, and its table is what is drawn. Every step is a link, so nothing is lost without this script.
 */
import uPlot from "uplot";
import plotStyle from "uplot/dist/uPlot.min.css";
import { fresh } from "./fresh.ts";
import { readSeries, type Series } from "./series.ts";

const HEIGHT_PX = 320;
const place = document.getElementById("explore-chart");
const status = document.getElementById("explore-status");

if (place !== null && status !== null) begin(place, status);

function begin(holder: HTMLElement, said: HTMLElement): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(plotStyle);
  document.adoptedStyleSheets.push(sheet);
  // What the page says here was made by us for this script: an object of words.
  const words = JSON.parse(holder.dataset.words ?? "{}") as Readonly<Record<string, string>>;
  let chart: uPlot | null = null;
  const draw = (): void => {
    chart?.destroy();
    const series = readSeries(document);
    chart = series === null ? null : drawn(holder, series, words);
  };
  const show = async (address: string, push: boolean): Promise<void> => {
    said.textContent = words.loading ?? "";
    const page = await fresh(address);
    if (page === null) {
      said.textContent = words.failed ?? "";
      return;
    }
    for (const part of ["explore-zoom", "explore-numbers", "filter-from", "filter-to"]) take(page, part);
    if (push) history.pushState(null, "", address);
    draw();
    said.textContent = `${words.zoomed ?? ""} ${page.getElementById("explore-range")?.textContent ?? ""}`;
    take(page, "explore-range");
  };
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-zoom]") : null;
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const zoom = link.dataset.zoom ?? "";
    void show(link.href, true).then(() => document.querySelector<HTMLElement>(`a[data-zoom="${zoom}"]`)?.focus());
  });
  window.addEventListener("popstate", () => void show(location.href, false));
  new ResizeObserver(() => chart?.setSize({ width: holder.clientWidth, height: HEIGHT_PX })).observe(holder);
  draw();
}

/** Puts a part of a page read anew in the place of the same part here. */
function take(page: Document, id: string): void {
  const [mine, next] = [document.getElementById(id), page.getElementById(id)];
  if (mine instanceof HTMLInputElement && next instanceof HTMLInputElement) mine.value = next.value;
  else if (mine !== null && next !== null) mine.replaceWith(document.adoptNode(next));
}

function drawn(holder: HTMLElement, series: Series, words: Readonly<Record<string, string>>): uPlot {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = { stroke: colour("--soft"), grid: { stroke: colour("--rule"), width: 1 } };
  const line = (label: string, stroke: string, more: Partial<uPlot.Series> = {}): uPlot.Series => ({
    ...{ label, stroke, width: 2, points: { show: false }, spanGaps: false, ...more },
    ...(uPlot.paths.stepped === undefined ? {} : { paths: uPlot.paths.stepped({ align: 1 }) }),
  });
  const presence = holder.dataset.kind === "presence";
  const lines = presence
    ? [
        line(words.low ?? "", colour("--probes"), { fill: colour("--probes-pale") }),
        line(words.high ?? "", colour("--probes"), { width: 1 }),
        line(words.expected ?? "", colour("--soft"), { dash: [3, 4], width: 1 }),
      ]
    : [line(`${words.value ?? ""}, %`, colour("--block"), { fill: colour("--block-pale") })];
  const options: uPlot.Options = {
    ...{ width: holder.clientWidth, height: HEIGHT_PX, tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC") },
    series: [{ label: `${words.time ?? ""} (UTC)`, value: (_chart, at) => (at === null ? "–" : clock(at)) }, ...lines],
    axes: [{ ...axis, values: (_chart, ticks) => ticks.map(tick) }, axis],
    scales: { y: { range: (_chart, _low, high) => [0, presence ? Math.max(1, high) * 1.1 : 100] } },
    cursor: { drag: { x: false, y: false } },
  };
  return new uPlot(options, [series.times, ...series.values] as uPlot.AlignedData, holder);
}

/** Times by the server's own digits: no browser is trusted with Kazakh dates. */
function clock(at: number): string {
  return new Date(at * 1000).toISOString().slice(0, 16).replace("T", " ");
}

function tick(at: number): string {
  const text = clock(at);
  return text.endsWith("00:00") ? text.slice(5, 10) : text.slice(11);
}
