use crate::checks;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;

pub struct Accounts<'a> {
    pub escrow: &'a mut AccountView,
    pub config: &'a AccountView,
}

impl<'a> Accounts<'a> {
    #[inline(always)]
    pub fn check(program: &Address, given: &'a mut [AccountView]) -> Outcome<Self> {
        let [settler, escrow, config] = given else {
            return Err(Refusal::AccountsMissing.into());
        };
        checks::is(settler, &checks::escrow(escrow, program)?.head.settler, Refusal::SettlerWrong)?;
        checks::signed(settler, Refusal::SettlerNotSigned)?;
        Ok(Self { escrow, config })
    }
}
