"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { laterWords } from "@/components/panels/settings/means-words";
import {
  makePasskey,
  PasskeyRefusal,
  passkeyFaultWords,
  passkeysElsewhere,
} from "@/components/panels/settings/passkey-ceremony";
import { PasskeyRow } from "@/components/panels/settings/passkey-row";
import { useConfirmed } from "@/components/panels/settings/use-confirmed";
import type { SolanaWallet } from "@/components/panels/wallets/standard-wallets";
import { WalletDialog } from "@/components/panels/wallets/wallet-dialog";
import { BesideField } from "@/components/ui/beside-field";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorNotice } from "@/components/ui/error-notice";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";

type Doing = { do: "add"; name: string } | { do: "remove"; id: string; name: string; waitsUntil: Date | null };

/** Passkeys by which a yes is known to be this person's: made, named and taken away here. */
export function PasskeysPanel() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data } = useSuspenseQuery(trpc.passkeys.mine.queryOptions());
  const { data: wallets } = useSuspenseQuery(trpc.wallets.mine.queryOptions());
  const offer = useMutation(trpc.passkeys.offer.mutationOptions());
  const add = useMutation(trpc.passkeys.add.mutationOptions());
  const remove = useMutation(trpc.passkeys.remove.mutationOptions());
  const confirmed = useConfirmed();
  const [name, setName] = useState("");
  const [removing, setRemoving] = useState<Extract<Doing, { do: "remove" }> | null>(null);
  const [byWallet, setByWallet] = useState<Doing | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const { passkeys, origin } = data;
  const counting = passkeys.filter(({ waitsUntil }) => waitsUntil === null).length;
  const hasWallet = wallets.linked?.waitsUntil === null;
  const takesWallet = counting === 0 && hasWallet;

  async function made() {
    const { nonce, options } = await offer.mutateAsync();
    return { nonce, response: await makePasskey(options) };
  }

  /** Whatever is added or removed is signed with what counts; where nothing does there is nothing to sign with. */
  async function carryOut(doing: Doing, wallet: SolanaWallet | null) {
    const means = { wallet, hasPasskeys: counting > 0 };
    if (doing.do === "remove") {
      const { id } = doing;
      await remove.mutateAsync({ id, ...(doing.waitsUntil ? {} : await confirmed.by({ do: "remove", id }, means)) });
    } else {
      const { name } = doing;
      const fresh = await made(); // first: what is signed names it
      const { id, response } = fresh.response;
      const { passkeyDigest } = await import("@/flows/plan/means-change");
      const passkey = passkeyDigest({ id, attestationObject: response.attestationObject });
      await add.mutateAsync({ name, made: fresh, ...(await confirmed.by({ do: "add", passkey, name }, means)) });
    }
    setName("");
    await queries.invalidateQueries(trpc.passkeys.pathFilter());
    toast({ status: "done", title: doing.do === "add" ? "The passkey is kept." : "The passkey is removed." });
  }

  async function begin(doing: Doing) {
    setFault(null);
    setRemoving(null);
    if (takesWallet && !isWaiting(doing)) return setByWallet(doing);
    setBusy(true);
    await carryOut(doing, null).catch(setFault);
    setBusy(false);
  }

  function send(event: FormEvent) {
    event.preventDefault();
    void begin({ do: "add", name: name.trim() });
  }

  return (
    <Panel title="Passkeys">
      <div className="flex flex-col gap-4">
        <p className="text-muted">
          A passkey signs your yes where an approval takes more than a click, with your finger, face or PIN. It lies in
          your device; the studio has its public key.
        </p>
        <ul aria-label="Passkeys" className={passkeys.length > 0 ? "flex flex-col" : "hidden"}>
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onRemove={() => setRemoving({ ...passkey, do: "remove" })} />
          ))}
        </ul>
        <Here origin={origin}>
          <form onSubmit={send} className="flex flex-wrap items-start gap-x-3 gap-y-2">
            <Field label="Name of the passkey" help="As the device is called that has it." required>
              <TextInput maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
            </Field>
            <BesideField>
              <Button type="submit" icon={<KeyRound aria-hidden />} busy={isBusy} disabled={name.trim() === ""}>
                Add a passkey
              </Button>
            </BesideField>
          </form>
        </Here>
        <p className="text-12 text-muted">
          {confirmsWords({ counting, hasWallet, hours: wallets.site.firstMeansAfterHours })}
        </p>
        <Fault fault={fault} />
      </div>
      {removing && (
        <Dialog
          open
          onClose={() => setRemoving(null)}
          title={`Remove ${removing.name}?`}
          text={removing.waitsUntil ? WAITS : lossWords(counting, hasWallet)}
          actions={
            <>
              <Button onClick={() => setRemoving(null)}>Cancel</Button>
              <Button onClick={() => void begin(removing)}>Remove the passkey</Button>
            </>
          }
        />
      )}
      {byWallet && (
        <WalletDialog
          title="Sign with your wallet"
          text="Your linked wallet confirms that a passkey is to say yes in your account, too. That pays nothing."
          localChain={wallets.site.chainId === "solana:localnet"}
          act={async (wallet) => {
            await carryOut(byWallet, wallet);
            setByWallet(null);
          }}
          onClose={() => setByWallet(null)}
        />
      )}
    </Panel>
  );
}

const isWaiting = (doing: Doing) => doing.do === "remove" && doing.waitsUntil !== null;

const WAITS = "It does not count yet, so this takes no signature. Whatever is added in its place waits anew.";

/** What is signed when one is added or removed. */
function confirmsWords({
  counting,
  hasWallet,
  hours,
}: {
  counting: number;
  hasWallet: boolean;
  hours: number;
}): string {
  if (counting > 0) return "One of them signs whenever one is added or removed, or a wallet linked.";
  if (hasWallet) return "Your linked wallet signs when the first one is added, and that one counts at once.";
  if (hours === 0) return "Nothing can confirm the first one: it counts at once.";
  return `Nothing can confirm the first one yet, so it counts ${laterWords(hours)}: you hear of it at once, and have until then to take it away if it is not yours.`;
}

/** What is lost with one of so many. */
function lossWords(count: number, hasWallet: boolean): string {
  if (count > 1) return "It signs its own removal, or another of yours does. What it signed stays shown.";
  if (hasWallet)
    return "It is your last. Approvals that take a passkey cannot be approved by you any more; those that take your wallet can. What it signed stays shown.";
  return "It is your last, and no wallet is linked. Approvals that take a signature cannot be approved by you any more, only refused, until you add another. What it signed stays shown.";
}

/** Passkeys are made for a name: at another address of the same studio it is said where they work. */
function Here({ origin, children }: { origin: string | null; children: React.ReactNode }) {
  const [elsewhere, setElsewhere] = useState<string | null>(null);
  useEffect(() => setElsewhere(passkeysElsewhere(origin)), [origin]);
  if (origin === null)
    return (
      <p>
        No browser makes a passkey for the address that this studio is at. Whoever runs it gives it a name and HTTPS
        (STUDIO_URL).
      </p>
    );
  if (elsewhere)
    return (
      <p>
        Passkeys need a name, and this address is a number. Open the studio at{" "}
        <a href={`${elsewhere}/settings`} className="underline">
          {elsewhere}
        </a>
        : it is the same studio, and whoever is signed in here has to sign in there.
      </p>
    );
  return children;
}

function Fault({ fault }: { fault: unknown }) {
  if (fault instanceof PasskeyRefusal) return <ErrorNotice {...passkeyFaultWords(fault.fault)} />;
  return <ApiFault fault={fault} />;
}
