"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPCClient } from "@/components/api/trpc";
import { formOf, type ManifestForm } from "@/flows/types/manifest-form";

export type Source = "manifest" | "mcp" | "openapi";

/** Forms of what others declare, for one of them to be looked over. */
export function useImport(form: ManifestForm) {
  const client = useTRPCClient();
  const { publisher } = form;
  const read = useMutation({
    async mutationFn({ source, words }: { source: Source; words: string }): Promise<ManifestForm[]> {
      if (source === "manifest") return client.publishing.importManifest.mutate({ address: words, form });
      if (source === "mcp") {
        const { agents, address } = await client.registry.importMcp.mutate({ address: words, publisher });
        return agents.map(({ manifest }) => formOf(manifest, address, form));
      }
      const { agents, address } = await client.registry.importOpenApi.mutate({ text: words, publisher });
      // What a document says of its own address may be relative, or nothing: then the publisher says it.
      return agents.map(({ manifest }) => formOf(manifest, URL.canParse(address) ? address : form.address, form));
    },
  });
  return {
    bring: (source: Source, words: string) => read.mutateAsync({ source, words }),
    forget: read.reset,
    forms: read.data ?? [],
    nothing: read.data?.length === 0,
    isPending: read.isPending,
    error: read.error,
  };
}
