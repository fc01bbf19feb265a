-- From when on a passkey, or the wallet, of an account signs. What nothing confirmed counts only a while later, so that the
-- account's owner can take it away before. What is there already counts; what does not say from when counts a day later.
ALTER TABLE "passkey" ADD COLUMN "counts_from" TIMESTAMPTZ(3);
UPDATE "passkey" SET "counts_from" = "created_at";
ALTER TABLE "passkey" ALTER COLUMN "counts_from" SET DEFAULT now() + interval '1 day', ALTER COLUMN "counts_from" SET NOT NULL;

ALTER TABLE "wallet_link" ADD COLUMN "counts_from" TIMESTAMPTZ(3);
UPDATE "wallet_link" SET "counts_from" = "linked_at";
ALTER TABLE "wallet_link" ALTER COLUMN "counts_from" SET DEFAULT now() + interval '1 day', ALTER COLUMN "counts_from" SET NOT NULL;
