"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useRef, useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import type { Refused } from "@/components/panels/flows/refused-file";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

const RefusedFile = lazy(() =>
  import("@/components/panels/flows/refused-file").then((file) => ({ default: file.RefusedFile })),
);

/** Makes a flow from a `*.flow.json`. The file is read here; only a flow that is whole and sound goes to the server. */
export function ImportFlow() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const create = useMutation(
    trpc.flows.create.mutationOptions({
      onSuccess: ({ flow }) => {
        void queries.invalidateQueries(trpc.flows.list.queryFilter());
        router.push(`/flows/${flow}`);
      },
    }),
  );

  async function take(file: File) {
    const { readFlowFile } = await import("@/components/panels/flows/read-flow-file");
    const read = await readFlowFile(file);
    if (!read.ok) return setRefused({ file: file.name, faults: read.error });
    const { name, document, migratedFrom } = read.value;
    if (migratedFrom !== null)
      toast({
        title: "An older file",
        text: `It was of version ${migratedFrom} of the format and was brought up to date.`,
      });
    const onError = (answer: unknown) => setRefused({ file: file.name, faults: [], answer });
    create.mutate({ name, document }, { onError });
  }

  return (
    <>
      <Button
        icon={<FileUp aria-hidden />}
        busy={create.isPending || create.isSuccess}
        onClick={() => input.current?.click()}
      >
        Import
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        aria-label="File of a flow"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void take(file);
        }}
      />
      {refused && (
        <Suspense fallback={null}>
          <RefusedFile refused={refused} onClose={() => setRefused(null)} />
        </Suspense>
      )}
    </>
  );
}
