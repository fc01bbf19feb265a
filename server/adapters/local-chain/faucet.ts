const TIMEOUT_MS = 10_000;

/** Test money of the local chain, which makes as much of it as it is asked for. Errors: false where it did not. */
export function localFaucet(url: string) {
  return {
    async give(to: string, amount: bigint): Promise<boolean> {
      const call = { jsonrpc: "2.0", id: 1, method: "studio_faucet", params: [to, Number(amount)] };
      const asked = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(call) };
      const answer = await fetch(url, { ...asked, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => null); // away
      if (!answer?.ok) return false;
      const said: unknown = await answer.json();
      return typeof said === "object" && said !== null && "result" in said;
    },
  };
}
