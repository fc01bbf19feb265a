use frame::checks::{key, record};
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;
use rules::registry::account::Agent;
use rules::registry::config::Config;

/// The agent, with enough members among those who signed.
pub fn check<'a>(program: &Address, given: &'a mut [AccountView]) -> Outcome<&'a mut AccountView> {
    let [agent, config, members @ ..] = given else {
        return Err(Refusal::AccountsMissing.into());
    };
    record::<Agent>(agent, program)?;
    let signed = members.iter().filter(|member| member.is_signer()).map(key);
    record::<Config>(config, program)?.agreed(signed)?;
    Ok(agent)
}
