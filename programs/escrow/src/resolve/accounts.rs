use crate::checks;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;

/// The arbiter, who signed, and the escrow.
pub fn check<'a>(program: &Address, given: &'a mut [AccountView]) -> Outcome<&'a mut AccountView> {
    let [arbiter, escrow] = given else {
        return Err(Refusal::AccountsMissing.into());
    };
    checks::is(arbiter, &checks::escrow(escrow, program)?.head.arbiter, Refusal::ArbiterWrong)?;
    checks::signed(arbiter, Refusal::ArbiterNotSigned)?;
    Ok(escrow)
}
