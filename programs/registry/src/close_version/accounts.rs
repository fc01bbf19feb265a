use crate::checks::{by_owner, version_of};
use frame::checks::is;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::bytes::Key;
use rules::refusal::Refusal;

pub struct Accounts<'a> {
    pub agent: &'a mut AccountView,
    pub version: &'a mut AccountView,
    pub rent_payer: &'a mut AccountView,
    pub manifest: Key,
}

impl<'a> Accounts<'a> {
    pub fn check(program: &Address, given: &'a mut [AccountView]) -> Outcome<Self> {
        let [owner, agent, version, rent_payer] = given else {
            return Err(Refusal::AccountsMissing.into());
        };
        by_owner(program, owner, agent)?;
        let found = version_of(version, agent, program)?;
        is(rent_payer, &found.rent_payer, Refusal::RentPayerWrong)?;
        let manifest = found.manifest;
        Ok(Self { agent, version, rent_payer, manifest })
    }
}
