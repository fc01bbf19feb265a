import type { TokenChange } from "@/flows/ports/explorer";

export type TokenBalance = {
  readonly accountIndex: number;
  readonly mint: string;
  readonly owner?: string;
  readonly uiTokenAmount: { readonly amount: string; readonly decimals: number };
};

type Balances = {
  readonly keys: readonly string[];
  readonly symbols: ReadonlyMap<string, string>;
  readonly before: readonly TokenBalance[];
  readonly after: readonly TokenBalance[];
};

/** Whose tokens became more or less, by what a transaction says of before and after. */
export function changesIn({ keys, symbols, before, after }: Balances): TokenChange[] {
  const places = new Set([...before, ...after].map(({ accountIndex }) => accountIndex));
  return [...places].flatMap((place) => {
    const was = before.find(({ accountIndex }) => accountIndex === place);
    const is = after.find(({ accountIndex }) => accountIndex === place);
    const known = is ?? was;
    if (!known || was?.uiTokenAmount.amount === is?.uiTokenAmount.amount) return [];
    const { mint, owner = null, uiTokenAmount } = known;
    return [
      {
        ...{ account: keys[place] ?? "", owner, mint, symbol: symbols.get(mint) ?? null },
        decimals: uiTokenAmount.decimals,
        before: BigInt(was?.uiTokenAmount.amount ?? 0),
        after: BigInt(is?.uiTokenAmount.amount ?? 0),
      },
    ];
  });
}
