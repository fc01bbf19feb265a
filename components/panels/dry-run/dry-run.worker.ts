import { type DryRunAsk, dryRun } from "./dry-run";

self.onmessage = ({ data }: MessageEvent<DryRunAsk>) => {
  void dryRun(data).then((done) => self.postMessage(done));
};
