use crate::checks;
use crate::fault::Outcome;
use escrow_rules::refusal::Refusal;
use pinocchio::{AccountView, Address};

/// The account of the configuration, with enough of its members among those who signed.
pub fn check<'a>(program: &Address, given: &'a mut [AccountView]) -> Outcome<&'a mut AccountView> {
    let [config, members @ ..] = given else {
        return Err(Refusal::AccountsMissing.into());
    };
    let signed = members.iter().filter(|member| member.is_signer()).map(checks::key);
    checks::config(config, program)?.agreed(signed)?;
    Ok(config)
}
