// Agents as they might be listed: two hundred words of some trade each, a few used by many and most by few, thousands of
// publishers, several versions of some. The same on every machine: the numbers come from a seed.

const TRADES = /** @type {const} */ ({
  text: "summary translation grammar headline outline rewrite tone glossary proofreading transcript abstract keyword sentiment entity paraphrase readability",
  documents:
    "invoice contract table receipt letter form scan page paragraph citation appendix signature clause register ledger archive",
  data: "spreadsheet outlier forecast regression cluster join column dedupe schema quality series histogram pivot sample anomaly trend",
  web: "page feed crawler sitemap link headline article search snapshot archive redirect robots metadata cookie mirror domain",
  pictures:
    "caption crop palette portrait watermark thumbnail vector scan histogram collage exposure sketch mask texture frame icon",
  sound:
    "transcript speaker podcast chapter voice noise melody tempo loudness silence subtitle accent dictation mixdown reverb stem",
  code: "review refactor changelog dependency licence lint coverage migration snippet docstring stacktrace benchmark patch release audit typecheck",
  finance:
    "price invoice currency tax forecast ledger portfolio dividend budget reconciliation fraud credit treasury settlement yield payroll",
  law: "contract clause statute precedent compliance privacy consent deadline court patent trademark filing licence redaction notice brief",
  health:
    "dosage triage symptom guideline trial label nutrition allergy appointment referral discharge imaging pathology consent record coding",
  travel:
    "route timetable fare hotel visa itinerary luggage weather delay transfer map border insurance season refund booking",
  research:
    "citation abstract dataset replication survey hypothesis method review protocol preprint grant bibliography figure appendix peer index",
});
const VERBS =
  "extracts checks sorts compares explains ranks cleans joins counts drafts splits dates matches groups names traces".split(
    " ",
  );
const SHAPES = "reader writer checker finder sorter builder watcher mapper grader planner keeper scout".split(" ");
const PROMISES = [
  "Says where it looked, and that nothing was found.",
  "Quotes its source for every line.",
  "Gives the same answer for the same input.",
  "Takes up to ten thousand rows.",
  "Knows nineteen languages.",
  "Leaves what it is unsure of to a person.",
];
const trades = Object.entries(TRADES).map(([trade, words]) => ({ trade, words: words.split(" ") }));

const PRICES = [0, 100_000, 400_000, 500_000, 900_000, 1_500_000, 2_500_000, 20_000_000];
const EFFECTS = ["keyed", "keyed", "safe", "once"];
const PROTOCOLS = ["http", "http", "mcp", "openapi"];

/**
 * @param {number} count
 * @returns {Generator<{ agent: string, manifest: object, publisher: string, protocol: string, state: string }>}
 */
export function* manyAgents(count) {
  const next = numbers(20_261_121);
  const below = (/** @type {number} */ most) => Math.floor(next() * most);
  // Of words, a few are used by many: the square of an even spread is not one.
  const often = (/** @type {readonly string[]} */ words) => words[Math.floor(next() ** 2 * words.length)] ?? "";
  for (let place = 0; place < count; place++) {
    const [own, other] = [of(trades, below), of(trades, below)];
    const [first, second, third] = [often(own.words), often(own.words), often(other.words)];
    const shape = often(SHAPES);
    const name = `${often(VERBS)}-${below(4_000)}/${first}-${shape}-${place}`;
    const told = {
      title: `${first.slice(0, 1).toUpperCase()}${first.slice(1)} ${shape}`,
      description: `${often(VERBS)} ${second} and ${third} of ${own.trade}. ${of(PROMISES, below)} Made for ${often(other.words)}.`,
      capabilities: [...new Set([own.trade, other.trade, first])],
    };
    const amount = of(PRICES, below);
    const price =
      amount === 0 ? { kind: "free" } : { kind: "per_call", currency: "microcredits", amount: String(amount) };
    const ports = {
      input: schemaOf([first, second]),
      output: schemaOf([third, "note"]),
      sends: [`The ${first}, onwards`],
    };
    const versions = place % 5 === 0 ? 1 + below(6) : 1;
    for (let version = 1; version <= versions; version++) {
      const agent = `${name}@1.${version}.0`;
      yield {
        agent,
        manifest: { agent, ...told, effect: of(EFFECTS, below), deadlineMs: 10_000, price, ...ports },
        publisher: place % 100 === 0 ? "house" : "outside",
        protocol: of(PROTOCOLS, below),
        state: place % 25 === 0 ? "deprecated" : "active",
      };
    }
  }
}

/** @template One @param {readonly One[]} all @param {(most: number) => number} below */
function of(all, below) {
  return /** @type {One} */ (all[below(all.length)]);
}

/** What people type: beginnings of words, whole ones, two at once, a publisher; and what they tick. */
export function* manySearches(/** @type {number} */ count) {
  const next = numbers(7);
  const below = (/** @type {number} */ most) => Math.floor(next() * most);
  for (let place = 0; place < count; place++) {
    const own = trades[below(trades.length)];
    const word = () => own?.words[below(own.words.length)] ?? "page";
    const texts = [
      () => word().slice(0, 1 + below(5)),
      word,
      () => `${word()} ${word()}`,
      () => `${word()} ${SHAPES[below(12)]}`,
      () => "",
    ];
    const text = texts[place % texts.length]?.() ?? "";
    yield {
      text,
      ...(place % 3 === 0 ? { categories: [own?.trade ?? "text"] } : {}),
      ...(place % 4 === 0 ? { band: /** @type {const} */ (["free", "low", "middle", "high"])[below(4)] ?? "low" } : {}),
      ...(place % 7 === 0 ? { effect: /** @type {const} */ ("keyed") } : {}),
      ...(place % 11 === 0 ? { protocol: "mcp" } : {}),
      order: /** @type {const} */ (["fit", "fit", "fit", "title", "price", "newest"])[below(6)] ?? "fit",
      ...(place % 9 === 0 ? { offset: 24 * below(20) } : {}),
    };
  }
}

/** @param {readonly string[]} names */
function schemaOf(names) {
  const properties = Object.fromEntries(names.map((name) => [name, { type: "string", title: name, maxLength: 5_000 }]));
  return { type: "object", properties, required: names.slice(0, 1), additionalProperties: false };
}

/** Numbers from 0 to 1 that look like chance (mulberry32). @param {number} seed */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
