use crate::{checks, versions};
use frame::addresses::SYSTEM;
use frame::checks::{is, signed};
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;
use rules::registry::register::Declared;

pub struct Accounts<'a> {
    pub rent_payer: &'a AccountView,
    pub agent: &'a mut AccountView,
    pub version: &'a mut AccountView,
    pub bump: u8,
}

impl<'a> Accounts<'a> {
    pub fn check(program: &Address, given: &'a mut [AccountView], declared: &Declared) -> Outcome<Self> {
        let [owner, rent_payer, agent, version, system_program] = given else {
            return Err(Refusal::AccountsMissing.into());
        };
        checks::by_owner(program, owner, agent)?;
        signed(rent_payer, Refusal::RentPayerNotSigned)?;
        is(system_program, SYSTEM.as_array(), Refusal::SystemProgramWrong)?;
        let bump = versions::check_new(program, agent, version, declared)?;
        Ok(Self { rent_payer, agent, version, bump })
    }
}
