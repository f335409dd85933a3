import {
  aboutOf,
  type Finding,
  isSound,
  type Language,
  printable,
  saidOf,
  VERIFY_WORDS,
} from "../../collector/verify/in-browser-words.ts";
import { element } from "./dom.ts";
import { PAGE_WORDS } from "./in-language.ts";

const GROUPS = ["fails", "unjudged", "holds"] as const;
const SHOWN = 6;
const SIGNS = { fails: "✕", unjudged: "?", holds: "✓" } as const;

/** What was found, the sum first; what is wrong before what holds. */
export function resultOf(findings: readonly Finding[], name: string | null, language: Language): HTMLElement {
  const words = PAGE_WORDS[language];
  const { verdict } = VERIFY_WORDS[language];
  const sound = isSound(findings);
  const groups = GROUPS.flatMap((state) => {
    const own = findings.filter((finding) => finding.state === state);
    return own.length === 0 ? [] : [groupOf(own, state, language)];
  });
  return element(
    "div",
    {},
    element("p", { class: `sum ${sound ? "holds" : "fails"}` }, sound ? verdict.holds : verdict.fails),
    name === null ? null : element("p", { class: "hint" }, `${words.calls} ${printable(name)}`),
    ...groups,
    element("p", { class: "hint" }, words.pdf),
  );
}

function groupOf(findings: readonly Finding[], state: Finding["state"], language: Language): HTMLElement {
  const words = PAGE_WORDS[language];
  const items = findings.map((finding) =>
    element(
      "li",
      { class: state, "data-check": finding.check },
      element(
        "span",
        { class: "state" },
        element("span", { "aria-hidden": "true" }, `${SIGNS[state]} `),
        `${VERIFY_WORDS[language].states[state]}: `,
      ),
      withoutFlags(saidOf(finding, language)),
      listOf(aboutOf(finding, language), words.all),
    ),
  );
  return element(
    "section",
    { "aria-label": words.groups[state] },
    element("h2", {}, words.groups[state]),
    element("ul", { class: "findings" }, ...items),
  );
}

/** A page has fields where a command has flags. */
function withoutFlags(sentence: string): string {
  return sentence.replaceAll(/ \(--[a-z-]+\)/g, "");
}

function listOf(about: readonly string[], all: string): HTMLElement | null {
  if (about.length === 0) return null;
  const list = (items: readonly string[]) =>
    element("ul", { class: "about" }, ...items.map((item) => element("li", {}, item)));
  if (about.length <= SHOWN) return list(about);
  return element("details", {}, element("summary", {}, `${all} (${about.length})`), list(about));
}
