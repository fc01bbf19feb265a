use crate::movers::mover;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;
use rules::registry::states::Mover;

/// The agent, and as whom somebody moves it.
pub fn check<'a>(program: &Address, given: &'a mut [AccountView]) -> Outcome<(&'a mut AccountView, Mover)> {
    let [who, agent] = given else {
        return Err(Refusal::AccountsMissing.into());
    };
    let mover = mover(program, who, agent)?;
    Ok((agent, mover))
}
