import { AccountId } from "@/flows/basics/ids";
import { type Microcredits, money } from "@/flows/basics/money";
import type { Models } from "@/flows/plan/rates";

/**
 * Where models answer, as the operator has set it. `asks` is what a model is called there. Units: microcredits for a
 * million tokens. `stream`: whether it can say its text as it comes.
 */
export type Provider = {
  name: string;
  address: string;
  stream: boolean;
  models: readonly { name: string; asks: string; input: Microcredits; output: Microcredits }[];
};

/** Whoever pays for a turn pays the operator, out of whose account the model's server is paid. */
const OPERATOR = AccountId.parse("studio");

/** What a compiler has to know of the models of these providers, by the name that a flow says. */
export function listedModels(providers: readonly Provider[]): Models {
  return new Map(
    providers.flatMap((provider) =>
      provider.models.map(({ name, input, output }) => {
        const rates = { read: money("microcredits", input), written: money("microcredits", output) };
        return [`${provider.name}/${name}`, { payee: OPERATOR, publisher: "house" as const, rates }] as const;
      }),
    ),
  );
}
