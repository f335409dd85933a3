/** Size of the pictures that messengers show beside a link; pixels. */
export const CARD = { widthPx: 1200, heightPx: 630 } as const;
