use crate::fault::Outcome;
use pinocchio::AccountView;
use rules::bytes::{same, Key};
use rules::refusal::Refusal;

#[inline(always)]
pub fn key(account: &AccountView) -> &Key {
    account.address().as_array()
}

#[inline(always)]
pub fn is(account: &AccountView, expected: &Key, otherwise: Refusal) -> Outcome {
    if same(key(account), expected) {
        Ok(())
    } else {
        Err(otherwise.into())
    }
}

#[inline(always)]
pub fn signed(account: &AccountView, otherwise: Refusal) -> Outcome {
    if account.is_signer() {
        Ok(())
    } else {
        Err(otherwise.into())
    }
}

/// The bytes of an account that another program owns.
#[inline(always)]
pub fn bytes(account: &AccountView) -> &[u8] {
    // SAFETY: read between calls of other programs, never across one.
    unsafe { account.borrow_unchecked() }
}
