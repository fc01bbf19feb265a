use crate::checks;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;

/// The payer, who signed, and the escrow.
pub fn check<'a>(program: &Address, given: &'a mut [AccountView]) -> Outcome<&'a mut AccountView> {
    let [payer, escrow] = given else {
        return Err(Refusal::AccountsMissing.into());
    };
    checks::is(payer, &checks::escrow(escrow, program)?.head.payer, Refusal::PayerWrong)?;
    checks::signed(payer, Refusal::PayerNotSigned)?;
    Ok(escrow)
}
