"use client";

import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link2, Link2Off } from "lucide-react";
import { useEffect, useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { Moment } from "@/components/panels/runs/moment";
import { useConfirmed } from "@/components/panels/settings/use-confirmed";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Hash } from "@/components/ui/hash";
import { Panel } from "@/components/ui/panel";
import { StatusGlyph } from "@/components/ui/status-mark";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import { disconnect, signWords } from "./sign-words";
import type { SolanaWallet } from "./standard-wallets";
import { offerKeptTestWallet } from "./test-wallet";
import { UnlinkWaiting } from "./unlink-waiting";
import { WalletDialog } from "./wallet-dialog";

const LOCAL_CHAIN = "solana:localnet";
type Asking = { for: "link" } | { for: "unlink" } | { for: "payout"; to: WalletAddress };

/** The wallet that opens this account, and where its agents are paid on chain. */
export function WalletPanel() {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.wallets.mine.queryOptions());
  const [asking, setAsking] = useState<Asking | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const { linked, payout, way, site } = data;
  const localChain = site.chainId === LOCAL_CHAIN;
  useEffect(() => {
    if (localChain) offerKeptTestWallet();
  }, [localChain]);
  return (
    <Panel title="Wallet">
      <div className="flex flex-col gap-4">
        {localChain && <p className="text-12 text-muted">Local chain: simulated on this machine.</p>}
        {linked ? (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <p className="min-w-0 flex-1 basis-64">
              <Hash value={linked.address} of="wallet" /> opens this account and funds its runs on escrow.
            </p>
            <Button
              icon={<Link2Off aria-hidden />}
              disabled={way === "wallet" && !linked.waitsUntil}
              onClick={() => (linked.waitsUntil ? setLeaving(true) : setAsking({ for: "unlink" }))}
            >
              Unlink the wallet
            </Button>
          </div>
        ) : (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <p className="min-w-0 flex-1 basis-64 text-muted">
              No wallet is linked. A wallet opens this account in every browser, funds runs on escrow, and is where your
              agents are paid on chain.
            </p>
            <Button icon={<Link2 aria-hidden />} onClick={() => setAsking({ for: "link" })}>
              Link a wallet
            </Button>
          </div>
        )}
        {linked?.waitsUntil && (
          <p className="flex gap-2 text-12 text-muted">
            <span aria-hidden className="shrink-0">
              <StatusGlyph status="waiting" />
            </span>
            <span>
              Counts from <Moment at={linked.waitsUntil} look="exact" />. Nothing confirmed it when it came, so until
              then it says no yes and is paid nothing, and is unlinked without a signature. If it is not yours, unlink
              it now.
            </span>
          </p>
        )}
        {linked && !linked.waitsUntil && way === "wallet" && (
          <p className="text-12 text-muted">
            You came in by this wallet, and nothing else opens this account: it stays linked.
          </p>
        )}
        {linked && !linked.waitsUntil && (
          <Payout payout={payout ?? linked.address} onChange={(to) => setAsking({ for: "payout", to })} />
        )}
      </div>
      {isLeaving && linked && <UnlinkWaiting address={linked.address} onClose={() => setLeaving(false)} />}
      {asking && (
        <Ask asking={asking} linked={linked?.address ?? null} localChain={localChain} onClose={() => setAsking(null)} />
      )}
    </Panel>
  );
}

function Payout({ payout, onChange }: { payout: string; onChange(to: WalletAddress): void }) {
  const [text, setText] = useState("");
  const to = WalletAddress.safeParse(text.trim());
  const problem = text.trim() !== "" && !to.success ? "This is no address of Solana." : undefined;
  return (
    <form
      aria-label="Payout wallet"
      className="flex flex-col gap-3 border-t pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (to.success) onChange(to.data);
      }}
    >
      <p>
        What your agents earn on escrow goes to <Hash value={payout} of="payout wallet" />.
      </p>
      <Field
        label="Pay it to another wallet"
        aside="optional"
        error={problem}
        help="Its address. Your linked wallet signs the change, so that nobody else can make it. A wallet of several signers will do."
      >
        <TextInput face="mono" maxLength={64} value={text} onChange={({ target }) => setText(target.value)} />
      </Field>
      <div>
        <Button type="submit" disabled={!to.success || to.data === payout}>
          Change the payout wallet
        </Button>
      </div>
    </form>
  );
}

const WORDS = {
  link: {
    title: "Link a wallet",
    text: "It signs a few words that name your account. That pays nothing. From then on whoever holds the wallet can open this account.",
    done: "The wallet is linked.",
  },
  unlink: {
    title: "Unlink the wallet",
    text: "The wallet signs that it opens this account no more. After that, this browser is the only way into it.",
    done: "The wallet is unlinked.",
  },
  payout: {
    title: "Change the payout wallet",
    text: "Your linked wallet signs the new address. That pays nothing now.",
    done: "The payout wallet is changed.",
  },
};

type AskProps = { asking: Asking; linked: string | null; localChain: boolean; onClose(): void };

function Ask({ asking, linked, localChain, onClose }: AskProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const wordsToLink = useMutation(trpc.wallets.wordsToLink.mutationOptions());
  const wordsToUnlink = useMutation(trpc.wallets.wordsToUnlink.mutationOptions());
  const wordsToBePaidAt = useMutation(trpc.wallets.wordsToBePaidAt.mutationOptions());
  const link = useMutation(trpc.wallets.link.mutationOptions());
  const unlink = useMutation(trpc.wallets.unlink.mutationOptions());
  const bePaidAt = useMutation(trpc.wallets.bePaidAt.mutationOptions());
  const hasPasskeys =
    useQuery(trpc.passkeys.mine.queryOptions()).data?.passkeys.some(({ waitsUntil }) => waitsUntil === null) ?? false;
  const confirmed = useConfirmed();

  async function linkBy(signed: Awaited<ReturnType<typeof signWords>>) {
    const change = { do: "link", address: signed.address } as const;
    return link.mutateAsync({ ...signed, ...(await confirmed.by(change, { wallet: null, hasPasskeys })) });
  }

  async function sign(wallet: SolanaWallet) {
    switch (asking.for) {
      case "link":
        return linkBy(await signWords(wallet, await wordsToLink.mutateAsync()));
      case "unlink":
        await unlink.mutateAsync(await signWords(wallet, await wordsToUnlink.mutateAsync(), linked));
        return disconnect(wallet);
      case "payout":
        return bePaidAt.mutateAsync(
          await signWords(wallet, await wordsToBePaidAt.mutateAsync({ to: asking.to }), linked),
        );
    }
  }

  async function act(wallet: SolanaWallet) {
    await sign(wallet);
    await queries.invalidateQueries(trpc.wallets.pathFilter());
    toast({ status: "done", title: WORDS[asking.for].done });
    onClose();
  }

  const { title, text } = WORDS[asking.for];
  return (
    <WalletDialog title={title} text={text} localChain={localChain} act={act} onClose={onClose}>
      {asking.for === "payout" && (
        <p>
          New payout wallet: <span className="break-all font-mono">{asking.to}</span>
        </p>
      )}
    </WalletDialog>
  );
}
