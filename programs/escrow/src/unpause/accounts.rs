use crate::checks;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;

/// The account of the configuration, with enough of its members among those who signed.
pub fn check<'a>(program: &Address, given: &'a mut [AccountView]) -> Outcome<&'a mut AccountView> {
    let [config, members @ ..] = given else {
        return Err(Refusal::AccountsMissing.into());
    };
    let signed = members.iter().filter(|member| member.is_signer()).map(checks::key);
    checks::config(config, program)?.agreed(signed)?;
    Ok(config)
}
