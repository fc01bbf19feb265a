use crate::bytes::Key;
use crate::refusal::Refusal;
use core::mem::{align_of, size_of};

pub const ESCROW_TAG: u8 = 1;
pub const VERSION: u8 = 1;
pub const MOST_PAYEES: usize = 32;

/// How long an arbiter has for a dispute. After that what was earned is payable.
pub const DECIDE_SECONDS: i64 = 30 * 86_400;

/// How long after expiry earnings wait for a payee whose account cannot take tokens.
pub const UNCLAIMED_SECONDS: i64 = 180 * 86_400;

/// The front of an escrow's account. The payees stand behind it, one [`Payee`] each.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Head {
    pub tag: u8,
    pub version: u8,
    pub bump: u8,
    pub payees: u8,
    pub fee_bps: u16,
    /// 1 once the settler said that nothing more will be earned.
    pub finished: u8,
    pub unused: u8,
    pub window: u32,
    pub unused_word: u32,
    pub cap: u64,
    pub earned: u64,
    pub expiry: i64,
    pub settle_by: i64,
    /// What the pauses of the program came to when this escrow was opened.
    pub paused_before: i64,
    pub opened_at: i64,
    /// The number that the next settlement must carry.
    pub sequence: u64,
    pub payer: Key,
    pub refund: Key,
    pub rent_payer: Key,
    pub settler: Key,
    pub arbiter: Key,
    pub mint: Key,
    pub vault: Key,
    pub fee_account: Key,
    pub plan_hash: Key,
    pub run: [u8; 16],
    pub last_root: Key,
    /// Every receipt root so far, each hashed onto the ones before.
    pub chain: Key,
}

/// One payee: what it may get, what it got, and what is kept from it for now.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Payee {
    pub account: Key,
    pub cap: u64,
    /// Never falls.
    pub earned: u64,
    pub paid: u64,
    /// What the arbiter, or time, gave back to the payer.
    pub returned: u64,
    /// Of what was earned, what the payer may still dispute until `held_until`.
    pub held: u64,
    pub held_until: i64,
    /// Of what was earned, what the payer disputed; payable from `decide_by` unless the arbiter decides.
    pub disputed: u64,
    pub decide_by: i64,
}

impl Payee {
    /// What this payee earned and neither got nor lost.
    #[inline(always)]
    pub fn outstanding(&self) -> u64 {
        self.earned.saturating_sub(self.paid).saturating_sub(self.returned)
    }

    /// What can be paid out now.
    #[inline(always)]
    pub fn payable(&self, now: i64) -> u64 {
        let held = if now < self.held_until { self.held } else { 0 };
        let disputed = if now < self.decide_by { self.disputed } else { 0 };
        self.outstanding().saturating_sub(held).saturating_sub(disputed)
    }
}

pub struct Escrow<'a> {
    pub head: &'a mut Head,
    pub payees: &'a mut [Payee],
}

/// For at most [`MOST_PAYEES`], so that nothing wraps.
pub const fn size_with(payees: usize) -> usize {
    size_of::<Head>() + payees.wrapping_mul(size_of::<Payee>())
}

impl<'a> Escrow<'a> {
    /// The escrow that these bytes hold. Whatever else they are is refused.
    #[inline(always)]
    pub fn read(data: &'a mut [u8]) -> Result<Self, Refusal> {
        let escrow = Self::over(data)?;
        let known = escrow.head.tag == ESCROW_TAG && escrow.head.version == VERSION;
        if known && escrow.head.payees as usize == escrow.payees.len() {
            Ok(escrow)
        } else {
            Err(Refusal::EscrowWrong)
        }
    }

    /// The same bytes without a look at what they say: for an account that was made just now.
    #[inline(always)]
    pub fn over(data: &'a mut [u8]) -> Result<Self, Refusal> {
        if data.len() < size_of::<Head>() || !(data.as_ptr() as usize).is_multiple_of(align_of::<Head>()) {
            return Err(Refusal::EscrowWrong);
        }
        let (head, rest) = data.split_at_mut(size_of::<Head>());
        if rest.len() % size_of::<Payee>() != 0 {
            return Err(Refusal::EscrowWrong);
        }
        let count = rest.len() / size_of::<Payee>();
        // SAFETY: both types are plain integers and arrays of them without padding, so that every bit pattern is one of
        // theirs; the length was checked, and so was the alignment (the size of the head is a multiple of eight).
        unsafe {
            Ok(Self {
                head: &mut *head.as_mut_ptr().cast::<Head>(),
                payees: core::slice::from_raw_parts_mut(rest.as_mut_ptr().cast::<Payee>(), count),
            })
        }
    }

    #[inline(always)]
    pub fn payee(&mut self, line: usize) -> Result<&mut Payee, Refusal> {
        self.payees.get_mut(line).ok_or(Refusal::LineUnknown)
    }

    /// Until when earnings may be recorded: pauses give their time back, but never past the expiry, so that no pause
    /// keeps the payer from the rest.
    #[inline(always)]
    pub fn settle_deadline(&self, paused_total: i64) -> i64 {
        let paused = paused_total.saturating_sub(self.head.paused_before).max(0);
        self.head.settle_by.saturating_add(paused).min(self.head.expiry)
    }
}

const _: () = {
    assert!(size_of::<Head>() == 440);
    assert!(size_of::<Payee>() == 96);
    assert!(align_of::<Head>() == 8 && align_of::<Payee>() == 8);
};
