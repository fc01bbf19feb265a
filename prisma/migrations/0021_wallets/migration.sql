-- A wallet opens one account, and an account has one wallet.
CREATE TABLE "wallet_link" (
    "address" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "wallet_link_pkey" PRIMARY KEY ("address")
);
CREATE UNIQUE INDEX "wallet_link_account_id_key" ON "wallet_link"("account_id");
ALTER TABLE "wallet_link" ADD CONSTRAINT "wallet_link_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Where an account is paid on chain, when that is another wallet than the one that opens it.
CREATE TABLE "payout_wallet" (
    "account_id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payout_wallet_pkey" PRIMARY KEY ("account_id")
);
ALTER TABLE "payout_wallet" ADD CONSTRAINT "payout_wallet_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Words that a wallet is asked to sign, once each and for a few minutes. `account_id` is who asks, null for a stranger;
-- `about` is what the words are about beyond that, as the address to be paid at.
CREATE TABLE "wallet_challenge" (
    "nonce" TEXT NOT NULL,
    "purpose" TEXT NOT NULL CHECK (purpose IN ('sign_in', 'link', 'unlink', 'payout')),
    "account_id" TEXT,
    "about" TEXT,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "taken_at" TIMESTAMPTZ(3),

    CONSTRAINT "wallet_challenge_pkey" PRIMARY KEY ("nonce"),
    CONSTRAINT "wallet_challenge_whose" CHECK ((purpose = 'sign_in') = (account_id IS NULL))
);
CREATE INDEX "wallet_challenge_expires_at_idx" ON "wallet_challenge"("expires_at");
