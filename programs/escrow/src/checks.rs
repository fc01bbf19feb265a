pub use frame::checks::{bytes, is, key, signed};
use frame::checks::{record, record_mut};
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::escrow::account::Escrow;
use rules::escrow::config::Config;
use rules::refusal::Refusal;

/// The escrow that this account holds. Only this program can have written the tag, and only `open` writes it.
///
/// Callers keep the result no longer than until the next call of another program, and take no second one meanwhile.
#[inline(always)]
pub fn escrow<'a>(account: &'a mut AccountView, program: &Address) -> Outcome<Escrow<'a>> {
    if !account.owned_by(program) {
        return Err(Refusal::EscrowWrong.into());
    }
    // SAFETY: see above; the borrow ends with the result.
    Ok(Escrow::read(unsafe { account.borrow_unchecked_mut() })?)
}

/// The one configuration: `configure` writes the tag at one address only.
#[inline(always)]
pub fn config<'a>(account: &'a AccountView, program: &Address) -> Outcome<&'a Config> {
    record(account, program)
}

#[inline(always)]
pub fn config_mut<'a>(account: &'a mut AccountView, program: &Address) -> Outcome<&'a mut Config> {
    record_mut(account, program)
}
