use crate::addresses::{self, LOADER, SYSTEM};
use crate::checks;
use crate::fault::Outcome;
use escrow_rules::bytes::Key;
use escrow_rules::refusal::Refusal;
use pinocchio::{AccountView, Address};

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
        checks::signed(rent_payer, Refusal::RentPayerNotSigned)?;
        checks::is(system_program, SYSTEM.as_array(), Refusal::SystemProgramWrong)?;
        let (address, bump) = addresses::config(program);
        checks::is(config, address.as_array(), Refusal::ConfigAddressWrong)?;
        let signed = signers.iter().filter(|signer| signer.is_signer()).map(checks::key);
        let is_new = config.is_data_empty();
        if is_new {
            let authority = upgrade_authority(program, program_data)?;
            if !signed.clone().any(|key| key == authority) {
                return Err(Refusal::UpgradeAuthorityNotSigned.into());
            }
        } else {
            checks::config(config, program)?.agreed(signed)?;
        }
        Ok(Self { rent_payer, config, bump: [bump], is_new })
    }
}

/// Who may replace the program may also say who pauses it, once. Read from the loader's own record: a number, the slot,
/// whether there is an authority, and the authority.
fn upgrade_authority<'a>(program: &Address, program_data: &'a AccountView) -> Outcome<&'a Key> {
    checks::is(program_data, addresses::program_data(program).as_array(), Refusal::ProgramDataWrong)?;
    let data = checks::bytes(program_data);
    let known = program_data.owned_by(&LOADER) && data.len() >= 45 && data[0] == 3 && data[12] == 1;
    match data.get(13..45).and_then(|key| key.first_chunk::<32>()) {
        Some(authority) if known => Ok(authority),
        _ => Err(Refusal::ProgramDataWrong.into()),
    }
}
