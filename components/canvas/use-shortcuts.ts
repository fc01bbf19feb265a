"use client";

import { useEffect, useEffectEvent } from "react";
import { removeSelected } from "../panels/studio/remove-selected";
import { useStudio } from "../store/studio-store";
import { commandOf } from "./commands/all-commands";
import { pasteText, selectedText } from "./commands/clipboard";
import type { Command, Tools } from "./commands/command";

/** The keys of the studio. Few of them work while somebody types, and none while a dialog or a menu is open. */
export function useShortcuts(tools: Tools) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isBusy()) return;
    const command = commandOf(event);
    if (!command || command.native || (isTyping(event) && !command.whileTyping)) return;
    event.preventDefault();
    perform(command, tools);
  });
  const onClipboard = useEffectEvent((event: ClipboardEvent) => {
    if (event.defaultPrevented || isBusy() || isTyping(event)) return;
    if (event.type === "paste") return onPaste(event, tools);
    // Words that somebody marked on the page are what they mean to copy.
    const text = document.getSelection()?.isCollapsed === false ? null : selectedText();
    if (text === null) return;
    event.preventDefault();
    event.clipboardData?.setData("text/plain", text);
    if (event.type === "cut") removeSelected();
  });
  useEffect(() => {
    const gone = new AbortController();
    const { signal } = gone;
    document.addEventListener("keydown", (event) => onKey(event), { signal });
    for (const name of ["copy", "cut", "paste"] as const)
      document.addEventListener(name, (event) => onClipboard(event), { signal });
    return () => gone.abort();
  }, []);
}

/** Does what a command says, if it can be done now. */
export function perform(command: Command, tools: Tools) {
  if ((command.blocked?.(useStudio.getState()) ?? null) === null) command.act(tools);
}

function onPaste(event: ClipboardEvent, tools: Tools) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (text === "") return;
  event.preventDefault();
  pasteText(text, tools.pointer());
}

const isBusy = () => document.querySelector("[role=dialog], [role=menu]") !== null;

function isTyping({ target }: Event): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable=true]") !== null;
}
