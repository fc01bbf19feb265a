"use client";

import type { ComponentType } from "react";
import { unreachable } from "@/flows/basics/unreachable";
import { FlagsSetting } from "./flags-setting";
import { LeafSetting } from "./leaf-setting";
import { ListSetting } from "./list-setting";
import { ObjectSetting } from "./object-setting";
import type { SettingProps } from "./place";
import { RecordSetting } from "./record-setting";
import { VariantsSetting } from "./variants-setting";
import { wholeControls } from "./whole-controls";

/** One setting and all that is in it. What is made of others is given this to draw them. */
export function Setting({ at, shape, required }: SettingProps) {
  const draw: ComponentType<SettingProps> = Setting;
  const Own = shape.control && wholeControls[shape.control];
  if (Own) return <Own at={at} shape={shape} required={required} />;
  switch (shape.as) {
    case "object":
      return <ObjectSetting at={at} shape={shape} required={required} draw={draw} />;
    case "variants":
      return <VariantsSetting at={at} shape={shape} required={required} draw={draw} />;
    case "list":
      return <ListSetting at={at} shape={shape} required={required} draw={draw} />;
    case "record":
      return <RecordSetting at={at} shape={shape} required={required} draw={draw} />;
    case "flags":
      return <FlagsSetting at={at} shape={shape} required={required} />;
    case "text":
    case "number":
    case "choice":
    case "switch":
    case "whole":
    case "unknown":
      return <LeafSetting at={at} shape={shape} required={required} />;
    default:
      return unreachable(shape);
  }
}
