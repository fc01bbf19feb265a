/** Of a string what the search looks at. */
export type Letters = { readonly length: number; charCodeAt(place: number): number };

/**
 * Where a text first says something, or -1; as `indexOf`, which for what repeats itself may look at the whole of `wanted`
 * anew in each place. This looks at each letter of `text` once (Knuth, Morris and Pratt).
 */
export function placeIn(text: Letters, wanted: Letters): number {
  if (wanted.length === 0) return 0;
  const borders = bordersOf(wanted);
  let matched = 0;
  for (let place = 0; place < text.length; place++) {
    const letter = text.charCodeAt(place);
    while (matched > 0 && wanted.charCodeAt(matched) !== letter) matched = borders[matched - 1] ?? 0;
    if (wanted.charCodeAt(matched) === letter) matched++;
    if (matched === wanted.length) return place - matched + 1;
  }
  return -1;
}

/** For each beginning of `wanted` the longest shorter beginning with which it ends. */
function bordersOf(wanted: Letters): Uint32Array {
  const borders = new Uint32Array(wanted.length);
  let matched = 0;
  for (let place = 1; place < wanted.length; place++) {
    const letter = wanted.charCodeAt(place);
    while (matched > 0 && wanted.charCodeAt(matched) !== letter) matched = borders[matched - 1] ?? 0;
    if (wanted.charCodeAt(matched) === letter) matched++;
    borders[place] = matched;
  }
  return borders;
}

/** A text with one space for all white space between two words: what stands at `place` of it stood at `from[place]`. */
export type Collapsed = { text: string; from: Uint32Array };

export function collapse(text: string): Collapsed {
  const collapsed = text.replaceAll(/\s+/g, " ");
  const from = new Uint32Array(collapsed.length);
  let next = 0;
  for (let place = 0; place < collapsed.length; place++) {
    from[place] = next++;
    if (collapsed[place] === " ") while (next < text.length && /\s/.test(text.charAt(next))) next++;
  }
  return { text: collapsed, from };
}
