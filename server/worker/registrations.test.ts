import { AgentId } from "@/flows/basics/ids";
import { err } from "@/flows/basics/result";
import { registeredManifest, registrationsContract } from "@/flows/ports/registrations.contract";
import { rpcChain } from "@/server/adapters/escrow/rpc-chain";
import { chainRegistrations } from "@/server/adapters/registrations/chain-registrations";
import { startedChain } from "@/server/adapters/registrations/registering.contract";

const agent = AgentId.parse("acme/echo@1.0.0");

let place: ReturnType<typeof startedChain> | undefined;

registrationsContract(
  "registry program on a chain",
  async () => {
    place ??= startedChain();
    const { chain, registered } = await place;
    const registration = await registered("acme/echo", registeredManifest);
    const noted = await registration.noted();
    let [now, silent] = [0, false];
    const through = rpcChain({ urls: [chain.rpcUrl], commitment: "confirmed" });
    const lost = err({ code: "outcome_unknown", reason: "Nobody answered." } as const);
    const port = chainRegistrations({
      noted: async (asked) => (asked === agent ? noted : null),
      chain: { accounts: async (asked) => (silent ? lost : through.accounts(asked)) },
      now: () => {
        now += 60_000; // each question comes a minute later: nothing that was heard before is good any more
        return now;
      },
    });
    const unreachable = () => {
      silent = true;
    };
    return { port, ...registration, unreachable };
  },
  async () => (await place)?.stop(),
);
