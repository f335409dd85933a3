import { element } from "./dom.ts";
import type { PageWords } from "./words.ts";

/** The fields of the page; they outlive a change of language, so that nothing typed is lost. */
export type Fields = {
  readonly file: HTMLInputElement;
  readonly key: HTMLTextAreaElement;
  readonly kept: HTMLTextAreaElement;
  readonly growth: HTMLTextAreaElement;
  readonly policy: HTMLTextAreaElement;
  readonly replay: HTMLInputElement;
};

export function makeFields(): Fields {
  const area = (id: string, rows: string) =>
    element("textarea", { id, rows, spellcheck: "false", autocomplete: "off" });
  const replay = element("input", { type: "checkbox", id: "replay" });
  replay.checked = true;
  return {
    file: element("input", {
      type: "file",
      id: "bundle",
      accept: ".zip,application/zip",
      "aria-describedby": "bundle-hint",
    }),
    key: area("key", "2"),
    kept: area("kept", "4"),
    growth: area("growth", "3"),
    policy: area("policy", "4"),
    replay,
  };
}

/** The form in one language, around the same fields. */
export function formOf(fields: Fields, words: PageWords, check: () => void): HTMLElement {
  const field = (input: HTMLElement, label: string, hint: string | null) =>
    element(
      "div",
      { class: "field" },
      element("label", { for: input.id }, label),
      hint === null ? null : element("p", { class: "hint", id: `${input.id}-hint` }, hint),
      input,
    );
  fields.key.setAttribute("aria-describedby", "key-hint");
  const bundle = field(fields.file, words.bundle, words.bundleHint);
  bundle.classList.add("drop");
  takeDrops(bundle, fields.file);
  const button = element("button", { type: "button", class: "main", id: "check" }, words.check);
  button.addEventListener("click", check);
  return element(
    "section",
    { "aria-label": words.bundle },
    bundle,
    field(fields.key, words.key, words.keyHint),
    element(
      "details",
      {},
      element("summary", {}, words.more),
      field(fields.kept, words.kept, null),
      field(fields.growth, words.growth, null),
      field(fields.policy, words.policy, null),
    ),
    element(
      "div",
      { class: "field" },
      element("label", { class: "inline", for: "replay" }, fields.replay, words.replay),
    ),
    button,
  );
}

function takeDrops(place: HTMLElement, input: HTMLInputElement): void {
  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.classList.add("over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    const files = event.dataTransfer?.files;
    if (files !== undefined && files.length > 0) input.files = files;
  });
}
