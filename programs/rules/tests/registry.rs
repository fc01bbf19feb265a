//! Random sequences of everything that can be asked about an agent's stake, on the code that the chain runs.
mod chance;
mod staked;

use chance::{seeds, Chance};
use staked::Staked;

#[test]
fn random_sequences_keep_every_token_accounted_for_and_stake_always_leaves_in_the_end() {
    let (mut slashed, mut contested) = (0, 0);
    for seed in seeds(200_000) {
        let mut chance = Chance(seed);
        let mut world = Staked::begin(&mut chance);
        for _ in 0..chance.below(60) {
            world.step(&mut chance);
            world.check(seed);
        }
        slashed += (world.forfeited > 0) as u64;
        contested += world.upheld as u64;
        world.end(seed);
    }
    // A search that reaches nothing proves nothing.
    if std::env::var("SEED").is_err() {
        assert!(slashed > 40_000 && contested > 5_000, "{slashed} slashed, {contested} upheld");
    }
}
