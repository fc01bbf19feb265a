import type { ComponentType } from "react";
import type { Control } from "@/flows/nodes/shown";
import { AgentInputs } from "./agent-inputs";
import { AgentSetting } from "./agent-setting";
import { AgentsSetting } from "./agents-setting";
import { ApproversSetting } from "./approvers-setting";
import { CapSetting } from "./cap-setting";
import { FlowSetting } from "./flow-setting";
import { FlowsSetting } from "./flows-setting";
import { GivenSetting } from "./given-setting";
import { ModelSetting } from "./model-setting";
import { MoneySetting } from "./money-setting";
import type { SettingProps } from "./place";
import { SchemaSetting } from "./schema-setting";

/** The controls that are more than one value in one field, by the name that a schema asks for them with. */
export const wholeControls = {
  money: MoneySetting,
  cap: CapSetting,
  approvers: ApproversSetting,
  agent: AgentSetting,
  agents: AgentsSetting,
  agent_inputs: AgentInputs,
  flow: FlowSetting,
  flows: FlowsSetting,
  model: ModelSetting,
  schema: SchemaSetting,
  form: SchemaSetting,
  given: GivenSetting,
  ...{ expression: null, prompt: null, long: null, names: null, duration: null, zone: null, account: null },
} as const satisfies Record<Control, ComponentType<SettingProps> | null>;
