use frame::checks::{record, signed};
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;
use rules::registry::account::Agent;

pub struct Accounts<'a> {
    pub heir: &'a AccountView,
    pub agent: &'a mut AccountView,
}

impl<'a> Accounts<'a> {
    pub fn check(program: &Address, given: &'a mut [AccountView]) -> Outcome<Self> {
        let [heir, agent] = given else {
            return Err(Refusal::AccountsMissing.into());
        };
        record::<Agent>(agent, program)?;
        signed(heir, Refusal::HeirNotSigned)?;
        Ok(Self { heir, agent })
    }
}
