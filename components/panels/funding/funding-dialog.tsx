"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Wallet as WalletIcon } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { domainErrorOf } from "@/components/api/api-error";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { DidNotLand } from "@/components/panels/funding/did-not-land";
import { notStartedWords } from "@/components/panels/funding/not-started-words";
import { offerKeptTestWallet } from "@/components/panels/wallets/test-wallet";
import { WalletDialog } from "@/components/panels/wallets/wallet-dialog";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorNotice } from "@/components/ui/error-notice";
import { Spinner } from "@/components/ui/spinner";
import { OfferView } from "./offer-view";
import { type FundAsk, type FundingState, useFunding } from "./use-funding";

const LOCAL_CHAIN = "solana:localnet";

export type FundingDialogProps = { name: string; ask: FundAsk; onClose(): void; onStarted(run: string): void };

/** The last look before a wallet signs: what the chain says these very bytes would do, and then what becomes of them. */
export function FundingDialog({ name, ask, onClose, onStarted }: FundingDialogProps) {
  const trpc = useTRPC();
  const { data: mine } = useQuery(trpc.wallets.mine.queryOptions());
  const funding = useFunding(ask, onStarted);
  const [choosing, setChoosing] = useState(false);
  const chainId = mine?.site.chainId ?? "";
  const localChain = chainId === LOCAL_CHAIN;
  const first = useRef(funding.ask);
  useEffect(() => first.current(), []);
  useEffect(() => {
    if (localChain) offerKeptTestWallet();
  }, [localChain]);
  const { offer, state, fault } = funding;

  if (choosing && offer)
    return (
      <WalletDialog
        title="Sign with a wallet"
        text="It signs as the owner of your USDC, and pays no fee: the studio's sponsor does."
        localChain={localChain}
        act={async (wallet) => {
          await funding.sign(wallet, chainId);
          setChoosing(false);
        }}
        onClose={() => setChoosing(false)}
      />
    );

  return (
    <Dialog
      open
      shape="wide"
      onClose={onClose}
      title={`Fund ${name} from your wallet`}
      text="The money goes into an escrow of this run alone. What it does not spend returns to you."
      actions={
        <>
          <Button onClick={onClose}>{state.at === "looking" ? "Cancel" : "Close"}</Button>
          {state.at === "looking" && offer && (
            <Button tone="primary" icon={<WalletIcon aria-hidden />} onClick={() => setChoosing(true)}>
              Sign with a wallet
            </Button>
          )}
          {(state.at === "over" || fault) && (
            <Button busy={funding.asking} onClick={funding.ask}>
              Ask again
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {localChain && (
          <p className="rounded-card border border-line-strong border-dashed px-3 py-2 text-muted">
            Local chain: simulated on this machine. No real money moves.
          </p>
        )}
        {funding.asking && (
          <p role="status" className="flex items-center gap-3">
            <Spinner />
            Asking the chain what this would do.
          </p>
        )}
        {state.at === "looking" && offer && <OfferView offer={offer} />}
        <Progress state={state} />
        <ApiFault fault={fault} />
        {localChain && isShort(fault) && <TestMoney onGiven={funding.ask} />}
      </div>
    </Dialog>
  );
}

const isShort = (fault: unknown): boolean => {
  const code = domainErrorOf(fault)?.code;
  return code === "payer_account_missing" || code === "payer_funds_insufficient";
};

function TestMoney({ onGiven }: { onGiven(): void }) {
  const trpc = useTRPC();
  const give = useMutation(trpc.escrows.testMoney.mutationOptions({ onSuccess: onGiven }));
  return (
    <div className="flex flex-col gap-2">
      <div>
        <Button busy={give.isPending} onClick={() => give.mutate()}>
          Get 25 USDC of test money
        </Button>
      </div>
      <ApiFault fault={give.error} />
    </div>
  );
}

const UNDER_WAY = {
  checking: "Checking what your wallet signed, and adding the sponsor's signature.",
  sent: "Sent. Waiting until the chain confirms it.",
  confirmed: "Confirmed: the escrow is open. The run starts by itself.",
};

function Progress({ state }: { state: FundingState }) {
  switch (state.at) {
    case "looking":
      return null;
    case "checking":
    case "sent":
    case "confirmed":
      return (
        <p role="status" className="flex items-center gap-3">
          <Spinner />
          {UNDER_WAY[state.at]}
        </p>
      );
    case "over":
      return (
        <DidNotLand
          why={state.why}
          reason={state.reason}
          safe="Nothing moved, and nothing was started."
          next="Ask again: the studio makes a new transaction to look at and to sign."
        />
      );
    case "not_started":
      return (
        <ErrorNotice
          what="The escrow is open, but the run could not be started any more."
          safe="Everything in the escrow returns to you."
          next={notStartedWords(state.why)}
          code="run_not_started"
        />
      );
  }
}
