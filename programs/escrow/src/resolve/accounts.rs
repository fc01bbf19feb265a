use crate::checks;
use crate::fault::Outcome;
use escrow_rules::refusal::Refusal;
use pinocchio::{AccountView, Address};

/// The arbiter, who signed, and the escrow.
pub fn check<'a>(program: &Address, given: &'a mut [AccountView]) -> Outcome<&'a mut AccountView> {
    let [arbiter, escrow] = given else {
        return Err(Refusal::AccountsMissing.into());
    };
    checks::is(arbiter, &checks::escrow(escrow, program)?.head.arbiter, Refusal::ArbiterWrong)?;
    checks::signed(arbiter, Refusal::ArbiterNotSigned)?;
    Ok(escrow)
}
