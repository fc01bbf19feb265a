"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { whereIs } from "@/components/panels/explorer/explorer-link";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";

/** Leads to a transaction or an account by its signature or address. */
export function ExplorerSearch() {
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const look = () => {
    const found = whereIs(typed);
    if ("problem" in found) setProblem(found.problem);
    else router.push(found.href);
  };
  return (
    <search>
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          look();
        }}
      >
        <div className="min-w-0 grow basis-72">
          <Field label="Signature or address" error={problem}>
            <TextInput
              type="search"
              face="mono"
              icon={<Search />}
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                setTyped(event.target.value);
                setProblem(null);
              }}
            />
          </Field>
        </div>
        <Button type="submit">Look it up</Button>
      </form>
    </search>
  );
}
