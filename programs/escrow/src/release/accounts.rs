use crate::checks;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;

pub struct Accounts<'a> {
    pub escrow: &'a mut AccountView,
    pub vault: &'a AccountView,
    pub mint: &'a AccountView,
    pub token_program: &'a AccountView,
    pub fee_account: &'a AccountView,
    /// In the order of the lines that the call names.
    pub payees: &'a [AccountView],
}

impl<'a> Accounts<'a> {
    #[inline(always)]
    pub fn check(program: &Address, given: &'a mut [AccountView], lines: &[[u8; 1]]) -> Outcome<Self> {
        let [escrow, vault, mint, token_program, fee_account, payees @ ..] = given else {
            return Err(Refusal::AccountsMissing.into());
        };
        if payees.len() != lines.len() {
            return Err(Refusal::AccountsMissing.into());
        }
        let found = checks::escrow(escrow, program)?;
        checks::is(vault, &found.head.vault, Refusal::VaultWrong)?;
        checks::is(mint, &found.head.mint, Refusal::MintWrong)?;
        checks::is(fee_account, &found.head.fee_account, Refusal::FeeAccountWrong)?;
        if !vault.owned_by(token_program.address()) {
            return Err(Refusal::TokenProgramWrong.into());
        }
        for ([line], account) in lines.iter().zip(payees.iter()) {
            let payee = found.payees.get(*line as usize).ok_or(Refusal::LineUnknown)?;
            checks::is(account, &payee.account, Refusal::PayeeAccountWrong)?;
        }
        Ok(Self { escrow, vault, mint, token_program, fee_account, payees })
    }
}
