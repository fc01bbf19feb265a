use crate::bytes::{same, Key};
use crate::escrow::account::{Escrow, Head, Payee, ESCROW_TAG, MOST_PAYEES, VERSION};
use crate::escrow::config::Config;
use crate::refusal::Refusal;

pub const MOST_FEE_BPS: u16 = 1_000;
pub const MOST_WINDOW_SECONDS: u32 = 30 * 86_400;
/// Whoever lent the rent gets it back: no escrow may be asked to live longer than this.
pub const MOST_LIFE_SECONDS: i64 = 366 * 86_400;

/// What the payer agrees to.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    pub run: &'a [u8; 16],
    pub plan_hash: &'a Key,
    pub settler: &'a Key,
    pub arbiter: &'a Key,
    pub fee_account: &'a Key,
    pub cap: u64,
    pub fee_bps: u16,
    pub window: u32,
    pub settle_by: i64,
    pub expiry: i64,
    /// A token account and its cap each.
    pub payees: &'a [[u8; 40]],
}

/// Whom and what the accounts of the call name.
#[derive(Clone, Copy)]
pub struct Parties<'a> {
    pub payer: &'a Key,
    pub refund: &'a Key,
    pub rent_payer: &'a Key,
    pub mint: &'a Key,
    pub vault: &'a Key,
    pub bump: u8,
}

pub fn check_terms(terms: &Terms, vault: &Key, now: i64) -> Result<(), Refusal> {
    match terms.payees.len() {
        0 => return Err(Refusal::PayeesNone),
        count if count > MOST_PAYEES => return Err(Refusal::PayeesTooMany),
        _ => {}
    }
    if terms.cap == 0 {
        return Err(Refusal::CapZero);
    }
    if terms.fee_bps > MOST_FEE_BPS {
        return Err(Refusal::FeeTooHigh);
    }
    if terms.window > MOST_WINDOW_SECONDS {
        return Err(Refusal::WindowTooLong);
    }
    if terms.settle_by <= now || terms.expiry < terms.settle_by {
        return Err(Refusal::TimesDisordered);
    }
    if terms.expiry > now.saturating_add(MOST_LIFE_SECONDS) {
        return Err(Refusal::LifeTooLong);
    }
    if same(terms.fee_account, vault) {
        return Err(Refusal::FeeAccountIsVault);
    }
    check_payees(terms, vault)
}

fn check_payees(terms: &Terms, vault: &Key) -> Result<(), Refusal> {
    for (at, row) in terms.payees.iter().enumerate() {
        let (account, cap) = account_and_cap(row);
        if cap == 0 {
            return Err(Refusal::PayeeCapZero);
        }
        if cap > terms.cap {
            return Err(Refusal::PayeeCapAboveCap);
        }
        if same(account, vault) {
            return Err(Refusal::PayeeIsVault);
        }
        if terms.payees[..at].iter().any(|other| same(account_and_cap(other).0, account)) {
            return Err(Refusal::PayeeRepeated);
        }
    }
    Ok(())
}

#[inline(always)]
fn account_and_cap(row: &[u8; 40]) -> (&Key, u64) {
    let (account, cap) = row.split_first_chunk::<32>().expect("40 bytes hold 32");
    (account, u64::from_le_bytes(cap.try_into().expect("8 bytes are left")))
}

/// Writes a new escrow into an account of the right size, which holds zeros.
pub fn write(escrow: &mut Escrow, terms: &Terms, parties: &Parties, config: &Config, now: i64) {
    *escrow.head = Head {
        tag: ESCROW_TAG,
        version: VERSION,
        bump: parties.bump,
        payees: terms.payees.len() as u8,
        fee_bps: terms.fee_bps,
        finished: 0,
        unused: 0,
        window: terms.window,
        unused_word: 0,
        cap: terms.cap,
        earned: 0,
        expiry: terms.expiry,
        settle_by: terms.settle_by,
        paused_before: config.paused_total,
        opened_at: now,
        sequence: 0,
        payer: *parties.payer,
        refund: *parties.refund,
        rent_payer: *parties.rent_payer,
        settler: *terms.settler,
        arbiter: *terms.arbiter,
        mint: *parties.mint,
        vault: *parties.vault,
        fee_account: *terms.fee_account,
        plan_hash: *terms.plan_hash,
        run: *terms.run,
        last_root: [0; 32],
        chain: [0; 32],
    };
    for (payee, row) in escrow.payees.iter_mut().zip(terms.payees) {
        let (account, cap) = account_and_cap(row);
        *payee = Payee {
            account: *account,
            cap,
            earned: 0,
            paid: 0,
            returned: 0,
            held: 0,
            held_until: 0,
            disputed: 0,
            decide_by: 0,
        };
    }
}
