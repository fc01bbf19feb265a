"use client";

import { clsx } from "clsx";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { JsonView } from "@/components/ui/json-view";
import type { Json } from "@/flows/basics/json";

const SHOWN_FIRST = 1_200;
const SHORT = 80;

/** A value as people read it: charts as pictures, text as text, everything else as JSON. Nothing of it is run. */
export function ValueView({ value, label }: { value: Json; label: string }) {
  if (typeof value !== "string")
    return isPlain(value) ? <Short text={String(value)} /> : <JsonView value={value} label={label} />;
  if (value !== "" && value.length <= SHORT && !value.includes("\n")) return <Short text={value} />;
  return isSvg(value) ? <Picture svg={value} label={label} /> : <Text text={value} label={label} />;
}

const isPlain = (value: Json): boolean => value === null || typeof value !== "object";

/** Rows of cells, as CSV or as a table of Markdown: they line up only when every letter is as wide as the next. */
const isTabular = (text: string): boolean =>
  /(^|\n)\|.*\|.*\|/.test(text) || /^[^\n]*,[^\n]*,[^\n]*\n[^\n]*,[^\n]*,/.test(text);

function Short({ text }: { text: string }) {
  return <p className="break-words font-mono">{text}</p>;
}

const isSvg = (text: string): boolean => /^\s*(<\?xml[^>]*>\s*)?<svg[\s>]/.test(text);

/** An image element runs no scripts and loads nothing, whatever the drawing says. */
function Picture({ svg, label }: { svg: string; label: string }) {
  return (
    <figure className="relative min-w-0 rounded-control border bg-surface p-2">
      <img
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`}
        alt={altOf(svg, label)}
        className="mx-auto max-w-full"
      />
    </figure>
  );
}

/** The drawing's own title, else the name of the value. */
function altOf(svg: string, label: string): string {
  const title = /<title[^>]*>([^<]*)<\/title>/.exec(svg)?.[1]?.trim();
  return title ? `${label}: ${title}` : label;
}

function Text({ text, label }: { text: string; label: string }) {
  const [whole, setWhole] = useState(false);
  if (text === "") return <p className="text-muted">Empty text.</p>;
  const cut = !whole && text.length > SHOWN_FIRST;
  return (
    <figure aria-label={label} className="relative min-w-0 rounded-control border bg-sunken">
      <div className="absolute top-1 right-1">
        <CopyButton value={text} label={`Copy ${label}`} />
      </div>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className={clsx(
          "max-h-code overflow-auto whitespace-pre-wrap break-words p-3 pr-12 -outline-offset-2",
          isTabular(text) && "font-mono text-12",
        )}
      >
        {cut ? `${text.slice(0, SHOWN_FIRST)}…` : text}
      </div>
      {text.length > SHOWN_FIRST && (
        <figcaption className="border-t p-1">
          <Button tone="ghost" onClick={() => setWhole((was) => !was)}>
            {whole ? "Show less" : `Show all ${text.length.toLocaleString("en")} characters`}
          </Button>
        </figcaption>
      )}
    </figure>
  );
}
