"use client";

import type { KeyboardEvent } from "react";
import { inputsOf, outputsOf } from "@/components/store/judge-connection";
import { fetchInTime } from "@/components/ui/loaded-later";
import { toast } from "@/components/ui/toast";
import type { NodeId } from "@/flows/basics/ids";
import type { Wire } from "@/flows/graph/graph";
import { useStudio } from "../store/studio-store";
import { focusNode } from "./focus-node";

const settings = fetchInTime(() => import("../panels/studio/open-settings"));

type Way = { to: "on" | "back"; which: "first" | "last" };

/** Of several wires, Right and Left take the one at the top port, Down and Up the one at the bottom. */
const ALONG: Readonly<Record<string, Way>> = {
  ArrowRight: { to: "on", which: "first" },
  ArrowDown: { to: "on", which: "last" },
  ArrowLeft: { to: "back", which: "first" },
  ArrowUp: { to: "back", which: "last" },
};

/** Keys of commands that act on what is selected: for somebody who goes by Tab, that is where the focus is. */
const ACT_ON_SELECTION = new Set(["/", "c", "p", "e", "i", "f2", "delete", "backspace"]);
const WITH_CONTROL = new Set(["c", "x", "d"]);

/**
 * The keys of a node or a wire that has the focus: arrows go along wires, Enter opens the settings of a node, and what
 * is done by a key is done to it. With Shift the arrows move the node, which React Flow does for one that is selected.
 */
export function onCanvasKey(event: KeyboardEvent) {
  if (!(event.target instanceof Element)) return;
  if (event.target.matches(".react-flow__edge")) return onWireKey(event, event.target.getAttribute("data-id"));
  const id = event.target.matches(".react-flow__node") ? nodeOf(event.target.getAttribute("data-id")) : null;
  if (!id) return;
  if (means(event)) return selectOnly(id);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const along = ALONG[event.key];
  if (along && event.shiftKey) return selectOnly(id);
  if (!along && event.key !== "Enter") return;
  event.preventDefault();
  event.stopPropagation();
  if (along) goAlong(id, along);
  else
    void settings().then(
      ({ openSettings }) => openSettings(id, () => focusNode(id)),
      () => toast({ title: "The settings could not be loaded", text: "Press Enter again once you are online." }),
    );
}

function onWireKey(event: KeyboardEvent, key: string | null) {
  const { selection, select } = useStudio.getState();
  if (key !== null && means(event) && !selection.wires.includes(key)) select({ wires: [key] });
}

/** Whether the key asks for something to be done to where the focus is. */
function means({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (altKey) return false;
  return (ctrlKey || metaKey ? WITH_CONTROL : ACT_ON_SELECTION).has(key.toLowerCase());
}

function nodeOf(id: string | null): NodeId | null {
  return useStudio.getState().document.nodes.find((node) => node.id === id)?.id ?? null;
}

function selectOnly(id: NodeId) {
  const { selection, select } = useStudio.getState();
  if (!selection.nodes.includes(id)) select({ nodes: [id] });
}

function goAlong(id: NodeId, { to, which }: Way) {
  const { document, ports } = useStudio.getState();
  const names = (to === "on" ? outputsOf(ports, id) : inputsOf(ports, id)).map(({ name }) => name);
  const port = (wire: Wire) => names.indexOf(to === "on" ? wire.from.output : wire.to.input);
  const wires = document.wires
    .filter((wire) => (to === "on" ? wire.from : wire.to).node === id)
    .toSorted((a, b) => port(a) - port(b));
  const wire = which === "first" ? wires[0] : wires.at(-1);
  if (wire) focusNode(to === "on" ? wire.to.node : wire.from.node);
}
