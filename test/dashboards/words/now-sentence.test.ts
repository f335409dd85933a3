import { describe, expect, it } from "vitest";
import type { Incident, NowView } from "../../../collector/api/types.ts";
import { contextOf } from "../../../dashboards/context.ts";
import { pages } from "../../../dashboards/pages.ts";
import { gravestFirst, nowSentence } from "../../../dashboards/words/now-sentence.ts";
import { textOf } from "../markup.ts";
import { AS_OF, fleet, incident, NOW_VIEWS, shift } from "../views.ts";

function say(view: NowView, language: "kk" | "ru" | "en" = "en"): string {
  return nowSentence(contextOf(view, language), view).replace(/\u00a0/g, " ");
}

function withOpen(...open: Incident[]): NowView {
  return { ...NOW_VIEWS.quiet, open };
}

describe("the first sentence", () => {
  it("names the site, the place, the network and the span of the start", () => {
    expect(say(NOW_VIEWS.oneOpenBlock)).toBe(
      "Now: orda.kz does not open as usual in Almaty (Kazakhtelecom), consistent with blocking, since 20:35–20:48 (UTC+5) = 15:35–15:48 UTC.",
    );
  });

  it("says the same in Russian and in Kazakh", () => {
    expect(say(NOW_VIEWS.cityCut, "ru")).toBe(
      "Сейчас: интернет отключён – Алматы (все наблюдаемые сети), начало: 22:06 (UTC+5) = 17:06 UTC.",
    );
    expect(say(NOW_VIEWS.cityCut, "kk")).toBe(
      "Қазір: интернет ажыратылған – Алматы (бақыланатын барлық желі), басталуы: 22:06 (UTC+5) = 17:06 UTC.",
    );
  });

  it("says what is left of the internet when a part of it is left", () => {
    const cut = incident({ id: "i", kind: "shutdown", extent: "domestic-only", targets: [], regions: [], asns: [] });
    expect(say(withOpen(cut))).toMatch(/^Now: only sites inside Kazakhstan open in all watched regions/);
  });

  it("does not call a loss of connection an ordered cut", () => {
    const outage = incident({ id: "i", kind: "outage", targets: [], method: null });
    expect(say(withOpen(outage))).toMatch(/connection is lost .* an ordered cut is not the leading explanation\.$/);
  });

  it("names two sites and counts the others", () => {
    const many = incident({ id: "i", targets: ["a.kz", "b.kz", "c.kz", "d.kz"] });
    expect(say(withOpen(many))).toMatch(/^Now: a\.kz, b\.kz and 2 more do not open/);
  });

  it("says that nothing is found, and how many watch, only when enough probes watch", () => {
    expect(say(NOW_VIEWS.quiet)).toBe("Now: nothing found, with 92 probes watching in 16 regions.");
    expect(say(NOW_VIEWS.collectorGap)).toBe("Now: not enough probes to say. 2 are connected; it takes at least 3.");
    expect(say({ ...NOW_VIEWS.quiet, coverage: [] })).toMatch(/not enough probes to say\. None is connected/);
  });

  it("claims nothing of others while this machine's own line does not reach the world", () => {
    expect(say(NOW_VIEWS.nothingKnown)).toMatch(/^Now: not known\./);
  });

  it("does not claim that all is well when every probe is silent", () => {
    expect(say({ ...NOW_VIEWS.quiet, coverage: fleet(() => 0) })).not.toMatch(/nothing found/);
  });

  it("stays calm while nobody is connected: what was open when probes were last heard is not told as the present", () => {
    expect(say(NOW_VIEWS.unseen)).toBe("No probe is connected at this moment.");
    const page = textOf(pages.now(NOW_VIEWS.unseen, "en"));
    expect(page).toContain("What follows is what was known last.");
    expect(page).toContain("Open when last heard");
    expect(page).not.toContain("Open now");
  });

  it("tells the silence of every probe as the cut that was found, where one takes them all", () => {
    const whole = incident({
      id: "i",
      kind: "shutdown",
      extent: "total",
      targets: [],
      regions: [],
      asns: [],
      access: [],
    });
    expect(say({ ...NOW_VIEWS.unseen, open: [whole] })).toMatch(/^Now: the internet is cut off in all watched regions/);
  });

  it("puts a cut before a block, and among equals the surer first", () => {
    const later = { earliest: AS_OF, latest: shift(AS_OF, 1) };
    const order = gravestFirst([
      incident({ id: "block" }),
      incident({ id: "observed", kind: "shutdown", confidence: "observed", start: later }),
      incident({ id: "confirmed", kind: "shutdown" }),
    ]);
    expect(order.map(({ id }) => id)).toEqual(["confirmed", "observed", "block"]);
  });
});
