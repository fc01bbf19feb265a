-- A payer's wallet also signs disputes; the sponsor pays their fee as it does for an opening.
ALTER TABLE "chain_intent" DROP CONSTRAINT "chain_intent_kind";
ALTER TABLE "chain_intent" ADD CONSTRAINT "chain_intent_kind" CHECK ("kind" IN ('open', 'top_up', 'extend', 'dispute', 'settle', 'release', 'close'));
