use crate::checks::version_of;
use crate::movers::mover;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;
use rules::registry::account::Version;
use rules::registry::states::Mover;

pub struct Accounts<'a> {
    pub agent: &'a AccountView,
    pub version: &'a mut Version,
    pub mover: Mover,
}

impl<'a> Accounts<'a> {
    pub fn check(program: &Address, given: &'a mut [AccountView]) -> Outcome<Self> {
        let [who, agent, version] = given else {
            return Err(Refusal::AccountsMissing.into());
        };
        let mover = mover(program, who, agent)?;
        let version = version_of(version, agent, program)?;
        Ok(Self { agent, version, mover })
    }
}
