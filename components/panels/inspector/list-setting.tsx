"use client";

import { Plus } from "lucide-react";
import { type ComponentType, useId } from "react";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { Json } from "@/flows/basics/json";
import { isRecord } from "@/flows/types/json-schema";
import { addOne, moved } from "./change";
import { problemOf } from "./check";
import { ItemButtons } from "./item-buttons";
import { NameInput } from "./name-input";
import {
  below,
  changeAt,
  fieldOf,
  type Place,
  type SettingProps,
  useCompilerProblem,
  valueAt,
  withDefault,
} from "./place";
import type { PortNames } from "./setting-edits";
import { SettingGroup } from "./setting-field";
import type { Shape } from "./shape";

type ListShape = Extract<Shape, { as: "list" }>;
type ListProps = SettingProps<ListShape> & { draw: ComponentType<SettingProps> };

/** As many as one likes, in an order that can be changed. Texts stand in a row each, whatever has parts in a frame. */
export function ListSetting({ at, shape, required, draw: Draw }: ListProps) {
  const value = valueAt(at) ?? shape.initial;
  const list: readonly Json[] = Array.isArray(value) ? value : [];
  const one = shape.one ?? "entry";
  const { item } = shape;
  const isFull = shape.most !== null && list.length >= shape.most;
  const spot = (place: number) => below(withDefault(at, shape.initial), String(place));

  function remove(place: number) {
    const left = list.filter((_, each) => each !== place);
    changeAt(at, { value: left, name: `Remove ${one} ${place + 1}`, port: portOf(shape, list[place]) });
  }

  const buttons = (place: number) => (
    <ItemButtons
      name={`${one} ${place + 1}`}
      place={place}
      count={list.length}
      onMove={(to) => changeAt(at, { value: moved(list, place, to), name: `Move ${one} ${place + 1}` })}
      onRemove={() => remove(place)}
    />
  );

  return (
    <SettingGroup setting={{ at, shape, required }}>
      {list.map((_, place) =>
        item.as === "text" ? (
          <div key={place} className="flex items-start gap-1">
            <TextItem at={spot(place)} list={shape} place={place} />
            {buttons(place)}
          </div>
        ) : (
          <fieldset key={place} className="flex min-w-0 flex-col gap-3 rounded-control border p-3">
            <legend className="sr-only">
              {one} {place + 1}
            </legend>
            <div className="-my-1 flex items-center justify-between gap-2">
              <span aria-hidden className="text-12 text-faint first-letter:uppercase">
                {one} {place + 1}
              </span>
              {buttons(place)}
            </div>
            <Draw at={spot(place)} shape={{ ...item, title: "" }} required />
          </fieldset>
        ),
      )}
      <Button
        icon={<Plus aria-hidden />}
        disabled={isFull}
        onClick={() => changeAt(at, { value: addOne(shape, list as Json[]), name: `Add ${one}` })}
      >
        {articled(one)}
        <VisuallyHidden> to {shape.title}</VisuallyHidden>
      </Button>
    </SettingGroup>
  );
}

export function articled(one: string): string {
  return `Add ${/^[aeiou]/.test(one) ? "an" : "a"} ${one}`;
}

type TextItemProps = { at: Place; list: ListShape; place: number };

/** A text among others, named after its place. */
function TextItem({ at, list, place }: TextItemProps) {
  const { item, one = "entry", title, ports } = list;
  const compiler = useCompilerProblem(at.node.id, fieldOf(at), false);
  const value = valueAt(at);
  const problem = problemOf(item, value) ?? compiler;
  const label = `${title}: ${one} ${place + 1}`;
  const problemId = useId();
  const told = problem ? { "aria-invalid": true as const, "aria-describedby": problemId } : {};
  return (
    <span className="flex min-w-0 flex-1 flex-col gap-1">
      {ports ? (
        <NameInput aria-label={label} {...told} at={at} shape={item} side={ports} />
      ) : (
        <TextInput
          aria-label={label}
          {...told}
          value={String(value ?? "")}
          onChange={(event) => changeAt(at, { value: event.target.value })}
        />
      )}
      {problem && (
        <span id={problemId} className="text-12 text-bad">
          {problem}
        </span>
      )}
    </span>
  );
}

/** The ports that the things in a list are, by the name that each has. */
function nameField(item: Shape): { name: string; side: "inputs" | "outputs" } | null {
  if (item.as !== "object") return null;
  const named = item.fields.find(({ shape }) => shape.ports);
  return named?.shape.ports ? { name: named.name, side: named.shape.ports } : null;
}

/** The port that goes with one of a list, if it is one. */
function portOf({ item, ports }: ListShape, value: Json | undefined): PortNames | undefined {
  const named = nameField(item);
  const side = ports ?? named?.side;
  const from = named && isRecord(value) ? value[named.name] : value;
  return side && typeof from === "string" ? { side, from, to: null } : undefined;
}
