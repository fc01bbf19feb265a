"use client";

import { Download } from "lucide-react";
import { type FormEvent, useState } from "react";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import type { ManifestForm } from "@/flows/types/manifest-form";
import { type Source, useImport } from "./use-import";

const SOURCES = [
  { value: "manifest", label: "The manifest of an agent" },
  { value: "mcp", label: "The tools of an MCP server" },
  { value: "openapi", label: "An OpenAPI document" },
] as const;
const HELP: Record<Source, string> = {
  manifest: "Its own, as in https://agents.example/shouter/manifest, or the one in front of several agents.",
  mcp: "Streamable HTTP, as in https://tools.example/mcp. Its tools are listed, and none is called.",
  openapi: "As JSON or YAML. Nothing that it names is fetched.",
};

/** Fills the form in from what others declare. Nothing is published by it, and every field can be changed. */
export function ImportPanel({ form, change }: { form: ManifestForm; change(form: ManifestForm): void }) {
  const [source, setSource] = useState<Source>("manifest");
  const [words, setWords] = useState("");
  const brought = useImport(form);
  const named = source === "manifest" || /^[a-z0-9-]{2,40}$/.test(form.publisher);
  const usable = named && (source === "openapi" ? words.trim() !== "" : URL.canParse(words));

  function submit(event: FormEvent) {
    event.preventDefault();
    if (usable)
      brought.bring(source, words).then(
        (forms) => forms.length === 1 && forms[0] && change(forms[0]),
        () => undefined,
      );
  }
  function choose(next: Source) {
    setSource(next);
    setWords("");
    brought.forget();
  }

  return (
    <Panel title="From what is there" remember="publish-import">
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <Field label="Filled in from">
          <Select options={SOURCES} value={source} onChange={choose} />
        </Field>
        {source === "openapi" ? (
          <Field label="OpenAPI document" help={HELP[source]}>
            <TextArea face="mono" rows={6} value={words} onChange={(event) => setWords(event.target.value)} />
          </Field>
        ) : (
          <Field label={source === "mcp" ? "Address of an MCP server" : "Address of a manifest"} help={HELP[source]}>
            <TextInput
              face="mono"
              type="url"
              maxLength={300}
              value={words}
              onChange={(event) => setWords(event.target.value.trim())}
            />
          </Field>
        )}
        {!named && (
          <p className="text-muted">Give the publisher&apos;s name below first: the agents are named by it.</p>
        )}
        <div>
          <Button type="submit" icon={<Download aria-hidden />} busy={brought.isPending} disabled={!usable}>
            Fill the form in
          </Button>
        </div>
        {brought.forms.length > 1 && (
          <ul aria-label="Agents there" className="flex max-h-code flex-wrap gap-2 overflow-auto">
            {brought.forms.map((one) => (
              <li key={`${one.name}@${one.version}`}>
                <Button onClick={() => change(one)}>
                  {one.title} {one.version}
                </Button>
              </li>
            ))}
          </ul>
        )}
        {brought.nothing && <p role="status">Nothing there can be an agent.</p>}
        <ApiFault fault={brought.error} />
      </form>
    </Panel>
  );
}
