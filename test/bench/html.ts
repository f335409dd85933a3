const SYLLABLES = "ba da ga ka ma na pa ra sa ta be de ge ke me ne pe re se te bi di ki li mi ni".split(" ");
const WORDS_A_STORY = 40;

/**
 * A body of HTML of some `bytes` as front pages of the news are: the same markup again and again around words that are
 * not, so that gzip makes it five times smaller. The same for the same size.
 */
export function htmlOf(bytes: number): string {
  let state = 1;
  // Lehmer's generator with the multiplier of Park and Miller's "minimal standard".
  const next = (below: number) => {
    state = (state * 16_807) % 2_147_483_647;
    return state % below;
  };
  const word = () => Array.from({ length: 1 + next(4) }, () => SYLLABLES[next(SYLLABLES.length)]).join("");
  const dictionary = Array.from({ length: 3000 }, word);
  const words = (count: number) =>
    // A square makes the first words of the dictionary the common ones.
    Array.from({ length: count }, () => dictionary[Math.floor((next(10_000) / 10_000) ** 2 * dictionary.length)]);
  const stories: string[] = [];
  for (let length = 0; length < bytes; length += stories.at(-1)?.length ?? bytes) {
    const path = words(4).join("-");
    stories.push(
      `<article class="story story--in-list story--with-picture" data-id="${next(1e9)}"><a class="story__link" href="/news/2026/11/${path}/"><picture class="story__picture"><source type="image/webp" srcset="/media/pictures/${path}-640.webp 640w, /media/pictures/${path}-1280.webp 1280w"><img class="story__image" loading="lazy" decoding="async" width="640" height="360" src="/media/pictures/${path}-640.jpg" alt=""></picture><h3 class="story__title">${words(8).join(" ")}</h3><p class="story__text">${words(WORDS_A_STORY).join(" ")}</p></a><footer class="story__footer"><time class="story__time">${next(24)}:${next(60)}</time></footer></article>\n`,
    );
  }
  return stories.join("").slice(0, bytes);
}
