"use client";

import type { ComponentType } from "react";
import { Select } from "@/components/ui/select";
import { toVariant, variantOf } from "./change";
import { changeAt, type SettingProps, valueAt } from "./place";
import { SettingField } from "./setting-field";
import type { Shape } from "./shape";

type VariantsShape = Extract<Shape, { as: "variants" }>;
type VariantsProps = SettingProps<VariantsShape> & { draw: ComponentType<SettingProps> };

/** One of several forms: choose it, then fill in what it has. What two of them have in common stays when it changes. */
export function VariantsSetting({ at, shape, required, draw: Draw }: VariantsProps) {
  const value = valueAt(at) ?? shape.initial;
  const variant = variantOf(shape, value);
  const options = shape.variants.map((each) => ({ value: each.value, label: each.title }));
  const unset = variant ? [] : [{ value: "", label: "Choose" }];
  const inner = at.path.length > 0 ? "flex flex-col gap-4 border-l pl-3" : "contents";

  function choose(chosen: string) {
    const next = shape.variants.find((each) => each.value === chosen);
    if (next) changeAt(at, { value: toVariant(shape, next, value), name: `${shape.title}: ${next.title}` });
  }

  return (
    <>
      <SettingField setting={{ at, shape, required }}>
        <Select options={[...unset, ...options]} value={variant?.value ?? ""} onChange={choose} />
      </SettingField>
      {variant && (
        <div className={inner}>
          <Draw at={at} shape={asInner(variant.shape)} required />
        </div>
      )}
    </>
  );
}

/** Its fields stand under the choice, without a frame of their own. */
function asInner(shape: Shape): Shape {
  return shape.as === "object" ? { ...shape, title: "" } : shape;
}
