"use client";

import type { ComponentType } from "react";
import { isRecord } from "@/flows/types/json-schema";
import { below, type SettingProps, valueAt } from "./place";
import { SettingGroup } from "./setting-field";
import type { Shape, ShapeField } from "./shape";

type ObjectShape = Extract<Shape, { as: "object" }>;
type ObjectProps = SettingProps<ObjectShape> & { draw: ComponentType<SettingProps> };

/** Several settings under one name; those of the node itself stand without a frame. */
export function ObjectSetting({ at, shape, required, draw: Draw }: ObjectProps) {
  const value = valueAt(at);
  const settings = isRecord(value) ? value : {};
  const isAsked = ({ name, shape: part }: ShapeField) => {
    if (!part.when || settings[name] !== undefined) return true;
    const { field, is } = part.when;
    return (settings[field] ?? shape.fields.find((each) => each.name === field)?.shape.initial) === is;
  };
  const fields = shape.fields
    .filter(isAsked)
    .map((field) => <Draw key={field.name} at={below(at, field.name)} shape={field.shape} required={field.required} />);
  const isFramed = at.path.length > 0 && shape.title !== "";
  return isFramed ? <SettingGroup setting={{ at, shape, required }}>{fields}</SettingGroup> : fields;
}
