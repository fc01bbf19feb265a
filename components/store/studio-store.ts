import { create } from "zustand";
import { browserKeep } from "./browser-keep";
import { type CanvasSlice, canvasSlice, keptFolded } from "./canvas-slice";
import { type CompileSlice, compileSlice } from "./compile-slice";
import { type DebugSlice, debugSlice } from "./debug-slice";
import { type DocumentSlice, documentSlice } from "./document-slice";
import { type PanelsSlice, panelsSlice } from "./panels-slice";
import { type RunSlice, runSlice } from "./run-slice";
import { nothingSaved, type SavingSlice } from "./saving-slice";
import { type SelectionSlice, selectionSlice } from "./selection-slice";

export type Studio = DocumentSlice &
  SavingSlice &
  SelectionSlice &
  PanelsSlice &
  CompileSlice &
  RunSlice &
  DebugSlice &
  CanvasSlice;

export const useStudio = create<Studio>()((set, get) => ({
  ...documentSlice(set, get),
  ...nothingSaved,
  ...selectionSlice(set),
  ...panelsSlice(set, get, browserKeep("panels")),
  ...compileSlice(set, get),
  ...runSlice(set, get),
  ...debugSlice(set, get),
  ...canvasSlice(set, get),
}));

useStudio.subscribe((now, before) => {
  if (now.flow !== before.flow) useStudio.setState({ folded: keptFolded(now.flow) });
});
