use crate::addresses;
use frame::addresses::SYSTEM;
use frame::checks::{is, key, record, signed};
use frame::fault::Outcome;
use frame::upgrade::upgrade_authority;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;
use rules::registry::config::Config;

pub struct Accounts<'a> {
    pub rent_payer: &'a AccountView,
    pub config: &'a mut AccountView,
    pub bump: [u8; 1],
    pub is_new: bool,
}

impl<'a> Accounts<'a> {
    pub fn check(program: &Address, given: &'a mut [AccountView]) -> Outcome<Self> {
        let [rent_payer, config, program_data, system_program, signers @ ..] = given else {
            return Err(Refusal::AccountsMissing.into());
        };
        signed(rent_payer, Refusal::RentPayerNotSigned)?;
        is(system_program, SYSTEM.as_array(), Refusal::SystemProgramWrong)?;
        let (address, bump) = addresses::config(program);
        is(config, address.as_array(), Refusal::ConfigAddressWrong)?;
        let signed = signers.iter().filter(|signer| signer.is_signer()).map(key);
        let is_new = config.is_data_empty();
        if is_new {
            let authority = upgrade_authority(program, program_data)?;
            if !signed.clone().any(|key| key == authority) {
                return Err(Refusal::UpgradeAuthorityNotSigned.into());
            }
        } else {
            record::<Config>(config, program)?.agreed(signed)?;
        }
        Ok(Self { rent_payer, config, bump: [bump], is_new })
    }
}
