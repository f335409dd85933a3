/** A tag of a page: its name (with a slash when it closes) and the names of its attributes. */
export type Tag = { name: string; attributes: string[]; selfClosing: boolean };

const VOID = new Set(["meta", "link", "input", "br", "hr", "img", "!doctype"]);

/** Every tag of a page in order. Text and values never hold `<` or `>`, or this finds more tags than it should. */
export function tagsOf(page: string): Tag[] {
  return [...page.matchAll(/<([^>]*)>/g)].map(([, inside = ""]) => {
    const [name = ""] = inside.split(/[\s/]/, 1);
    const rest = inside.startsWith("/") ? inside : inside.slice(name.length);
    const attributes = [...rest.matchAll(/\s([^\s=/]+)="[^"]*"/g)].map(([, attribute = ""]) => attribute);
    return { name: inside.startsWith("/") ? inside : name, attributes, selfClosing: inside.endsWith("/") };
  });
}

/** What is wrong with the nesting of a page; empty when every element is closed in its place. */
export function nestingFaults(page: string): string[] {
  const open: string[] = [];
  const faults: string[] = [];
  for (const { name, selfClosing } of tagsOf(page)) {
    if (VOID.has(name) || selfClosing) continue;
    if (!name.startsWith("/")) open.push(name);
    else if (open.pop() !== name.slice(1)) faults.push(`${name} closes something else`);
  }
  return [...faults, ...open.map((name) => `${name} is never closed`)];
}

/** The words of a page, without tags. */
export function textOf(page: string): string {
  return page
    .replace(/<[^>]*>/g, " ")
    .replace(/\u00ad/g, "")
    .replace(/[\s\u00a0]+/g, " ");
}
