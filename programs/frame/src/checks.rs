use crate::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::bytes::{same, Key};
use rules::record::Record;
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

/// What this account holds. Only its program can have written the tag.
#[inline(always)]
pub fn record<'a, T: Record>(account: &'a AccountView, program: &Address) -> Outcome<&'a T> {
    if !account.owned_by(program) {
        return Err(T::WRONG.into());
    }
    // SAFETY: nobody writes to it while it is read.
    Ok(T::read(unsafe { account.borrow_unchecked() })?)
}

/// The same for writing. Callers keep it no longer than until the next call of another program, and take no second one
/// meanwhile.
#[inline(always)]
pub fn record_mut<'a, T: Record>(account: &'a mut AccountView, program: &Address) -> Outcome<&'a mut T> {
    record::<T>(account, program)?;
    fresh(account)
}

/// The bytes of an account of this program that was made just now, or that was looked at already.
#[inline(always)]
pub fn fresh<T: Record>(account: &mut AccountView) -> Outcome<&mut T> {
    // SAFETY: the only reference to it.
    Ok(T::over(unsafe { account.borrow_unchecked_mut() })?)
}

/// The bytes of an account that another program owns.
#[inline(always)]
pub fn bytes(account: &AccountView) -> &[u8] {
    // SAFETY: read between calls of other programs, never across one.
    unsafe { account.borrow_unchecked() }
}
