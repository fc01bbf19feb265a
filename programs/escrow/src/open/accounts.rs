use crate::addresses;
use crate::checks;
use frame::addresses::{is_token_program, SYSTEM};
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::escrow::config::Config;
use rules::refusal::Refusal;
use rules::token::{belongs_to, check_mint};

pub struct Accounts<'a> {
    pub payer: &'a AccountView,
    pub rent_payer: &'a AccountView,
    pub escrow: &'a mut AccountView,
    pub vault: &'a AccountView,
    pub source: &'a AccountView,
    pub refund: &'a AccountView,
    pub mint: &'a AccountView,
    pub config: &'a AccountView,
    pub token_program: &'a AccountView,
    pub bump: [u8; 1],
    pub vault_bump: [u8; 1],
    pub decimals: u8,
}

impl<'a> Accounts<'a> {
    pub fn check(program: &Address, given: &'a mut [AccountView], run: &[u8; 16]) -> Outcome<Self> {
        let [payer, rent_payer, escrow, vault, source, refund, mint, config, token_program, system_program] = given
        else {
            return Err(Refusal::AccountsMissing.into());
        };
        checks::signed(payer, Refusal::PayerNotSigned)?;
        checks::signed(rent_payer, Refusal::RentPayerNotSigned)?;
        checks::is(system_program, SYSTEM.as_array(), Refusal::SystemProgramWrong)?;
        is_token_program(token_program.address())?;
        let (address, bump) = addresses::escrow(checks::key(payer), run, program);
        checks::is(escrow, address.as_array(), Refusal::EscrowAddressWrong)?;
        if !escrow.owned_by(&SYSTEM) || !escrow.is_data_empty() {
            return Err(Refusal::EscrowExists.into());
        }
        let (address, vault_bump) = addresses::vault(checks::key(escrow), program);
        checks::is(vault, address.as_array(), Refusal::VaultAddressWrong)?;
        let decimals = check_kind(checks::config(config, program)?, mint, token_program)?;
        let (mint_key, payer_key) = (checks::key(mint), checks::key(payer));
        let payers = |account: &AccountView| {
            account.owned_by(token_program.address()) && belongs_to(checks::bytes(account), mint_key, payer_key)
        };
        if !payers(source) {
            return Err(Refusal::SourceWrong.into());
        }
        if !payers(refund) {
            return Err(Refusal::RefundAccountWrong.into());
        }
        let [bump, vault_bump] = [[bump], [vault_bump]];
        Ok(Self {
            payer,
            rent_payer,
            escrow,
            vault,
            source,
            refund,
            mint,
            config,
            token_program,
            bump,
            vault_bump,
            decimals,
        })
    }
}

fn check_kind(config: &Config, mint: &AccountView, token_program: &AccountView) -> Outcome<u8> {
    config.refuse_when_paused()?;
    if !mint.owned_by(token_program.address()) {
        return Err(Refusal::MintWrong.into());
    }
    if !config.allows(checks::key(mint)) {
        return Err(Refusal::MintNotAllowed.into());
    }
    Ok(check_mint(checks::bytes(mint))?)
}
