/** What somebody looks for in the registry, as the address of the page holds it. */
export type RegistryWanted = {
  text: string;
  categories: string[];
  favourites: boolean;
  state: "active" | "deprecated";
  band: "free" | "low" | "middle" | "high" | null;
  protocol: string | null;
  effect: "keyed" | "safe" | "once" | null;
  publisher: "house" | "outside" | null;
  order: "fit" | "title" | "price" | "newest";
};

const BANDS = ["free", "low", "middle", "high"] as const;
const EFFECTS = ["keyed", "safe", "once"] as const;
const PUBLISHERS = ["house", "outside"] as const;
const ORDERS = ["fit", "title", "price", "newest"] as const;
const MOST_CATEGORIES = 8;

/** Whatever an address says comes to something that can be looked for. */
export function wantedOf(params: URLSearchParams): RegistryWanted {
  const word = (name: string) => params.get(name)?.slice(0, 200) ?? "";
  const categories = [...new Set(params.getAll("category"))].filter((one) => one !== "" && one.length <= 40);
  return {
    text: word("q"),
    categories: categories.slice(0, MOST_CATEGORIES),
    favourites: params.has("favourites"),
    state: word("state") === "deprecated" ? "deprecated" : "active",
    band: oneOf(BANDS, word("price")),
    protocol: /^[a-z0-9-]{1,20}$/.test(word("protocol")) ? word("protocol") : null,
    effect: oneOf(EFFECTS, word("effect")),
    publisher: oneOf(PUBLISHERS, word("publisher")),
    order: oneOf(ORDERS, word("order")) ?? "fit",
  };
}

/** The shortest address that says the same. */
export function paramsOf(wanted: RegistryWanted): string {
  const params = new URLSearchParams();
  const put = (name: string, value: string | null) => value && params.append(name, value);
  put("q", wanted.text);
  for (const category of wanted.categories) put("category", category);
  put("price", wanted.band);
  put("protocol", wanted.protocol);
  put("effect", wanted.effect);
  put("publisher", wanted.publisher);
  put("favourites", wanted.favourites ? "yes" : null);
  put("state", wanted.state === "active" ? null : wanted.state);
  put("order", wanted.order === "fit" ? null : wanted.order);
  return params.toString();
}

function oneOf<Value extends string>(values: readonly Value[], word: string): Value | null {
  return values.find((value) => value === word) ?? null;
}
