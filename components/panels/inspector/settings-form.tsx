"use client";

import { Trash2 } from "lucide-react";
import { useStudio } from "@/components/store/studio-store";
import { IconButton } from "@/components/ui/icon-button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import type { FlowNode } from "@/flows/graph/graph";
import { changeAt } from "./place";
import { Setting } from "./setting";
import { type Shape, shapeOf } from "./shape";
import { strangersIn } from "./strangers";

/** Everything that can be set on a node, drawn from the schema of its kind's settings. */
export function SettingsForm({ node }: { node: FlowNode }) {
  const shape = useShape(node.kind);
  if (shape === "missing")
    return (
      <p className="text-muted">
        The settings come with the compiler, which could not be loaded. Load the page again to change them.
      </p>
    );
  if (shape === "loading") return <FormSkeleton />;
  if (shape === null) return <p className="text-muted">This studio has no node kind {node.kind}.</p>;
  return (
    <>
      {shape.as === "object" && shape.fields.length === 0 && (
        <p className="text-muted">There is nothing to set here.</p>
      )}
      <Setting at={{ node, path: [] }} shape={shape} required />
      <Strangers node={node} shape={shape} />
    </>
  );
}

const shapes = new WeakMap<object, Shape>();

/** Null for a kind that this studio does not have. */
export function useShape(kind: string): Shape | "missing" | "loading" | null {
  const known = useStudio((studio) => studio.kindSettings);
  if (known === "missing") return known;
  if (known === null) return "loading";
  const schema = Object.hasOwn(known, kind) ? known[kind] : undefined;
  if (typeof schema !== "object") return null;
  const shape = shapes.get(schema) ?? shapeOf(schema);
  shapes.set(schema, shape);
  return shape;
}

/** Settings that came with a file or another version and mean nothing here: the compiler refuses the node until they go. */
function Strangers({ node, shape }: { node: FlowNode; shape: Shape }) {
  const names = strangersIn(shape, node.settings);
  if (names.length === 0) return null;
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-12 text-bad">Settings that this kind does not know</legend>
      {names.map((name) => (
        <div key={name} className="flex items-center gap-2">
          <code className="min-w-0 flex-1 truncate">{name}</code>
          <IconButton
            label={`Remove setting ${name}`}
            icon={<Trash2 />}
            onClick={() => changeAt({ node, path: [name] }, { value: undefined, name: `Remove setting ${name}` })}
          />
        </div>
      ))}
    </fieldset>
  );
}

function FormSkeleton() {
  return (
    <Loading label="Loading the settings">
      <div className="flex flex-col gap-4">
        <Skeleton className="h-3 w-12" />
        <Skeleton className="h-control w-full" />
        <Skeleton className="h-3 w-16" />
        <Skeleton className="h-control w-full" />
      </div>
    </Loading>
  );
}
