import { expect, test } from "vitest";
import { reviewedReport } from "../examples/reviewed-report";
import { sampleManifests } from "../examples/sample-manifests";
import { shortOrLong } from "../examples/short-or-long";
import { catalog } from "../nodes/catalog";
import { resultsOf } from "./signature";

const registry = { kinds: catalog, manifests: sampleManifests };

test("a result that every run gives is promised, with what is known of it; one behind a decision is not", () => {
  expect(resultsOf(shortOrLong.document, registry)).toMatchObject({ type: "object", required: [] });
  const reviewed = resultsOf(reviewedReport.document, registry);
  expect(Object.keys(reviewed.properties).length).toBeGreaterThan(1);
  expect(reviewed.required).toEqual(["chart"]); // before the others an approval stands
});
