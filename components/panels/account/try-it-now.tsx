"use client";

import { type FormEvent, useEffect, useState } from "react";
import { tryItNow } from "@/components/api/session";
import { Button } from "@/components/ui/button";
import { ErrorNotice } from "@/components/ui/error-notice";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";

const LONGEST_NAME = 60;

/** Opens a local account. Without a name it is called "Local account". */
export function TryItNow() {
  const [name, setName] = useState("");
  const [state, setState] = useState<"loading" | "idle" | "opening" | "failed">("loading");
  useEffect(() => setState("idle"), []); // before that, a press would reload the page and lose the name

  async function open(event: FormEvent) {
    event.preventDefault();
    if (state === "opening" || state === "loading") return;
    setState("opening");
    if (await tryItNow(name)) window.location.assign("/flows");
    else setState("failed");
  }

  return (
    <form onSubmit={(event) => void open(event)} className="flex flex-col gap-4">
      <Field label="Your name" aside="optional" help="Approvals and receipts show it. Any name will do.">
        <TextInput
          name="name"
          autoComplete="nickname"
          maxLength={LONGEST_NAME}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Button type="submit" tone="primary" width="full" busy={state === "opening"} disabled={state === "loading"}>
        Try it now
      </Button>
      {state === "failed" && (
        <ErrorNotice
          what="No account was opened."
          safe="Nothing was charged or kept."
          next="Check that the studio is running, then try again."
          code="account_unopened"
        />
      )}
    </form>
  );
}
