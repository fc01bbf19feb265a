"use client";

import { Wallet as WalletIcon } from "lucide-react";
import { type ReactNode, useRef, useState, useSyncExternalStore } from "react";
import { SignInRefused } from "@/components/api/session";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorNotice } from "@/components/ui/error-notice";
import { Spinner } from "@/components/ui/spinner";
import { onWallets, type SolanaWallet, solanaWallets } from "./standard-wallets";
import { offerTestWallet, TEST_WALLET } from "./test-wallet";
import { signInRefusedWords, WalletRefusal, walletFaultWords } from "./wallet-fault";

export type WalletDialogProps = {
  title: string;
  text: string;
  /** What a wallet signs here is played out on this machine: somebody without a wallet can have one to try. */
  localChain: boolean;
  /** Has the wallet sign and hands on what it signed. Throws what went wrong. */
  act(wallet: SolanaWallet): Promise<void>;
  onClose(): void;
  children?: ReactNode;
};

type State = { at: "choosing"; fault: unknown } | { at: "waiting"; wallet: SolanaWallet };

const NONE: readonly SolanaWallet[] = [];

/** Which wallet of this browser signs, and what it says to it. */
export function WalletDialog({ title, text, localChain, act, onClose, children }: WalletDialogProps) {
  const wallets = useSyncExternalStore(onWallets, solanaWallets, () => NONE);
  const [state, setState] = useState<State>({ at: "choosing", fault: null });
  const round = useRef(0);

  /** Whoever stops waiting hears no late answer. */
  function stop() {
    round.current += 1;
    setState({ at: "choosing", fault: null });
  }

  async function choose(wallet: SolanaWallet) {
    round.current += 1;
    const mine = round.current;
    setState({ at: "waiting", wallet });
    try {
      await act(wallet);
    } catch (fault) {
      if (round.current === mine) setState({ at: "choosing", fault });
    }
  }

  return (
    <Dialog
      open
      onClose={() => {
        stop();
        onClose();
      }}
      title={title}
      text={text}
      actions={
        <Button onClick={state.at === "waiting" ? stop : onClose}>
          {state.at === "waiting" ? "Stop waiting" : "Cancel"}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {children}
        {state.at === "waiting" ? (
          <p role="status" className="flex items-center gap-3">
            <Spinner />
            Waiting for {state.wallet.name}. It asks you in its own window.
          </p>
        ) : (
          <>
            <Choices wallets={wallets} onChoose={(wallet) => void choose(wallet)} />
            {localChain && !wallets.some(({ name }) => name === TEST_WALLET) && <TestWalletOffer />}
            <Fault fault={state.fault} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function Choices({ wallets, onChoose }: { wallets: readonly SolanaWallet[]; onChoose(wallet: SolanaWallet): void }) {
  if (wallets.length === 0)
    return (
      <div className="rounded-card border border-line-strong border-dashed p-4">
        <p className="font-strong">No wallet is installed in this browser</p>
        <p className="mt-1 text-muted">
          Install one that knows Solana and the Wallet Standard, as Phantom, Solflare or Backpack do, from its own site;
          then come back. The list here fills by itself.
        </p>
      </div>
    );
  return (
    <ul aria-label="Wallets" className="flex flex-col gap-2">
      {wallets.map((wallet) => (
        <li key={wallet.name}>
          <button
            type="button"
            onClick={() => onChoose(wallet)}
            className="quick flex min-h-control w-full items-center gap-3 rounded-control border border-line-strong px-3 py-2 text-left hover:border-control hover:bg-hover"
          >
            {/* A wallet brings its own picture, as data. */}
            <img src={wallet.icon} alt="" width={24} height={24} className="size-6 rounded-control" />
            <span className="font-strong">{wallet.name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function TestWalletOffer() {
  return (
    <div className="flex flex-col gap-2 rounded-card border p-4">
      <p className="text-muted">
        Local chain: simulated on this machine. To try it without a wallet, have one made here: its key lies open in
        this browser and is never sent. Never pay real money to it.
      </p>
      <div>
        <Button icon={<WalletIcon aria-hidden />} onClick={() => offerTestWallet()}>
          Make a test wallet
        </Button>
      </div>
    </div>
  );
}

function Fault({ fault }: { fault: unknown }) {
  if (fault instanceof SignInRefused) return <ErrorNotice {...signInRefusedWords(fault)} />;
  if (fault instanceof WalletRefusal) return <ErrorNotice {...walletFaultWords(fault.fault)} />;
  return <ApiFault fault={fault} />;
}
