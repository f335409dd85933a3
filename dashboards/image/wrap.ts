/** Widths of DejaVu's letters as parts of the font's size: narrow ones, wide ones, and all others. */
const [NARROW, USUAL, WIDE] = [0.36, 0.62, 0.86];

/** About how wide a text is in pixels; rather too wide than too narrow. */
export function textWidth(text: string, fontPx: number): number {
  let width = 0;
  for (const letter of text) {
    if (/[\sil.,:;'’|!()[\]\-–іӀjtfrI]/u.test(letter)) width += NARROW;
    else width += /[MWmwшщюжфыШЩЮЖФЫ@%—●○]/u.test(letter) ? WIDE : USUAL;
  }
  return width * fontPx;
}

/** A text in lines no wider than some pixels, long words cut; the last line tells that more was there. */
export function wrapped(text: string, widthPx: number, fontPx: number, most = 4): string[] {
  const lines: string[] = [];
  let line = "";
  const longest = Math.max(1, Math.floor(widthPx / (fontPx * USUAL)));
  const words = text.replaceAll("\u00ad", "").split(/ +/);
  for (const word of words.flatMap((one) => one.match(new RegExp(`.{1,${longest}}`, "gu")) ?? [])) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || textWidth(longer, fontPx) <= widthPx) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  const all = line === "" ? lines : [...lines, line];
  return all.length <= most ? all : [...all.slice(0, most - 1), ended(all[most - 1] ?? "", widthPx, fontPx)];
}

/** A line with dots at its end, shortened by words, then by letters, until both fit. */
function ended(line: string, widthPx: number, fontPx: number): string {
  const fits = (text: string) => textWidth(`${text} …`, fontPx) <= widthPx;
  const words = line.split(" ");
  while (words.length > 1 && !fits(words.join(" "))) words.pop();
  const letters = [...words.join(" ")];
  while (letters.length > 1 && !fits(letters.join(""))) letters.pop();
  return `${letters.join("")} …`;
}
