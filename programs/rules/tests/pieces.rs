//! The small rules one by one, against what they should be by plain arithmetic, and against bytes that mean nothing.
mod chance;

use chance::{seeds, Chance};
use rules::bytes::{same, Reader};
use rules::escrow::account::{size_with, Escrow};
use rules::escrow::config::{Config, CONFIG_SIZE};
use rules::escrow::open::MOST_FEE_BPS;
use rules::escrow::release::fee_of;
use rules::record::Record;
use rules::refusal::Refusal;
use rules::registry::account::{Agent, Version, AGENT_SIZE, VERSION_SIZE};
use rules::token::{balance, belongs_to, check_mint, takes_tokens};

#[test]
fn a_fee_is_the_exact_share_rounded_down() {
    for seed in seeds(200_000) {
        let mut chance = Chance(seed);
        let (amount, bps) = (chance.next() >> chance.below(64), chance.below(MOST_FEE_BPS as u64 + 1) as u16);
        let exact = amount as u128 * bps as u128 / 10_000;
        assert_eq!(fee_of(amount, bps) as u128, exact, "{amount} at {bps}");
    }
    assert_eq!(fee_of(u64::MAX, MOST_FEE_BPS) as u128, u64::MAX as u128 / 10);
}

#[test]
fn keys_are_the_same_when_every_byte_is() {
    for at in 0..32 {
        let mut other = [7; 32];
        other[at] ^= 1;
        assert!(!same(&[7; 32], &other) && same(&[7; 32], &[7; 32]));
    }
}

#[test]
fn bytes_that_mean_nothing_end_in_a_refusal_and_never_in_a_panic() {
    for seed in seeds(50_000) {
        let mut chance = Chance(seed);
        let length = chance.below(700) as usize;
        let mut bytes: Vec<u8> = (0..length).map(|_| chance.next() as u8).collect();
        // Half of them look like a mint or an account as far as the first fields go.
        if length > 167 && chance.below(2) == 0 {
            (bytes[45], bytes[108], bytes[165]) = (1, 1, 1 + chance.below(2) as u8);
            bytes[167] = 0;
        }
        let _ = check_mint(&bytes);
        let _ = (takes_tokens(&bytes, &[1; 32]), belongs_to(&bytes, &[1; 32], &[2; 32]), balance(&bytes));
        let _ = (Escrow::read(&mut bytes).is_ok(), Config::read(&bytes).is_ok());
        let _ = (Agent::read(&bytes).is_ok(), Version::read(&bytes).is_ok());
        let _ = Reader::new(&bytes).rows::<9>();
    }
}

#[test]
fn rows_are_exactly_as_many_as_they_say_and_nothing_stands_behind_them() {
    assert_eq!(Reader::new(&[2, 5, 6]).rows::<1>(), Ok(&[[5], [6]][..]));
    assert_eq!(Reader::new(&[0]).rows::<9>(), Ok(&[][..]));
    for wrong in [&[2, 5][..], &[1, 5, 6], &[]] {
        assert_eq!(Reader::new(wrong).rows::<1>(), Err(Refusal::DataMalformed));
    }
    assert_eq!(Reader::new(&[0, 5]).rows::<9>(), Err(Refusal::DataMalformed));
    assert_eq!(Reader::new(&[2]).flag(), Err(Refusal::DataMalformed));
}

#[test]
fn only_an_account_of_the_right_size_and_tag_is_one_of_ours() {
    let mut words = vec![0u64; size_with(2) / 8];
    // SAFETY: words are bytes, and there are eight in each.
    let bytes = unsafe { std::slice::from_raw_parts_mut(words.as_mut_ptr().cast::<u8>(), size_with(2)) };
    assert!(matches!(Escrow::read(bytes), Err(Refusal::EscrowWrong)));
    (bytes[0], bytes[1], bytes[3]) = (1, 1, 2);
    assert!(Escrow::read(bytes).is_ok());
    bytes[3] = 3;
    assert!(matches!(Escrow::read(bytes), Err(Refusal::EscrowWrong)));
    assert!(matches!(Escrow::read(&mut bytes[..440 + 95]), Err(Refusal::EscrowWrong)));
    assert!(matches!(Escrow::read(&mut bytes[1..]), Err(Refusal::EscrowWrong)));
    assert!(matches!(Config::read(&bytes[..CONFIG_SIZE]), Err(Refusal::ConfigWrong)));
    assert!(matches!(Agent::read(&bytes[..AGENT_SIZE]), Err(Refusal::AgentWrong)));
    assert!(matches!(Version::read(&bytes[..VERSION_SIZE]), Err(Refusal::VersionWrong)));
    bytes[0] = Agent::TAG;
    assert!(Agent::read(&bytes[..AGENT_SIZE]).is_ok() && Agent::read(&bytes[8..8 + AGENT_SIZE]).is_err());
}
