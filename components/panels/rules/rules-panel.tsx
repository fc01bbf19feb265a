"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { ArrowUp, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { RuleDialog } from "@/components/panels/rules/rule-dialog";
import { RuleFault } from "@/components/panels/rules/rule-fault";
import { FRESH_FORM, formOf, movedUp, type RuleForm, withRule } from "@/components/panels/rules/rule-form";
import { aboutWords, outcomeWords } from "@/components/panels/rules/rule-words";
import { useRules } from "@/components/panels/rules/use-rules";
import { WalletDialog } from "@/components/panels/wallets/wallet-dialog";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Panel } from "@/components/ui/panel";

/** `was` is the id of the rule that is edited; null for a new one. */
type Editing = { form: RuleForm; was: string | null };

/** What every payment of a person's runs is held against: read, added, edited, put in order and taken away. */
export function RulesPanel() {
  const trpc = useTRPC();
  const { data: inForce } = useSuspenseQuery(trpc.policies.inForce.queryOptions());
  const [editing, setEditing] = useState<Editing | null>(null);
  const change = useRules(() => setEditing(null));
  const { byWallet } = change;
  const rules = inForce?.policy.rules ?? [];

  function edit(next: Editing) {
    change.reset();
    setEditing(next);
  }
  return (
    <Panel
      title="Rules for spending"
      actions={
        <Button icon={<Plus aria-hidden />} onClick={() => edit({ form: FRESH_FORM, was: null })}>
          Add a rule
        </Button>
      }
    >
      <p className="text-muted">
        Every payment of a run that you start is held against them before it is made. Runs under way keep the rules that
        they were started under. Of several that ask about one payment, the first says whom.
      </p>
      <ol className="mt-3 flex flex-col" aria-label="Rules in force">
        {rules.map((rule, place) => {
          const form = formOf(rule);
          return (
            <li key={rule.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b py-2 last:border-b-0">
              <div className="min-w-0 flex-1 basis-64">
                <p className="break-words">
                  {aboutWords(rule)} {outcomeWords(rule)}
                </p>
                <p className="break-words text-12 text-muted">
                  <span className="font-mono">{rule.id}</span>
                  {rule.because && ` · ${rule.because}`}
                  {!form && " · set by a program"}
                </p>
              </div>
              <div className="ml-auto flex">
                {place > 0 && (
                  <IconButton
                    label={`Move ${rule.id} up`}
                    icon={<ArrowUp aria-hidden />}
                    disabled={change.busy}
                    onClick={() => change.make((now) => movedUp(now, rule.id))}
                  />
                )}
                {form && (
                  <IconButton
                    label={`Edit ${rule.id}`}
                    icon={<Pencil aria-hidden />}
                    onClick={() => edit({ form, was: rule.id })}
                  />
                )}
                <IconButton
                  label={`Take ${rule.id} away`}
                  icon={<Trash2 aria-hidden />}
                  disabled={change.busy}
                  onClick={() => change.make((now) => now.filter(({ id }) => id !== rule.id))}
                />
              </div>
            </li>
          );
        })}
        {rules.length === 0 && (
          <li className="text-muted">
            None: a run of yours pays up to its own worst case, and asks where its flow does.
          </li>
        )}
      </ol>
      {!editing && <RuleFault fault={change.fault} />}
      {editing && !byWallet && (
        <RuleDialog
          key={editing.was ?? "new"}
          editing={editing}
          busy={change.busy}
          fault={change.fault}
          onClose={() => setEditing(null)}
          onSave={(rule, form) => {
            setEditing({ ...editing, form }); // it is there again if whoever signs thinks better of it
            change.make((now) => withRule(now, rule, editing.was));
          }}
        />
      )}
      {byWallet && (
        <WalletDialog
          title="Sign with your wallet"
          text="A rule in force takes a signature for a yes, so your linked wallet confirms that the rules change. That pays nothing."
          localChain={byWallet.localChain}
          act={byWallet.act}
          onClose={byWallet.close}
        />
      )}
    </Panel>
  );
}
